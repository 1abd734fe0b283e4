"""An evaluation as tables: rows of words, which the terminal, Markdown and HTML lay out."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import partial

from rich.table import Table

from corpus.wording import Wording, wording
from qa.evaluate.data.language_kinds import kind_words
from qa.evaluate.measures.cases import Figure
from qa.evaluate.measures.costs import COSTS
from qa.evaluate.measures.evaluation import Evaluation, Outcome

NONE = "–"
ENGLISH_WORDING = wording("en")


@dataclass(frozen=True)
class Rows:
    """A title, the heads of the columns and the rows; the first column names each row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(evaluation: Evaluation, texts: Wording = ENGLISH_WORDING) -> Iterator[Rows]:
    """The figures with their 95 % intervals, what they cost, and the set-ups compared."""
    outcomes = evaluation.outcomes
    data = texts.named("report.data", evaluation.data)
    if max(len(one.groups) for one in outcomes) == 1:
        columns = {one.setup: next(iter(one.figures.values())) for one in outcomes}
        count = len(outcomes[0].cases)
        yield _figures(texts("report.title", data=data, n=count), columns, texts)
    else:
        for one in outcomes:
            counts = {name: _heading(one, name, texts) for name in one.groups}
            yield _figures(
                texts("report.setup-title", data=data, name=one.setup),
                {counts[name]: own for name, own in one.figures.items()},
                texts,
            )
    yield _costs(evaluation, texts)
    if evaluation.comparisons:
        yield _comparisons(evaluation, texts)


def _heading(outcome: Outcome, group: str, texts: Wording) -> str:
    cases = outcome.groups[group]
    answerable = sum(case.answerable for case in cases)
    return f"{kind_words(group, texts)} ({answerable} + {len(cases) - answerable})"


def _figures(title: str, columns: Mapping[str, Mapping[str, Figure]], texts: Wording) -> Rows:
    measure = partial(texts.named, "report.measure")
    names = dict.fromkeys(name for own in columns.values() for name in own)
    rows = tuple(
        (measure(name), *(figure_words(own.get(name)) for own in columns.values()))
        for name in names
    )
    return Rows(title, (texts("report.measure"), *columns), rows)


def figure_words(figure: Figure | None) -> str:
    """A figure with its interval, or a dash."""
    if figure is None or math.isnan(figure.value):
        return NONE
    if math.isnan(figure.low):
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"


def _costs(evaluation: Evaluation, texts: Wording) -> Rows:
    rows = []
    for one in evaluation.outcomes:
        values = astuple(one.cost)
        rows.append((one.setup, *(NONE if math.isnan(own) else f"{own:,.1f}" for own in values)))
    heads = (texts("report.setup"), *(texts.named("report.cost", name) for name in COSTS))
    return Rows(texts("report.cost"), heads, tuple(rows))


def _comparisons(evaluation: Evaluation, texts: Wording) -> Rows:
    rows = tuple(
        (
            f"{one.second} − {one.first}",
            texts.named("report.measure", one.measure),
            f"{one.difference:+.3f}",
            f"{one.probability:.4f}",
            f"{one.corrected:.4f}",
            f"{one.cases:,}",
        )
        for one in evaluation.comparisons
    )
    heads = (
        texts("report.setups"),
        texts("report.measure"),
        texts("report.difference"),
        texts("report.p"),
        texts("report.p-holm"),
        texts("report.questions"),
    )
    return Rows(texts("report.comparison"), heads, rows)


def rich_table(rows: Rows) -> Table:
    """The table for a terminal."""
    found = Table(title=rows.title, box=None, pad_edge=False, title_justify="left")
    for number, head in enumerate(rows.heads):
        found.add_column(head, justify="right" if number else "left")
    for row in rows.rows:
        found.add_row(*row)
    return found
