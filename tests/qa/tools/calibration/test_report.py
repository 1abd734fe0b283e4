"""What is measured of a fitted confidence, counted by hand."""

import pytest

from qa.answering.confidence import Calibration
from qa.answering.confidence_features import FEATURES
from qa.tools.calibration.observation import ObservedRow
from qa.tools.calibration.report import part_names, report
from tests.qa.tools.calibration.rows import features_of, row_of


def test_the_surest_extract_decides_on_a_refusal_and_the_first_is_measured() -> None:
    question = row_of(0.5, answerable=True, right=True).question
    row = ObservedRow(question, (features_of(0.2), features_of(0.9)), (False, True))
    fitted = Calibration("d", "m", (10.0, *[0.0] * (len(FEATURES) - 1)), -5.0, 0.5, 0.9)
    open_ = row_of(0.1, answerable=False, right=False)
    measures = report([row, open_], fitted)
    assert measures["first quotation answers"] == 0.0
    assert measures["one of three answers"] == 1.0
    assert measures["answerable refused"] == 0.0


def test_report_counts_by_hand() -> None:
    # Four answerable: three right, one of them refused (0.3); two open: one refused (0.1).
    # It refuses below a worth of 0.5, and is sure from 0.65 on: of .9, .8 and the wrong .7.
    fitted = Calibration("d", "m", (10.0, *[0.0] * (len(FEATURES) - 1)), -5.0, 0.5, 0.8175)
    rows = [
        row_of(0.9, answerable=True, right=True),
        row_of(0.8, answerable=True, right=True),
        row_of(0.3, answerable=True, right=True),
        row_of(0.7, answerable=True, right=False),
        row_of(0.6, answerable=False, right=False),
        row_of(0.1, answerable=False, right=False),
    ]
    measures = report(rows, fitted)
    assert measures["first quotation answers"] == 3 / 4
    assert measures["right refusals of all refusals"] == 1 / 2
    assert measures["right refusals of all unanswerable"] == 1 / 2
    assert measures["answerable refused"] == 1 / 4
    assert measures["sure"] == 3 / 6
    assert measures["sure and wrong"] == 1 / 3
    assert measures["unanswerable called sure"] == 0.0
    assert measures["right refused"] == 1 / 3
    assert measures["right called sure"] == 2 / 3
    # Pairs (answerable, open) in right order: .9, .8, .7 beat both (6), .3 beats .1 (1): 7 of 8.
    assert measures["answerable or not, AUROC"] == pytest.approx(7 / 8)


def test_parts_that_a_fit_has_seen_are_named_so() -> None:
    assert part_names(training=True) == {
        "fit": "fit",
        "tune": "tune, fitted on",
        "measure": "measure",
    }
    assert part_names(training=False) == {
        "fit": "fit, fitted on",
        "tune": "tune, thresholds chosen on",
        "measure": "measure",
    }
