"""Outcomes as a table."""

import math
from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table

from qa.evaluate.retrieval import MEASURES, Outcome


def table(name: str, outcomes: Sequence[Outcome]) -> Table:
    """A row for each set-up: its measures, and the milliseconds of a question."""
    count = len(outcomes[0].questions) if outcomes else 0
    found = Table(title=f"{name}, {count:,} questions", box=None, pad_edge=False)
    found.add_column("stages")
    for one in MEASURES:
        found.add_column(str(one), justify="right")
    found.add_column("p50 ms", justify="right")
    found.add_column("p95 ms", justify="right")
    for outcome in outcomes:
        means = [f"{outcome.means[str(one)]:.3f}" for one in MEASURES]
        times = [f"{outcome.percentile(share):.0f}" for share in (50, 95)]
        found.add_row(outcome.setup, *means, *times)
    return found


def gold_table(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[Table]:
    """A table for each set-up: set-up → group of questions → measure → figure."""
    for setup, groups in figures.items():
        found = Table(title=f"stages: {setup}", box=None, pad_edge=False)
        found.add_column("measure")
        for group in groups:
            found.add_column(group, justify="right")
        for measure in next(iter(groups.values()), {}):
            found.add_row(measure, *(_figure(measure, own[measure]) for own in groups.values()))
        yield found


def _figure(measure: str, value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.0f}" if measure.endswith((" ms", "answerable")) else f"{value:.3f}"
