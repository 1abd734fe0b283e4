"""`footnote evaluate beir` and `squad`: data sets that bring documents of their own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ConfigurationError
from corpus.settings import load_settings
from qa.cli.evaluate_options import DataSetOptions, with_data_set_options
from qa.cli.evaluate_output import OutputOptions, finish, recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from qa.evaluate.data.datasets import DataSet
    from qa.evaluate.measures.evaluation import Evaluation


@with_data_set_options
def evaluate_beir(  # noqa: PLR0913
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
    *,
    shared: DataSetOptions,
) -> None:
    """How well the documents of a folder in BEIR's form are found."""
    from qa.evaluate.data.beir import read_beir  # noqa: PLC0415

    _evaluate(lambda: read_beir(folder, split, queries, qrels, allow_unknown=allow_unknown), shared)


@with_data_set_options
def evaluate_squad(
    questions: Annotated[Path, typer.Argument(help="Questions in SQuAD's form.")],
    corpus: Annotated[
        Path | None,
        typer.Option(
            help="The same questions with other paragraphs, as of another language.",
            show_default=False,
        ),
    ] = None,
    *,
    shared: DataSetOptions,
) -> None:
    """How well the questions of a file in SQuAD's form are answered from its paragraphs."""
    from qa.evaluate.data.squad import read_squad  # noqa: PLC0415

    _evaluate(lambda: read_squad(questions, corpus), shared)


def _evaluate(read: "Callable[[], DataSet]", shared: DataSetOptions) -> None:
    """Ask the questions of a data set, which is read when all options are known to be right."""
    from corpus.languages import LANGUAGES  # noqa: PLC0415
    from qa.evaluate.runs.data_sets import run_documents, sampled  # noqa: PLC0415
    from qa.evaluate.runs.setups import setups  # noqa: PLC0415

    wanted = OutputOptions(
        shared.as_json, shared.markdown, shared.html, shared.fail_under or (), shared.no_worse_than
    )
    limits, chosen = wanted.limits(), setups(shared.stages, shared.config)
    data = read()
    if (language := shared.language) not in LANGUAGES:
        raise ConfigurationError("evaluate.language", language=language, known=tuple(LANGUAGES))
    asked = sampled(data, shared.sample)
    with recording(shared.rows) as (kept, progress):
        found = run_documents(
            asked,
            chosen,
            load_settings(shared.home).home,
            language,
            multilingual=not shared.english,
            progress=progress,
            rows=kept,
        )
    if shared.runs is not None:
        _write_runs(shared.runs, found, asked)
    finish(found, wanted, limits)


def _write_runs(folder: Path, found: "Evaluation", data: "DataSet") -> None:
    from qa.evaluate.data.trec import write_qrels, write_run  # noqa: PLC0415
    from qa.evaluate.runs.data_sets import qrels_of, run_of  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    write_qrels(folder / "qrels.txt", qrels_of(data.questions))
    for number, one in enumerate(found.outcomes, 1):
        write_run(folder / f"run-{number}.txt", run_of(one), "".join(one.setup.split()))
