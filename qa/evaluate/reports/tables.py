"""An evaluation as tables: rows of words, which the terminal, Markdown and HTML lay out."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass

from rich.table import Table

from qa.evaluate.measures.cases import Figure
from qa.evaluate.measures.costs import COSTS
from qa.evaluate.measures.evaluation import Evaluation, Outcome

NONE = "–"
Say = Callable[[str], str]
"""English words of a report, or a template of them → the words of its reader."""


@dataclass(frozen=True)
class Rows:
    """A title, the heads of the columns and the rows; the first column names each row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(evaluation: Evaluation, say: Say = str) -> Iterator[Rows]:
    """The figures with their 95 % intervals, what they cost, and the set-ups compared."""
    outcomes = evaluation.outcomes
    if max(len(one.groups) for one in outcomes) == 1:
        columns = {one.setup: next(iter(one.figures.values())) for one in outcomes}
        count = len(outcomes[0].cases)
        title = say("{data}, {n:,} questions").format(data=say(evaluation.data), n=count)
        yield _figures(title, columns, say)
    else:
        for one in outcomes:
            counts = {name: _heading(one, name, say) for name in one.groups}
            yield _figures(
                say("{data}, set-up {name}").format(data=say(evaluation.data), name=one.setup),
                {counts[name]: own for name, own in one.figures.items()},
                say,
            )
    yield _costs(evaluation, say)
    if evaluation.comparisons:
        yield _comparisons(evaluation, say)


def _heading(outcome: Outcome, group: str, say: Say) -> str:
    cases = outcome.groups[group]
    answerable = sum(case.answerable for case in cases)
    return f"{say(group)} ({answerable} + {len(cases) - answerable})"


def _figures(title: str, columns: Mapping[str, Mapping[str, Figure]], say: Say) -> Rows:
    names = dict.fromkeys(name for own in columns.values() for name in own)
    rows = tuple(
        (say(name), *(figure_words(own.get(name)) for own in columns.values())) for name in names
    )
    return Rows(title, (say("measure"), *columns), rows)


def figure_words(figure: Figure | None) -> str:
    """A figure with its interval, or a dash."""
    if figure is None or math.isnan(figure.value):
        return NONE
    if math.isnan(figure.low):
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"


def _costs(evaluation: Evaluation, say: Say) -> Rows:
    rows = []
    for one in evaluation.outcomes:
        values = astuple(one.cost)
        rows.append((one.setup, *(NONE if math.isnan(own) else f"{own:,.1f}" for own in values)))
    heads = ("set-up", *COSTS)
    return Rows(say("Cost of a question"), tuple(map(say, heads)), tuple(rows))


def _comparisons(evaluation: Evaluation, say: Say) -> Rows:
    rows = tuple(
        (
            f"{one.second} − {one.first}",
            say(one.measure),
            f"{one.difference:+.3f}",
            f"{one.probability:.4f}",
            f"{one.corrected:.4f}",
            f"{one.cases:,}",
        )
        for one in evaluation.comparisons
    )
    heads = ("set-ups", "measure", "difference", "p", "p, Holm", "questions")
    title = say("Set-ups compared, paired randomization test")
    return Rows(title, tuple(map(say, heads)), rows)


def rich_table(rows: Rows) -> Table:
    """The table for a terminal."""
    found = Table(title=rows.title, box=None, pad_edge=False, title_justify="left")
    for number, head in enumerate(rows.heads):
        found.add_column(head, justify="right" if number else "left")
    for row in rows.rows:
        found.add_row(*row)
    return found
