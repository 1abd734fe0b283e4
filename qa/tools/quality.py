"""The figures of docs/quality.md, written between its marks: `make quality DATA=… BENCH=…`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FootnoteError, LibraryError
from corpus.settings import load_settings
from index.build.progress import Progress
from qa.cli.console import errors
from qa.cli.progress import build_progress
from qa.evaluate.data.beir import read_beir
from qa.evaluate.data.datasets import DataSet
from qa.evaluate.data.squad import read_squad
from qa.evaluate.measures.cases import Figure
from qa.evaluate.measures.evaluation import Evaluation
from qa.evaluate.reports.pages import run_facts
from qa.evaluate.reports.tables import NONE, figure_words
from qa.evaluate.runs.data_sets import run_documents, sampled
from qa.evaluate.runs.gold import run_gold
from qa.evaluate.runs.rows import CaseRows
from qa.evaluate.runs.set_up_index import CACHE
from qa.evaluate.runs.setups import Setup, read_setups
from qa.evaluate.runs.shipped_reader import need_reader

ABLATIONS = Path(__file__).with_name("ablations.toml")
DOCUMENT = Path(__file__).parents[2] / "docs" / "quality.md"
BEGIN, END = "<!-- figures: begin (make quality) -->", "<!-- figures: end -->"
QUESTION_SAMPLE = 400
GOLD_MEASURES = (
    "first quotation",
    "one of three",
    "passage Success@1",
    "passage Success@5",
    "passage R@20",
    "AUROC",
    "calibration error",
    "refusal precision",
    "refusal recall",
    "unanswerable called sure",
    "sure and wrong",
    "right refused",
    "answer exact match",
    "answer token F1",
    "exact slices",
)
FOUND_MEASURES = ("nDCG@10", "R@1", "R@5")


@dataclass(frozen=True)
class Bench:
    """A data set beside the labelled questions: how it is read, and in which language it stands."""

    name: str
    read: Callable[[Path], DataSet]
    language: str = "en"
    multilingual: bool = True
    sample: int | None = QUESTION_SAMPLE


BENCHES = (
    Bench("xquad, English", lambda at: read_squad(at / "xquad" / "xquad.en.json")),
    Bench("xquad, Spanish", lambda at: read_squad(at / "xquad" / "xquad.es.json"), "es"),
    Bench(
        "xquad, English questions on Spanish",
        lambda at: read_squad(at / "xquad" / "xquad.en.json", at / "xquad" / "xquad.es.json"),
        "es",
    ),
    Bench(
        "SciFact, train",
        lambda at: read_beir(at / "scifact", "train"),
        multilingual=False,
        sample=None,
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and write the figures into the document, a section after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="data folder with an index of the library")
    parser.add_argument("bench", type=Path, nargs="?", help="folder with xquad and scifact")
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    parser.add_argument("--sample", type=int, help="ask no more questions of each data set")
    given = parser.parse_args(arguments)
    try:
        written: list[str] = []
        with build_progress(errors()) as progress:
            for section in _sections(given.data, given.bench, given.sample, progress):
                # After each, since all take an hour: a run that is cut off keeps what it measured.
                written.append("\n".join(section))
                write_between(given.document, "\n".join(written))
    except FootnoteError as error:
        errors().print(str(error), markup=False)
        return 1
    return 0


def _sections(
    data: Path, bench: Path | None, sample: int | None, progress: Progress
) -> Iterator[Iterator[str]]:
    settings, setups = load_settings(data), read_setups(ABLATIONS)
    opened = need_reader(settings)
    cache = settings.home / CACHE
    cache.mkdir(parents=True, exist_ok=True)
    with CaseRows(cache / "quality-rows.jsonl") as rows:
        gold = run_gold(settings, setups, progress=progress, rows=rows, opened=opened)
        yield gold_section(gold)
        for one in BENCHES if bench is not None else ():
            asked = sampled(one.read(bench or Path()), sample or one.sample)
            found = run_documents(
                asked,
                _apart(setups, multilingual=one.multilingual),
                settings.home,
                one.language,
                multilingual=one.multilingual,
                progress=progress,
                rows=rows,
            )
            yield bench_section(one.name, found)


def _apart(setups: Sequence[Setup], *, multilingual: bool) -> tuple[Setup, ...]:
    """All stages, all without the reader, and single ones alone.

    The rest is left out in turn on the labelled questions.
    """
    names = {"all", "without the reader", "BM25 alone", "all-MiniLM-L6-v2 alone"}
    names |= {"multilingual-e5-small alone"} if multilingual else set()
    return tuple(one for one in setups if one.name in names)


def gold_section(found: Evaluation) -> Iterator[str]:
    """A table for each group of questions: a row a set-up, a column a measure."""
    yield from ("### Labelled questions, measuring halves", "", *_how(found), "")
    for group in found.outcomes[0].groups:
        own = found.outcomes[0].groups[group]
        answerable = sum(case.answerable for case in own)
        yield from ("", f"*{group}*: {answerable} answerable, {len(own) - answerable} not", "")
        yield from _table(found, group, GOLD_MEASURES)
    yield ""


def bench_section(name: str, found: Evaluation) -> Iterator[str]:
    """A table of a data set: a row a set-up."""
    count = len(found.outcomes[0].cases)
    yield from ("", f"### {name}: {count:,} questions, {found.documents:,} documents", "")
    yield from _table(found, "all", FOUND_MEASURES)
    yield from ("", *_how(found))


def _how(found: Evaluation) -> Iterator[str]:
    """What was asked and how, folded away below the figures."""
    yield "<details><summary>Data, models, machine, command</summary>"
    yield ""
    yield "Command: `make quality DATA=… BENCH=…`.  "
    yield from (f"{line}  " for line in run_facts(found))
    yield ""
    yield "</details>"


def _table(found: Evaluation, group: str, measures: Sequence[str]) -> Iterator[str]:
    yield f"| set-up | {' | '.join(measures)} | p50 / p95 ms |"
    yield f"|---|{'---|' * (len(measures) + 1)}"
    for one in found.outcomes:
        figures = one.figures.get(group, {})
        cells = [_cell(figures.get(name)) for name in measures]
        cost = f"{one.cost.p50_ms:.0f} / {one.cost.p95_ms:.0f}"
        yield f"| {one.setup} | {' | '.join(cells)} | {cost} |"


def _cell(figure: Figure | None) -> str:
    return NONE if figure is None else figure_words(figure)


def write_between(document: Path, text: str) -> None:
    """Put a text between the marks of a document. Raises LibraryError where they are not there."""
    whole = document.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise LibraryError("evaluate.marks", path=document, begin=BEGIN, end=END)
    part = document.with_name(f".{document.name}.part")
    part.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{after}", encoding="utf-8")
    part.replace(document)


if __name__ == "__main__":
    sys.exit(main())
