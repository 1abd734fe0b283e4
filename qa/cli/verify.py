"""`footnote verify`: whether the quotations of a saved chat hold."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from corpus.settings import load_settings
from qa.cli import console

if TYPE_CHECKING:
    from qa.chats.quotation_check import Verified

_SHOWN_AS = {"unsure": "; may answer", "refused": "; close to a question that was refused"}


def verify(
    file: Annotated[Path, typer.Argument(help="An exported chat; - for stdin.")],
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Check that each quotation of an exported chat stands in the store, word for word."""
    from index.versions.published import Versions  # noqa: PLC0415
    from qa.chats.quotation_check import read_chat, verified  # noqa: PLC0415

    turns = read_chat(file)
    found = verified(Versions(load_settings(home).home), turns)
    if as_json:
        console.print_json([{**console.plain(one), "holds": one.holds} for one in found])
    else:
        show_verified(found)
    if not all(one.holds for one in found):
        raise typer.Exit(1)


def show_verified(found: Sequence["Verified"]) -> None:
    """What became of each quotation of an exported chat, a line each, and how many hold."""
    out = console.output()
    symbols = {"exact": "[green]✓[/]", "moved": "[yellow]•[/]"}
    for one in found:
        shown = _SHOWN_AS.get(one.certainty or "sure", "")
        line = f"[{one.number}] {one.source}: {one.state}, index {one.version}{shown}"
        text = f"{line}; {one.detail}" if one.detail else line
        out.print(f"{symbols.get(one.state, '[red]✗[/]')} {escape(text)}", soft_wrap=True)
    holding = sum(one.holds for one in found)
    out.print(f"{holding} of {len(found)} quotations stand word for word in their documents")
