"""Options that the commands of `footnote evaluate` share."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from qa.cli import console

StageLists = Annotated[
    list[str] | None,
    typer.Option(
        "--stages",
        help="Stages of a set-up: all, lexical, dense, multilingual, tokens, read, "
        "question, apart by commas, or -name to leave one out. May be repeated.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="TOML file of set-ups: [[setup]] with name, stages, encoder, passages.",
        show_default=False,
    ),
]
RowsFile = Annotated[
    Path | None,
    typer.Option(
        "--rows",
        help="Write a JSON row a question and set-up here as they come; a run that was cut off "
        "goes on from them.",
        show_default=False,
    ),
]
FailUnder = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-under",
        help="measure=value or group/measure=value that the first set-up must reach, or stay "
        "within where less is better; else the exit code is 1. May be repeated.",
        show_default=False,
    ),
]
NoWorse = Annotated[
    Path | None,
    typer.Option(
        "--no-worse-than",
        help="What --json printed of an earlier run; the exit code is 1 where a figure is worse.",
        show_default=False,
    ),
]
Markdown = Annotated[
    Path | None,
    typer.Option("--markdown", help="Write the tables as Markdown here.", show_default=False),
]
Html = Annotated[
    Path | None,
    typer.Option("--html", help="Write a page with tables and plots here.", show_default=False),
]
Sample = Annotated[
    int | None,
    typer.Option(min=1, help="Ask so many questions, drawn with a fixed seed.", show_default=False),
]
DocumentLanguage = Annotated[str, typer.Option(help="Language of the documents.")]
English = Annotated[
    bool,
    typer.Option("--no-multilingual", help="Do without the slower model of many languages."),
]
RunFolder = Annotated[
    Path | None,
    typer.Option("--runs", help="Write runs and qrels in TREC's form here.", show_default=False),
]


@dataclass(frozen=True)
class DataSetOptions:
    """The options of every command that asks a data set with documents of its own."""

    stages: StageLists = None
    config: Config = None
    sample: Sample = None
    language: DocumentLanguage = "en"
    english: English = False
    runs: RunFolder = None
    rows: RowsFile = None
    fail_under: FailUnder = None
    no_worse_than: NoWorse = None
    markdown: Markdown = None
    html: Html = None
    home: console.Home = None
    as_json: console.AsJson = False


def with_data_set_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of `DataSetOptions` behind its own.

    The command gets them as its argument `shared`. Typer reads options from a signature alone and
    knows no groups of them, so the signature is put together here.
    """
    own = [one for one in inspect.signature(command).parameters.values() if one.name != "shared"]
    both = [*own, *inspect.signature(DataSetOptions).parameters.values()]

    def run(**values: Any) -> None:
        mine = {one.name: values.pop(one.name) for one in own}
        command(**mine, shared=DataSetOptions(**values))

    run.__doc__, run.__name__ = command.__doc__, command.__name__
    run.__annotations__ = {one.name: one.annotation for one in both}
    run.__signature__ = inspect.Signature(both)  # type: ignore[attr-defined]
    return run
