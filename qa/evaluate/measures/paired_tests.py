"""Set-ups compared on the same questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.evaluate.measures import intervals as statistics
from qa.evaluate.measures.cases import Case

COMPARED_SCORES = ("nDCG@10", "passage Success@5", "first quotation", "right decision")
"""The scores by which set-ups are compared, where the questions have them."""


@dataclass(frozen=True)
class Comparison:
    """A measure under two set-ups: the mean difference, second less first.

    `probability` is that of the paired randomization test, `corrected` the same by Holm over all
    comparisons of an evaluation.
    """

    measure: str
    first: str
    second: str
    difference: float
    probability: float
    corrected: float
    cases: int


def compared(runs: Sequence[tuple[str, Sequence[Case]]]) -> tuple[Comparison, ...]:
    """Paired tests of every set-up, by name, against the first, corrected over all of them."""
    found = []
    for name, cases in runs[1:]:
        for measure in COMPARED_SCORES:
            pairs = _pairs(runs[0][1], cases, measure)
            if pairs:
                one, two = zip(*pairs, strict=True)
                change = math.fsum(two) / len(two) - math.fsum(one) / len(one)
                names = (measure, runs[0][0], name)
                found.append((names, change, statistics.paired_test(one, two), len(pairs)))
    corrected = statistics.holm([probability for _, _, probability, _ in found])
    return tuple(
        Comparison(*names, change, probability, own, count)
        for (names, change, probability, count), own in zip(found, corrected, strict=True)
    )


def _pairs(one: Sequence[Case], other: Sequence[Case], measure: str) -> list[tuple[float, float]]:
    known = {case.id: case.scores[measure] for case in one if measure in case.scores}
    return [
        (known[case.id], case.scores[measure])
        for case in other
        if case.id in known and measure in case.scores
    ]
