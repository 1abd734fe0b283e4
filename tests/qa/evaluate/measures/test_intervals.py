"""How sure figures are."""

import math

import pytest
from scipy.stats import bootstrap

from qa.evaluate.measures.intervals import holm, interval, interval_of_mean, paired_test


def test_the_interval_of_a_mean_is_near_that_of_scipy_and_the_same_each_time() -> None:
    values = [float(n % 7 == 0) for n in range(200)]
    low, high = interval_of_mean(values)
    theirs = bootstrap((values,), lambda x, axis: x.mean(axis=axis), method="percentile", rng=1)
    assert low == pytest.approx(theirs.confidence_interval.low, abs=0.01)
    assert high == pytest.approx(theirs.confidence_interval.high, abs=0.01)
    assert (low, high) == interval_of_mean(values)


def test_equal_values_leave_no_doubt_and_one_value_tells_nothing() -> None:
    assert interval_of_mean([0.5] * 9) == (0.5, 0.5)
    assert all(map(math.isnan, interval_of_mean([1.0])))


def test_resamples_without_a_figure_are_left_out() -> None:
    values = [0.0, 1.0]

    def only_ones(chosen: object) -> float:
        drawn = [values[n] for n in chosen]  # type: ignore[attr-defined]
        return 1.0 if all(drawn) else float("nan")

    assert interval(2, only_ones) == (1.0, 1.0)
    assert all(map(math.isnan, interval(2, lambda _: float("nan"))))


def test_a_paired_test_counts_all_ways_where_they_are_few() -> None:
    # Five pairs that all differ one way: 2 of 2**5 ways are as large, in either direction.
    assert paired_test([1.0] * 5 + [0.3], [0.0] * 5 + [0.3]) == pytest.approx(2 / 32)
    assert paired_test([0.5, 0.5], [0.5, 0.5]) == 1.0
    assert paired_test([1.0], [0.0]) == 1.0
    # Three up, three down: no way is less than as large.
    assert paired_test([1.0] * 3 + [0.0] * 3, [0.0] * 3 + [1.0] * 3) == 1.0


def test_a_paired_test_of_many_pairs_is_drawn_with_a_fixed_seed() -> None:
    one, other = [float(n % 3 == 0) for n in range(60)], [float(n % 4 == 0) for n in range(60)]
    found = paired_test(one, other)
    assert 0.1 < found < 0.9
    assert found == paired_test(one, other) == pytest.approx(paired_test(other, one), abs=0.02)


def test_holm_by_hand() -> None:
    # Sorted .01 .02 .04: times 3, 2, 1 and never falling: .03 .04 .04.
    assert holm([0.04, 0.01, 0.02]) == pytest.approx((0.04, 0.03, 0.04))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()
