"""Measures of refusals, worked out by hand or by scikit-learn."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from qa.evaluate.measures.refusals import (
    auroc,
    calibration_error,
    false_refusals,
    refusal_precision,
    refusal_recall,
    reliability,
    risk_coverage,
)


def test_risk_rises_with_coverage_by_hand() -> None:
    found = risk_coverage([0.9, 0.8, 0.7, 0.6], [True, False, True, False])
    assert found.coverage == (0.25, 0.5, 0.75, 1.0)
    assert found.risk == pytest.approx((0, 1 / 2, 1 / 3, 2 / 4))
    assert found.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


@pytest.mark.parametrize("right", [(True, False), (False, True)])
def test_the_order_of_equal_confidence_does_not_matter(right: tuple[bool, bool]) -> None:
    found = risk_coverage([0.5, 0.5], right)
    assert (found.coverage, found.risk, found.area) == ((1.0,), (0.5,), 0.5)


def test_calibration_error_weighs_the_bins() -> None:
    bins = reliability([0.05, 0.92, 0.98, 1.0], [False, True, True, False])
    assert [(one.low, one.high, one.count) for one in bins] == [(0, 0.1, 1), (0.9, 1.0, 3)]
    # Bin 1: |.05 - 0|, weight 1/4; bin 2: mean .9667, right 2/3, weight 3/4.
    assert calibration_error(bins) == pytest.approx(0.05 / 4 + 0.3 * 3 / 4)
    assert math.isnan(calibration_error(()))


def test_refusals_by_hand() -> None:
    answerable, answered = [True, True, False, False, False], [True, False, False, False, True]
    assert refusal_precision(answerable, answered) == pytest.approx(2 / 3)
    assert refusal_recall(answerable, answered) == pytest.approx(2 / 3)
    assert false_refusals(answerable, answered) == 1 / 2
    # .9 beats .8, .2, .1; .3 beats .2, .1: 5 of 6 pairs.
    assert auroc(answerable, [0.9, 0.3, 0.2, 0.1, 0.8]) == pytest.approx(5 / 6)
    assert math.isnan(auroc([True], [0.5]))
    assert math.isnan(refusal_precision([True], [True]))


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9])), min_size=2
    ).filter(lambda rows: len({label for label, _ in rows}) == 2)
)
def test_the_area_under_the_curve_is_that_of_scikit_learn_with_ties(
    rows: list[tuple[bool, float]],
) -> None:
    labels, values = zip(*rows, strict=True)
    assert auroc(labels, values) == pytest.approx(roc_auc_score(labels, values), abs=1e-12)
