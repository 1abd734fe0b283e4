"""The fit of the confidence to observed rows, with thresholds worked out by hand."""

from dataclasses import replace

import pytest

from corpus.errors import EvaluationError
from qa.answering.confidence_features import FEATURES
from qa.tools.calibration.fitting import fit, fit_parts
from qa.tools.calibration.observation import Observations, ObservedRow, TrainingRows
from qa.tools.calibration.report import report
from tests.qa.tools.calibration.rows import features_of, row_of


def _questions(number: int, *, low: float = 0.0, split: str = "fit") -> list[ObservedRow]:
    """As many that are answerable, of worth .5 to 1, as that are not, of worth `low` to `low` + .4,
    all answered right that have an answer."""
    return [
        row
        for n in range(number)
        for row in (
            row_of(0.5 + 0.5 * n / number, answerable=True, right=True, split=split),
            row_of(low + 0.4 * n / number, answerable=False, right=False, split=split),
        )
    ]


def test_fit_tells_right_from_wrong_by_thresholds_of_the_tuning_part() -> None:
    # Of 100 right ones, 3 may be refused: those of worth .5 to .51, so .515 is the threshold. All
    # that is not refused is right, so all of that is sure.
    tuning = _questions(100, split="tune")
    fitted = fit(_questions(20), tuning, "d", "m")
    measures = report(tuning, fitted)
    assert fitted.threshold == pytest.approx(fitted.probability(features_of(0.515)))
    assert fitted.sure == fitted.threshold
    assert measures["answerable or not, AUROC"] == 1.0
    assert measures["right refusals of all unanswerable"] == 1.0
    assert measures["answerable refused"] == measures["right refused"] == 0.03
    assert (measures["sure"], measures["right called sure"]) == (0.485, 0.97)
    assert (measures["sure and wrong"], measures["unanswerable called sure"]) == (0.0, 0.0)


def test_a_fit_is_unsure_where_right_and_wrong_are_mixed() -> None:
    # Unanswerable ones of worth .3 to .696. From a worth v on there are 200 (1 - v) right ones and
    # 250 (.7 - v) wrong ones: these are a twentieth of both at v = .6878, so that 3 are sure:
    # .688, .692 and .696 beside the 63 right ones from .685 on.
    tuning = _questions(100, low=0.3, split="tune")
    fitted = fit(_questions(20, low=0.3), tuning, "d", "m")
    assert (
        fitted.probability(features_of(0.684))
        < fitted.sure
        <= fitted.probability(features_of(0.688))
    )
    assert fitted.certainty([fitted.probability(features_of(0.6))]) == "unsure"
    measures = report(tuning, fitted)
    assert measures["sure and wrong"] == pytest.approx(3 / 66)
    assert measures["unanswerable called sure"] == 0.03


def test_of_few_tuning_questions_the_fitting_ones_help_as_a_fit_sees_them_that_knows_others() -> (
    None
):
    rows = _questions(60, low=0.3)
    few = _questions(5, split="tune")
    alone, helped = (fit(rows, tuning, "d", "m", helped=True) for tuning in ([], few))
    assert 0 < alone.threshold < alone.sure < 1
    assert (helped.weights, helped.intercept) == (alone.weights, alone.intercept)
    assert (helped.threshold, helped.sure) != (alone.threshold, alone.sure)
    # What the final fit says of its own rows would give other thresholds.
    own = {alone.probability(row.features[0]) for row in rows}
    assert alone.threshold not in own


def test_what_the_reader_has_learned_from_is_not_fitted_to_but_thresholds_are_chosen_on_both() -> (
    None
):
    fitting, tuning = _questions(20), _questions(20, low=0.3, split="tune")
    groups = {"one": fitting, "other": tuning}
    taught = Observations(groups, "one.jsonl", TrainingRows(fitting[:9], 0))
    data = "gold: one.jsonl, part tune; thresholds: that and part tune of training"
    assert fit_parts(taught, "m") == fit(tuning, fitting[:9], data, "m", helped=True)
    untaught = Observations(groups, "one.jsonl", TrainingRows([], 0))
    data = "gold: one.jsonl, part fit; thresholds: fit and tune"
    assert fit_parts(untaught, "m") == fit(fitting, tuning, data, "m", helped=True)


def test_what_no_reader_read_has_a_fit_of_its_own_in_which_the_reader_counts_nothing() -> None:
    # The logit of the reader tells all rows apart, the cosine of many languages but half of them.
    rows = [
        replace(row, features=((row.features[0][0], cosine, 0.0, 0.0, 0.0),))
        for number, row in enumerate(_questions(40))
        for cosine in [0.9 if row.question.answerable or number % 4 == 1 else 0.7]
    ]
    fitted = fit(rows, [], "d", "m", helped=True)
    assert fitted.unread is not None
    unread = dict(zip(FEATURES, fitted.unread.weights, strict=True))
    assert (unread["reader"], fitted.unread.sure) == (0, 1)
    assert unread["multilingual"] > 0
    nan = float("nan")
    likely, unlikely = (fitted.probability((nan, cosine, 0, 0, 0)) for cosine in (0.9, 0.7))
    assert likely > 0.5 > unlikely
    assert fitted.suited([(nan, 0.9, 0, 0, 0)]) is fitted.unread
    assert fitted.suited([(nan, 0.9, 0, 0, 0), (1.0, 0.9, 0, 0, 0)]) is fitted


@pytest.mark.parametrize(
    ("answerable", "others"),
    [(0, 0), (1, 2), (30, 0), (0, 30)],
    ids=["none", "few", "one", "other"],
)
def test_too_few_questions_of_a_kind_are_refused_with_how_many_are_needed(
    answerable: int, others: int
) -> None:
    rows = [row_of(0.9, answerable=True, right=True) for _ in range(answerable)]
    rows += [row_of(0.1, answerable=False, right=False) for _ in range(others)]
    with pytest.raises(EvaluationError, match="needs at least 5 of each"):
        fit(rows, [], "d", "m", helped=True)
