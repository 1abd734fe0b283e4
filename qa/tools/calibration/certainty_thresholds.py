"""The two thresholds of the confidence, chosen on answers that are known to be right or wrong."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

WRONG = 0.05
"""The most of the answers called sure that may be wrong."""
REFUSED = 0.03
"""The most of the right answers that may be refused.

Less than the twentieth that is aimed at: few of them lie so low, and a threshold that was chosen on
a hundred refuses more of others."""


class RatedAnswer(NamedTuple):
    """The confidence in the surest quotation of an answer and in the first, and if that is right.

    Both are 0 to 1.
    """

    surest: float
    first: float
    right: bool


class CertaintyThresholds(NamedTuple):
    """Where refusing ends and where being sure begins, 0 to 1; see `Calibration`."""

    refusing: float
    sure: float


def certainty_thresholds(
    rated: Sequence[RatedAnswer], refused: float = REFUSED
) -> CertaintyThresholds:
    """The thresholds for answers like these; `sure` is nowhere below `refusing`.

    `refused`, 0 to 1, is the most of the right answers that may be refused. Where even the surest
    answers are too often wrong, `sure` is 1; without a right answer nothing is refused.
    """
    refusing = _refusing([one.surest for one in rated if one.right], refused)
    return CertaintyThresholds(refusing, max(_sure(rated), refusing))


def _refusing(right: Sequence[float], refused: float) -> float:
    """The highest of the surest of right answers that has at most `refused` of them below it."""
    return sorted(right)[math.floor(len(right) * refused)] if right else 0.0


def _sure(rated: Sequence[RatedAnswer]) -> float:
    """The lowest confidence in the first from which on at most `WRONG` of them are wrong."""
    lowest, count, wrong = 1.0, 0, 0
    surest_first = sorted(rated, key=lambda one: -one.first)
    for first, equal in groupby(surest_first, key=lambda one: one.first):
        hits = [one.right for one in equal]
        count += len(hits)
        wrong += hits.count(False)
        if wrong <= count * WRONG:
            lowest = first
    return lowest
