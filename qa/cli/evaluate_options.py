"""Options that the commands of `footnote evaluate` share."""

from pathlib import Path
from typing import Annotated

import typer

StageLists = Annotated[
    list[str] | None,
    typer.Option(
        "--stages",
        help="Stages of a set-up: all, lexical, dense, sentence, multilingual, tokens, rerank, "
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
