"""Measures of refusals and of the confidence: AUROC, risk and coverage, calibration error."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

UNDEFINED = float("nan")
"""The figure of a measure that has no case to measure."""


@dataclass(frozen=True)
class RiskCoverage:
    """Which share of the questions, the surest first, is answered, and which share of it is wrong.

    `coverage` rises to 1; `risk` is 0 to 1. Questions of equal confidence are answered together.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


@dataclass(frozen=True)
class Bin:
    """Answers of a range of confidence: their number, mean confidence and share of right ones."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def auroc(answerable: Sequence[bool], confidence: Sequence[float]) -> float:
    """The probability that an answerable question has more confidence than an unanswerable one.

    The statistic of Mann and Whitney over the number of pairs. Source: Hanley and McNeil, The
    Meaning and Use of the Area under a Receiver Operating Characteristic Curve (1982).
    """
    labels, values = np.asarray(answerable, bool), np.asarray(confidence, float)
    yes, no = values[labels], values[~labels]
    if not len(yes) or not len(no):
        return UNDEFINED
    # By its ranks: a bootstrap asks for thousands, and libraries check their input for longer.
    ranks = rankdata(np.concatenate([yes, no]))[: len(yes)]
    wins = ranks.sum() - len(yes) * (len(yes) + 1) / 2
    return float(wins / (len(yes) * len(no)))


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> RiskCoverage:
    """The curve and the area under it, the mean risk over all numbers of questions answered.

    Within equal confidence the order is open, so the errors are spread evenly over it. Source:
    Geifman and El-Yaniv, Selective Classification for Deep Neural Networks (2017).
    """
    if not confidence:
        return RiskCoverage((), (), UNDEFINED)
    values, wrong = np.asarray(confidence, float), ~np.asarray(right, bool)
    levels, member = np.unique(-values, return_inverse=True)
    counts = np.bincount(member, minlength=len(levels))
    errors = np.bincount(member, weights=wrong, minlength=len(levels))
    each = np.repeat(errors / counts, counts)
    risks = np.cumsum(each) / np.arange(1, len(values) + 1)
    ends = np.cumsum(counts)
    return RiskCoverage(
        tuple(float(end / len(values)) for end in ends),
        tuple(float(risks[end - 1]) for end in ends),
        float(risks.mean()),
    )


def reliability(
    confidence: Sequence[float], right: Sequence[bool], bins: int = 10
) -> tuple[Bin, ...]:
    """Answers by ranges of confidence of equal width; ranges without any are left out."""
    values, hits = np.asarray(confidence, float), np.asarray(right, float)
    numbers = np.minimum((values * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            number / bins,
            (number + 1) / bins,
            int((numbers == number).sum()),
            float(values[numbers == number].mean()),
            float(hits[numbers == number].mean()),
        )
        for number in map(int, np.unique(numbers))
    )


def calibration_error(found: Sequence[Bin]) -> float:
    """The expected calibration error: how far confidence and truth differ, weighed by the bins.

    Source: Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning (2015).
    """
    total = sum(one.count for one in found)
    if not total:
        return UNDEFINED
    return math.fsum(one.count * abs(one.confidence - one.right) for one in found) / total


def refusal_precision(answerable: Sequence[bool], answered: Sequence[bool]) -> float:
    """The share of refusals that are right; not a number where nothing was refused.

    `answered` are here and below the questions that are not refused: answers that are unsure count.
    """
    pairs = zip(answerable, answered, strict=True)
    return share([not answers for answers, given in pairs if not given])


def refusal_recall(answerable: Sequence[bool], answered: Sequence[bool]) -> float:
    """The share of unanswerable questions that were refused; not a number where there are none.

    Of the others some have an answer that is unsure, which says that it may be none: see
    `certainties.unanswerable_called_sure`.
    """
    pairs = zip(answerable, answered, strict=True)
    return share([not given for answers, given in pairs if not answers])


def false_refusals(answerable: Sequence[bool], answered: Sequence[bool]) -> float:
    """The share of answerable questions that were refused; not a number where there are none."""
    pairs = zip(answerable, answered, strict=True)
    return share([not given for answers, given in pairs if answers])


def share(values: Sequence[bool]) -> float:
    """The share of what is true; not a number of nothing."""
    return sum(values) / len(values) if values else UNDEFINED
