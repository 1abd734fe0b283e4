"""`footnote evaluate beir` and `squad`: data sets that bring documents of their own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ConfigurationError
from corpus.settings import load_settings
from qa.cli import console
from qa.cli import evaluate_options as options
from qa.cli.evaluate_output import OutputOptions, finish, recording

if TYPE_CHECKING:
    from qa.evaluate.data.datasets import DataSet
    from qa.evaluate.measures.evaluation import Evaluation
    from qa.evaluate.runs.setups import Setup


def evaluate_beir(  # noqa: PLR0913, PLR0917
    folder: Annotated[Path, typer.Argument(help="Folder with corpus.jsonl, queries.jsonl, qrels.")],
    split: Annotated[str, typer.Option(help="Split of the qrels.")] = "test",
    queries: Annotated[
        Path | None,
        typer.Option(
            help="Questions of another file: JSON lines as BEIR's, or TREC topics.",
            show_default=False,
        ),
    ] = None,
    qrels: Annotated[
        Path | None,
        typer.Option(
            help="Judgements of another file, in TREC's form or BEIR's, in the place of a split.",
            show_default=False,
        ),
    ] = None,
    allow_unknown: Annotated[
        bool, typer.Option("--allow-unknown", help="Keep judgements of unknown documents.")
    ] = False,
    stages: options.StageLists = None,
    config: options.Config = None,
    sample: options.Sample = None,
    language: options.DocumentLanguage = "en",
    english: options.English = False,
    runs: options.RunFolder = None,
    rows: options.RowsFile = None,
    fail_under: options.FailUnder = None,
    no_worse_than: options.NoWorse = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """How well the documents of a folder in BEIR's form are found."""
    from qa.evaluate.data.beir import read_beir  # noqa: PLC0415
    from qa.evaluate.runs.setups import setups  # noqa: PLC0415

    wanted = OutputOptions(as_json, markdown, html, fail_under or (), no_worse_than)
    limits, chosen = wanted.limits(), setups(stages, config)
    data = read_beir(folder, split, queries, qrels, allow_unknown=allow_unknown)
    found = _evaluate(data, chosen, sample, language, english, runs, rows, home)
    finish(found, wanted, limits)


def evaluate_squad(  # noqa: PLR0913, PLR0917
    questions: Annotated[Path, typer.Argument(help="Questions in SQuAD's form.")],
    corpus: Annotated[
        Path | None,
        typer.Option(
            help="The same questions with other paragraphs, as of another language.",
            show_default=False,
        ),
    ] = None,
    stages: options.StageLists = None,
    config: options.Config = None,
    sample: options.Sample = None,
    language: options.DocumentLanguage = "en",
    english: options.English = False,
    runs: options.RunFolder = None,
    rows: options.RowsFile = None,
    fail_under: options.FailUnder = None,
    no_worse_than: options.NoWorse = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """How well the questions of a file in SQuAD's form are answered from its paragraphs."""
    from qa.evaluate.data.squad import read_squad  # noqa: PLC0415
    from qa.evaluate.runs.setups import setups  # noqa: PLC0415

    wanted = OutputOptions(as_json, markdown, html, fail_under or (), no_worse_than)
    limits, chosen = wanted.limits(), setups(stages, config)
    data = read_squad(questions, corpus)
    found = _evaluate(data, chosen, sample, language, english, runs, rows, home)
    finish(found, wanted, limits)


def _evaluate(  # noqa: PLR0913, PLR0917
    data: "DataSet",
    setups: "tuple[Setup, ...]",
    sample: int | None,
    language: str,
    english: bool,
    runs: Path | None,
    rows: Path | None,
    home: Path | None,
) -> "Evaluation":
    from corpus.languages import LANGUAGES  # noqa: PLC0415
    from qa.evaluate.runs.data_sets import run_documents, sampled  # noqa: PLC0415

    if language not in LANGUAGES:
        raise ConfigurationError("evaluate.language", language=language, known=tuple(LANGUAGES))
    asked = sampled(data, sample)
    with recording(rows) as (kept, progress):
        found = run_documents(
            asked,
            setups,
            load_settings(home).home,
            language,
            multilingual=not english,
            progress=progress,
            rows=kept,
        )
    if runs is not None:
        _write_runs(runs, found, asked)
    return found


def _write_runs(folder: Path, found: "Evaluation", data: "DataSet") -> None:
    from qa.evaluate.data.trec import write_qrels, write_run  # noqa: PLC0415
    from qa.evaluate.runs.data_sets import qrels_of, run_of  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    write_qrels(folder / "qrels.txt", qrels_of(data.questions))
    for number, one in enumerate(found.outcomes, 1):
        write_run(folder / f"run-{number}.txt", run_of(one), "".join(one.setup.split()))
