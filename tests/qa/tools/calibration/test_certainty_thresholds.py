"""The thresholds of the confidence, worked out by hand and by trying all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tools.calibration.certainty_thresholds import RatedAnswer, certainty_thresholds

ANSWERS = st.lists(
    st.builds(
        lambda one, other, right: RatedAnswer(max(one, other), one, right),
        *[st.sampled_from([n / 20 for n in range(20)])] * 2,
        st.booleans(),
    ),
    max_size=80,
)


def _rated(*given: tuple[float, bool, int]) -> list[RatedAnswer]:
    return [RatedAnswer(at, at, right) for at, right, count in given for _ in range(count)]


def test_sure_is_the_lowest_from_which_a_twentieth_is_wrong() -> None:
    # From .8 on 1 of 20 is wrong, from .7 on 2 of 21, from .6 on 2 of 40, from .5 on 3 of 41.
    rated = _rated((0.9, True, 9), (0.8, True, 10), (0.8, False, 1), (0.7, False, 1))
    rated += _rated((0.6, True, 19), (0.5, False, 1))
    assert certainty_thresholds(rated).sure == 0.6


def test_answers_of_one_confidence_are_sure_together_or_not_at_all() -> None:
    assert certainty_thresholds(_rated((0.9, True, 10), (0.9, False, 1))).sure == 1.0
    assert certainty_thresholds(_rated((0.9, True, 19), (0.9, False, 1))).sure == 0.9


def test_three_in_a_hundred_of_what_is_right_are_refused_and_wrong_answers_do_not_count() -> None:
    right = [RatedAnswer(n / 40, n / 40, True) for n in range(40)]
    wrong = _rated((0.0, False, 30))
    # One of 40 may lie below, and of 34, but none of 33.
    assert certainty_thresholds(right + wrong).refusing == 0.025
    assert certainty_thresholds(right[6:] + wrong).refusing == 0.175
    assert certainty_thresholds(right[7:] + wrong).refusing == 0.175


def test_being_sure_hangs_on_the_first_quotation_and_a_refusal_on_the_surest() -> None:
    # Forty right ones whose first quotation has .5 beside a surer one; wrong ones with .4.
    rated = [RatedAnswer(0.9, 0.5, True)] * 40 + [RatedAnswer(0.95, 0.4, False)] * 3
    assert certainty_thresholds(rated) == (0.9, 0.9)
    rated.append(RatedAnswer(0.1, 0.1, True))
    assert certainty_thresholds(rated) == (0.9, 0.9)
    rated[-1] = RatedAnswer(0.9, 0.1, True)
    assert certainty_thresholds([*rated, *[RatedAnswer(0.3, 0.2, True)] * 2]) == (0.3, 0.5)


def test_what_is_sure_is_never_refused() -> None:
    # All are right: sure would begin at 0, but what lies below .025 is refused.
    found = certainty_thresholds([RatedAnswer(n / 40, n / 40, True) for n in range(40)])
    assert found == (0.025, 0.025)


@pytest.mark.parametrize("rated", [[], _rated((0.9, False, 3))])
def test_without_a_right_answer_nothing_is_refused_and_nothing_is_sure(
    rated: list[RatedAnswer],
) -> None:
    assert certainty_thresholds(rated) == (0.0, 1.0)


@given(ANSWERS)
def test_no_other_threshold_would_do_better(rated: list[RatedAnswer]) -> None:
    found = certainty_thresholds(rated)
    right = [one.surest for one in rated if one.right]

    def holds(sure: float) -> bool:
        hits = [one.right for one in rated if one.first >= sure]
        return 20 * hits.count(False) <= len(hits)

    assert 20 * sum(one < found.refusing for one in right) <= len(right)
    higher = [one for one in right if one > found.refusing]
    assert all(20 * sum(one < other for one in right) > len(right) for other in higher)
    assert holds(found.sure) or found.sure == found.refusing
    lower = {one.first for one in rated if found.refusing <= one.first < found.sure}
    assert not any(map(holds, lower))
