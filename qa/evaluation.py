"""`footnote evaluate`: how well the parts of a search do on labelled data."""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ConfigurationError
from corpus.settings import Settings, load_settings
from qa import terminal
from qa.progress import build_progress

if TYPE_CHECKING:
    from qa.evaluate.datasets import DataSet
    from qa.evaluate.retrieval import Outcome

app = typer.Typer(
    name="evaluate", help="Measure on labelled data.", no_args_is_help=True, add_completion=False
)
Home = Annotated[Path | None, typer.Option("--home", help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SetUps = Annotated[
    list[str] | None,
    typer.Option(
        "--stages",
        help="Stages of a set-up: all, lexical, dense, sentence, multilingual, late, rerank, "
        "apart by commas, or -name to leave one out. May be repeated.",
        show_default=False,
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(min=1, help="Ask so many questions, drawn with a fixed seed.", show_default=False),
]
Language = Annotated[str, typer.Option(help="Language of the documents.")]
English = Annotated[
    bool,
    typer.Option("--no-multilingual", help="Do without the slower model of many languages."),
]
RunFolder = Annotated[
    Path | None,
    typer.Option("--runs", help="Write runs and qrels in TREC's form here.", show_default=False),
]


@app.command(
    "gold",
    epilog="Example: `footnote evaluate gold --stages all --stages lexical --rows rows.jsonl`",
)
def evaluate_gold(  # noqa: PLR0913, PLR0917
    stages: SetUps = None,
    split: Annotated[str, typer.Option(help="Half of the questions: measure or fit.")] = "measure",
    rows: Annotated[
        Path | None,
        typer.Option(help="Write a JSON row a question and set-up here.", show_default=False),
    ] = None,
    from_feedback: Annotated[
        Path | None,
        typer.Option(
            help="Write what readers judged on the page as labelled questions here, then stop.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """How well the labelled questions of the project are answered from the index."""
    if from_feedback is not None:
        _export_feedback(load_settings(home), from_feedback)
        return
    if split not in {"fit", "measure"}:
        raise ConfigurationError(f"no half '{split}': name fit or measure")
    from index.manifest import read_manifest  # noqa: PLC0415
    from index.models import load_models  # noqa: PLC0415
    from index.search import stamps_file  # noqa: PLC0415
    from index.versions import Versions  # noqa: PLC0415
    from qa.evaluate import golden  # noqa: PLC0415
    from qa.evaluate.tables import gold_table  # noqa: PLC0415

    settings, console = load_settings(home), terminal.errors()
    versions = Versions(settings.home)
    name = read_manifest(versions.path(versions.current())).model.name
    models = load_models(name, stamps_file(settings))
    half: golden.Split = "fit" if split == "fit" else "measure"
    with build_progress(console) as progress:
        found = {
            setup: golden.rows(
                settings,
                models,
                setup,
                half,
                lambda setup, done, total: progress(f"asking, {setup}", done, total),
            )
            for setup in stages or ["all"]
        }
    if rows is not None:
        lines = [
            json.dumps({"stages": setup, **golden.to_json(row)}, ensure_ascii=False)
            for setup, own in found.items()
            for row in own
        ]
        rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = {
        setup: {
            group: golden.measures([row for row in own if group in {row.group, "all"}])
            for group in (*dict.fromkeys(row.group for row in own), "all")
        }
        for setup, own in found.items()
    }
    if as_json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        for one in gold_table(figures):
            terminal.output().print(one)


def _export_feedback(settings: Settings, path: Path) -> None:
    """Write the questions, whole or not at all, and tell what is left out."""
    from qa.evaluate.from_feedback import gold_from  # noqa: PLC0415
    from qa.feedback import FeedbackStore  # noqa: PLC0415
    from qa.serving import Serving  # noqa: PLC0415

    engine = Serving.open(settings)
    try:
        found = gold_from(
            FeedbackStore(settings.home).rows(), lambda key: engine.document(engine.version, key)
        )
    finally:
        engine.close()
    lines = [json.dumps(one.model_dump(), ensure_ascii=False) for one in found.questions]
    part = path.with_name(f".{path.name}.part")
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    part.replace(path)
    for told in found.left_out:
        terminal.warn(f"left out: {told}")
    terminal.say(f"{len(lines)} questions written to {path}")


@app.command(
    "beir",
    epilog="Example: `footnote evaluate beir scifact --split train --stages lexical --stages all`",
)
def evaluate_beir(  # noqa: PLR0913, PLR0917
    folder: Annotated[Path, typer.Argument(help="Folder with corpus.jsonl, queries.jsonl, qrels.")],
    split: Annotated[str, typer.Option(help="Split of the qrels.")] = "test",
    stages: SetUps = None,
    sample: Sample = None,
    language: Language = "en",
    english: English = False,
    allow_unknown: Annotated[
        bool, typer.Option("--allow-unknown", help="Keep judgements of unknown documents.")
    ] = False,
    runs: RunFolder = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """How well the documents of a folder in BEIR's form are found."""
    from qa.evaluate.beir import read_beir  # noqa: PLC0415

    data = read_beir(folder, split, allow_unknown=allow_unknown)
    _evaluate(data, stages, sample, language, english, runs, home, as_json)


@app.command(
    "squad",
    epilog="Example: `footnote evaluate squad xquad.en.json --corpus xquad.es.json --language es`",
)
def evaluate_squad(  # noqa: PLR0913, PLR0917
    questions: Annotated[Path, typer.Argument(help="Questions in SQuAD's form.")],
    corpus: Annotated[
        Path | None,
        typer.Option(
            help="The same questions with other paragraphs, as of another language.",
            show_default=False,
        ),
    ] = None,
    stages: SetUps = None,
    sample: Sample = None,
    language: Language = "en",
    english: English = False,
    runs: RunFolder = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """How well the paragraphs of a file in SQuAD's form are found."""
    from qa.evaluate.squad import read_squad  # noqa: PLC0415

    data = read_squad(questions, corpus)
    _evaluate(data, stages, sample, language, english, runs, home, as_json)


def _evaluate(  # noqa: PLR0913, PLR0917
    data: "DataSet",
    stages: list[str] | None,
    sample: int | None,
    language: str,
    english: bool,
    runs: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    from qa.evaluate.corpora import indexed  # noqa: PLC0415
    from qa.evaluate.retrieval import outcomes  # noqa: PLC0415
    from qa.evaluate.tables import table  # noqa: PLC0415

    settings, console = load_settings(home), terminal.errors()
    asked = [one for one in data.questions if one.answerable]
    if sample is not None and sample < len(asked):
        drawn = random.Random(0).sample(range(len(asked)), sample)
        asked = [asked[n] for n in sorted(drawn)]
    if not asked:
        raise ConfigurationError(f"{data.name}: no question that anything answers: give others")
    with build_progress(console) as progress:
        corpus = indexed(data, settings.home, language, multilingual=not english, progress=progress)
        found = outcomes(
            corpus,
            asked,
            stages or ["all"],
            lambda setup, done, total: progress(f"asking, {setup}", done, total),
        )
    if runs is not None:
        _write_runs(runs, found, replace(data, questions=tuple(asked)))
    if as_json:
        sys.stdout.write(json.dumps([_json(data, one) for one in found], indent=2) + "\n")
    else:
        terminal.output().print(table(data.name, found))
        for line in data.left_out:
            terminal.output().print(f"left out: {line}", markup=False)


def _json(data: "DataSet", one: "Outcome") -> dict[str, object]:
    return {
        "data": data.name,
        "documents": len(data.documents),
        "questions": len(one.questions),
        "left_out": list(data.left_out),
        "stages": one.setup,
        **one.means,
        "p50_ms": round(one.percentile(50), 1),
        "p95_ms": round(one.percentile(95), 1),
    }


def _write_runs(folder: Path, found: "list[Outcome]", data: "DataSet") -> None:
    from qa.evaluate.retrieval import qrels_of  # noqa: PLC0415
    from qa.evaluate.trec import write_qrels, write_run  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    write_qrels(folder / "qrels.txt", qrels_of(data.questions))
    for number, one in enumerate(found, 1):
        write_run(folder / f"run-{number}.txt", one.run, one.setup.replace(" ", ""))
