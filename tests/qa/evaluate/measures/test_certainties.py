"""Measures of what answers are called, by hand."""

import math

from qa.answers import Certainty
from qa.evaluate.measures.cases import LESS_IS_BETTER, Case, figures
from qa.evaluate.measures.certainties import (
    right_called_sure,
    right_refused,
    sure_and_wrong,
    unanswerable_called_sure,
)

ANSWERABLE = [True, True, True, True, False, False, False, False]
RIGHT = [True, True, True, False, False, False, False, False]
CALLED: list[Certainty] = [
    "sure", "unsure", "refused", "sure", "sure", "unsure", "refused", "refused",
]  # fmt: skip
NAMES = ("unanswerable called sure", "sure and wrong", "right refused", "right called sure")
BY_HAND = (1 / 4, 2 / 3, 1 / 3, 1 / 3)


def test_what_answers_are_called_by_hand() -> None:
    found = (
        unanswerable_called_sure(ANSWERABLE, CALLED),
        sure_and_wrong(RIGHT, CALLED),
        right_refused(RIGHT, CALLED),
        right_called_sure(RIGHT, CALLED),
    )
    assert found == BY_HAND


def test_what_nothing_is_measured_of_is_no_number() -> None:
    assert math.isnan(unanswerable_called_sure([True], ["sure"]))
    assert math.isnan(sure_and_wrong([True], ["unsure"]))
    assert math.isnan(right_refused([False], ["sure"]))
    assert math.isnan(right_called_sure([False], ["sure"]))


def test_an_evaluation_has_them_and_less_is_better_but_of_the_last() -> None:
    cases = [
        Case(str(number), "", "fact", answers, {}, 1.0, called, right, 0.5)
        for number, (answers, right, called) in enumerate(
            zip(ANSWERABLE, RIGHT, CALLED, strict=True)
        )
    ]
    found = figures(cases)
    assert tuple(found[name].value for name in NAMES) == BY_HAND
    assert [name in LESS_IS_BETTER for name in NAMES] == [True, True, True, False]
    # Answers that are unsure are answers: of four that nothing answers two are refused.
    assert found["refusal recall"].value == 2 / 4
    assert found["answerable refused"].value == 1 / 4
