"""Outcomes as a table."""

from collections.abc import Sequence

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
