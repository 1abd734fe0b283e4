"""`footnote doctor`: what is wrong, and what mends it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from corpus.settings import load_settings
from qa.cli import console

if TYPE_CHECKING:
    from qa.cli.diagnosis import Finding

_SYMBOLS = {"sound": "[green]✓[/]", "note": "[yellow]•[/]", "fault": "[red]✗[/]"}


def doctor(
    home: console.Home = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Also check every file and every passage of the index.")
    ] = False,
    as_json: console.AsJson = False,
) -> None:
    """Check installation, library and index; say what mends a fault."""
    from qa.cli.diagnosis import diagnose  # noqa: PLC0415

    findings = diagnose(load_settings(home), deep=deep)
    if as_json:
        console.print_json(findings)
    else:
        show_findings(findings)
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


def show_findings(findings: Iterable["Finding"]) -> None:
    """What `doctor` found, a line each."""
    out = console.output()
    for finding in findings:
        symbol = _SYMBOLS[finding.state]
        out.print(f"{symbol} {escape(finding.subject)}: {escape(finding.message)}", soft_wrap=True)
