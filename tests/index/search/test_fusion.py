"""Scores of several kinds of search: scaled by their range, weighted, summed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.fusion import fused, leveled, scaled, spread


def test_the_best_is_one_and_what_lies_below_the_depth_is_nothing() -> None:
    # Of 5, 4, 3, 1 the third best, 3, is 0: (5-3)/2 = 1, (4-3)/2 = .5.
    assert scaled(np.array([4.0, 1.0, 5.0, 3.0]), depth=3).tolist() == [0.5, 0.0, 1.0, 0.0]


def test_equal_scores_say_nothing() -> None:
    assert scaled(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]
    assert scaled(np.array([])).tolist() == []


def test_the_kinds_of_search_are_weighed() -> None:
    found = {
        "lexical": np.array([1.0, 0.0]), "dense": np.array([0.0, 1.0]),
        "sentence": np.array([0.0, 1.0]), "tokens": np.array([1.0, 0.0]),
    }  # fmt: skip
    # lexical .5 and late 3 for the first of 4.5, dense .5 and sentence .5 for the second.
    assert fused(found, "en", "en").tolist() == pytest.approx([3.5 / 4.5, 1 / 4.5])


def test_a_kind_that_was_not_run_counts_nowhere() -> None:
    found = {"dense": np.array([1.0, 0.0]), "lexical": np.array([0.0, 1.0])}
    assert fused(found, "en", "en").tolist() == pytest.approx([0.5, 0.5])
    # The encoder of English says nothing of Spanish passages, unless there is nothing else.
    assert fused(found, "es", "en").tolist() == [0.0, 1.0]
    assert fused({"dense": np.array([1.0, 0.0])}, "es", "en").tolist() == [1.0, 0.0]


@given(st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=30))
def test_scaled_scores_keep_their_order_between_0_and_1(values: list[float]) -> None:
    found = scaled(np.array(values), depth=10)
    assert ((found >= 0) & (found <= 1)).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all()


def test_the_narrow_cosines_of_the_multilingual_encoder_are_spread() -> None:
    assert [spread(cosine) for cosine in (0.5, 0.7, 0.85, 1.0)] == pytest.approx([0, 0, 0.5, 1])


def test_languages_are_compared_by_the_model_that_knows_both() -> None:
    scores = np.array([1.0, 0.5])
    # Matches of .9 and .7 are a level of .5 and 0: (1 + .5) / 2, (.5 + 0) / 2; .05 for a stranger.
    own = leveled(scores, np.array([0.9, 0.7]), foreign=False)
    assert own.tolist() == pytest.approx([0.75, 0.25])
    assert leveled(scores, np.array([0.9, 0.7]), foreign=True).tolist() == pytest.approx([0.8, 0.3])
    assert leveled(scores, None, foreign=True).tolist() == pytest.approx([0.8, 0.4])
    assert leveled(scores, None, foreign=False).tolist() == [1.0, 0.5]
