"""How sure a figure is: bootstrap intervals, paired tests, Holm's correction; with fixed seeds."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import permutation_test

RESAMPLING_SEED = 0
RESAMPLES = 2_000
RESAMPLES_OF_ALL = 500
"""Of figures of all cases together, each of which takes a sort."""
SHUFFLES = 9_999
LEVEL = 0.95
_LEAST = 2
Interval = tuple[float, float]
NO_INTERVAL: Interval = (float("nan"), float("nan"))


def draws(count: int, resamples: int = RESAMPLES) -> NDArray[np.int64]:
    """Cases drawn with replacement. Shape: (resamples, count)."""
    return np.random.default_rng(RESAMPLING_SEED).integers(0, count, (resamples, count))


def interval_of_mean(values: Sequence[float]) -> Interval:
    """The 95 % percentile interval of a mean; not numbers for fewer than two values.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    if len(values) < _LEAST:
        return NO_INTERVAL
    means = np.asarray(values, float)[draws(len(values))].mean(axis=1)
    return _percentiles(means)


def interval(count: int, figure: Callable[[NDArray[np.int64]], float]) -> Interval:
    """The 95 % percentile interval of any figure of the cases with such numbers.

    Resamples for which the figure is not a number, as one without any refusal, are left out.
    """
    if count < _LEAST:
        return NO_INTERVAL
    found = np.array([figure(chosen) for chosen in draws(count, RESAMPLES_OF_ALL)])
    known = found[~np.isnan(found)]
    return _percentiles(known) if len(known) else NO_INTERVAL


def _percentiles(found: NDArray[np.float64]) -> Interval:
    outside = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(found, [outside, 100 - outside])
    return float(low), float(high)


def paired_test(one: Sequence[float], other: Sequence[float]) -> float:
    """The probability of a mean difference as large, either way, if the set-ups were alike.

    A randomization test: in each pair of figures of one question the set-ups are swapped or not;
    all ways where they are few, else 9,999 with a fixed seed. 1 where no pair differs. Source:
    Smucker et al., A Comparison of Statistical Significance Tests for IR Evaluation (2007).
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if not pairs:
        return 1.0
    # Swapping a pair of equal figures changes nothing, so such pairs are left out.
    samples = [np.array([pair[side] for pair in pairs], float) for side in (0, 1)]
    if len(pairs) == 1:
        return 1.0  # both ways are as large
    found = permutation_test(
        samples,
        _difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=SHUFFLES,
        batch=1_000,
        rng=np.random.default_rng(RESAMPLING_SEED),
    )
    return min(float(found.pvalue), 1.0)


def _difference(one: Any, other: Any, axis: int = -1) -> Any:
    return np.mean(one - other, axis=axis)


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """Probabilities of several tests, corrected so that all together err at most so often.

    Source: Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).
    """
    adjusted, most = [0.0] * len(values), 0.0
    for rank, at in enumerate(sorted(range(len(values)), key=lambda n: values[n])):
        most = max(most, min(1.0, (len(values) - rank) * values[at]))
        adjusted[at] = most
    return tuple(adjusted)
