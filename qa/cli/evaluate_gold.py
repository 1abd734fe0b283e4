"""`footnote evaluate gold`: the labelled questions of the library."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ConfigurationError
from corpus.settings import Settings, load_settings
from qa.cli import console
from qa.cli import evaluate_options as options
from qa.cli.evaluate_feedback import export_feedback
from qa.cli.evaluate_output import OutputOptions, finish, recording

if TYPE_CHECKING:
    from qa.evaluate.data.gold import Split


def evaluate_gold(  # noqa: PLR0913, PLR0917
    stages: options.StageLists = None,
    config: options.Config = None,
    split: Annotated[
        str, typer.Option(help="Part of the questions: measure, tune or fit.")
    ] = "measure",
    rows: options.RowsFile = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Hold the thresholds of the library, else exit with 1.")
    ] = False,
    fail_under: options.FailUnder = None,
    no_worse_than: options.NoWorse = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            help="Ask the questions of this file in the place of the library's: the form is that "
            "which --from-feedback writes.",
            show_default=False,
        ),
    ] = None,
    allow_unknown: Annotated[
        bool,
        typer.Option("--allow-unknown", help="Leave out questions whose document is not indexed."),
    ] = False,
    from_feedback: Annotated[
        Path | None,
        typer.Option(
            help="Write what readers judged on the page as labelled questions here, then stop.",
            show_default=False,
        ),
    ] = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """How well the labelled questions of the library are answered from the index."""
    if from_feedback is not None:
        export_feedback(load_settings(home), from_feedback)
        return
    part = _split(split)
    from qa.evaluate.runs.gold import of_file, run_gold  # noqa: PLC0415
    from qa.evaluate.runs.setups import setups  # noqa: PLC0415
    from qa.evaluate.runs.shipped_reader import need_reader  # noqa: PLC0415

    if gate and questions is not None:
        raise ConfigurationError("evaluate.gate")
    settings = load_settings(home)
    thresholds = _thresholds(settings) if gate else None
    wanted = OutputOptions(as_json, markdown, html, fail_under or (), no_worse_than, thresholds)
    limits, chosen = wanted.limits(), setups(stages, config)
    opened = need_reader(settings) if gate else None
    ask = None if questions is None else of_file(questions, allow_unknown=allow_unknown)
    with recording(rows) as (kept, progress):
        found = run_gold(
            settings,
            chosen,
            part,
            progress,
            kept,
            ask=ask,
            opened=opened,
        )
    finish(found, wanted, limits)


def _split(name: str) -> "Split":
    from qa.evaluate.data.gold import SPLITS  # noqa: PLC0415

    for one in SPLITS:
        if one == name:
            return one
    raise ConfigurationError("evaluate.part", part=name)


def _thresholds(settings: Settings) -> Path:
    from corpus.sources.library import THRESHOLDS_FILE, Library  # noqa: PLC0415

    library = Library.of(settings)
    if library.thresholds is None:
        raise ConfigurationError(
            "thresholds.none", file=(library.gold_home or library.own) / THRESHOLDS_FILE
        )
    return library.thresholds
