"""`footnote build`: index the library."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.settings import load_settings
from qa.cli import console
from qa.cli.gate_comparison import show_comparison
from qa.cli.progress import build_progress

if TYPE_CHECKING:
    from index.build.build import BuildReport


def build(  # noqa: PLR0913, PLR0917
    home: console.Home = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            help="Model: all-MiniLM-L6-v2 (bundled), a folder, or an id of the Hugging Face hub. "
            "Default: that of the settings, of the index, or the bundled one.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and stop there.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Encode everything, whatever is known already.")
    ] = False,
    gate: Annotated[
        Path | None,
        typer.Option(
            help="File of labelled questions: publish only if they do no worse than before.",
            show_default=False,
        ),
    ] = None,
    as_json: console.AsJson = False,
) -> None:
    """Index the library: read, encode what changed, verify, publish."""
    from index.build.work import Options  # noqa: PLC0415
    from qa.evaluate.runs.gate import gated  # noqa: PLC0415
    from qa.library.indexing import build_index, plan_index  # noqa: PLC0415

    settings, out = load_settings(home), console.errors()
    if encoder is not None:
        settings = settings.model_copy(update={"encoder": encoder})
    keeper = gated(settings, gate) if gate else None
    options = Options(full=full, on_plan=lambda plan: console.say(str(plan), out), gate=keeper)
    with build_progress(out) as progress:
        if dry_run:
            plan, problems = plan_index(settings, progress, options)
        else:
            report = build_index(settings, progress, options)
            problems = report.problems
    for problem in problems:
        console.warn(problem)
    if dry_run:
        console.print_json(plan) if as_json else typer.echo(str(plan))
    else:
        console.print_json(report) if as_json else show_build(report)
        if keeper and keeper.comparison:
            show_comparison(keeper.comparison, moved=False)
        if report.held_back:
            console.fail(f"{report.version} is not published: {report.held_back}")
            raise typer.Exit(1)


def show_build(report: "BuildReport") -> None:
    """The result of a build."""
    what = "published" if report.published else "nothing changed; in use:"
    if report.held_back is not None:
        what = "held back, not in use:"
    console.output().print(
        f"{what} [bold]{report.version}[/]: {report.documents} documents, {report.passages} "
        f"passages, {report.sentences} sentences; {report.encoded} texts encoded, "
        f"{report.reused} reused",
        soft_wrap=True,
    )
