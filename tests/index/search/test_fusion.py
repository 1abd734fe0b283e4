"""Scores of several kinds of search: scaled by their range, weighted, summed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.search.fusion import fused, leveled, scaled, weights_of
from index.search.signals.encoded import spread
from index.search.signals.signal import Compared, LanguagePair, SignalFacts

WORDS = SignalFacts("lexical", "words")


def _of(name: str, compared: Compared, languages: Languages = ENGLISH_ALONE) -> SignalFacts:
    return SignalFacts(name, compared, languages)


def test_the_best_is_one_and_what_lies_below_the_depth_is_nothing() -> None:
    # Of 5, 4, 3, 1 the third best, 3, is 0: (5-3)/2 = 1, (4-3)/2 = .5.
    assert scaled(np.array([4.0, 1.0, 5.0, 3.0]), depth=3).tolist() == [0.5, 0.0, 1.0, 0.0]


def test_equal_scores_say_nothing() -> None:
    assert scaled(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]
    assert scaled(np.array([])).tolist() == []


def test_in_a_language_that_all_models_know_the_tokens_decide() -> None:
    found = {
        "lexical": np.array([1.0, 0.0]), "dense": np.array([0.0, 1.0]),
        "tokens": np.array([1.0, 0.0]),
    }  # fmt: skip
    facts = [WORDS, _of("dense", "passages"), _of("tokens", "tokens")]
    weights = weights_of(facts, LanguagePair("en", "en"))
    # lexical .5 and tokens 3 for the first of 4, dense .5 for the second.
    assert fused(found, weights).tolist() == pytest.approx([3.5 / 4, 0.5 / 4])


def test_a_signal_that_was_not_run_counts_nowhere() -> None:
    found = {"dense": np.array([1.0, 0.0]), "lexical": np.array([0.0, 1.0])}
    facts = [WORDS, _of("dense", "passages"), _of("tokens", "tokens")]
    assert fused(found, weights_of(facts, LanguagePair("en", "en"))).tolist() == pytest.approx(
        [0.5, 0.5]
    )


def test_a_model_that_does_not_know_both_languages_counts_where_there_is_nothing_else() -> None:
    dense, crossing = _of("dense", "passages"), LanguagePair("en", "es")
    both = {"dense": np.array([1.0, 0.0]), "lexical": np.array([0.0, 1.0])}
    assert fused(both, weights_of([WORDS, dense], crossing)).tolist() == [0.0, 1.0]
    alone = {"dense": np.array([1.0, 0.0])}
    assert fused(alone, weights_of([dense], crossing)).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("languages", "pair", "lexical", "dense"),
    [
        pytest.param(ENGLISH_ALONE, LanguagePair("en", "en"), 0.5, 0.5, id="known"),
        pytest.param(
            ENGLISH_ALONE, LanguagePair("es", "es"), 4.0, 0.0, id="same language, not known"
        ),
        pytest.param(ENGLISH_ALONE, LanguagePair("es", "en"), 1.0, 0.0, id="one of two known"),
        pytest.param(frozenset({"es"}), LanguagePair("es", "es"), 0.5, 0.5, id="Spanish known"),
        pytest.param(
            frozenset({"en", "es"}), LanguagePair("es", "en"), 1.0, 1.0, id="both of two known"
        ),
        pytest.param(EVERY_LANGUAGE, LanguagePair("de", "fr"), 1.0, 1.0, id="every language"),
    ],
)
def test_weights_follow_from_what_the_models_know(
    languages: Languages, pair: LanguagePair, lexical: float, dense: float
) -> None:
    weights = weights_of([WORDS, _of("dense", "passages", languages)], pair)
    assert weights == {"lexical": lexical, "dense": dense}


def test_a_signal_without_a_weight_of_its_own_counts_one() -> None:
    assert weights_of([_of("new", "passages")], LanguagePair("en", "en")) == {"new": 1.0}


def test_a_signal_that_is_not_counted_has_no_weight() -> None:
    told = SignalFacts("dense", "passages", counted=False)
    assert weights_of([WORDS, told], LanguagePair("en", "en")) == {"lexical": 0.5}


@given(st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=30))
def test_scaled_scores_keep_their_order_between_0_and_1(values: list[float]) -> None:
    found = scaled(np.array(values), depth=10)
    assert ((found >= 0) & (found <= 1)).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all()


def test_the_narrow_cosines_of_the_multilingual_encoder_are_spread() -> None:
    assert [spread(cosine, 0.7, 1.0) for cosine in (0.5, 0.7, 0.85, 1.0)] == pytest.approx(
        [0, 0, 0.5, 1]
    )


def test_languages_are_compared_by_the_model_that_knows_both() -> None:
    scores = np.array([1.0, 0.5])
    # Matches of .9 and .7 are a level of .5 and 0: (1 + .5) / 2, (.5 + 0) / 2; .05 for a stranger.
    matches, lie = np.array([0.9, 0.7]), (0.8, 1.0)
    assert leveled(scores, matches, lie, crosses=False).tolist() == pytest.approx([0.75, 0.25])
    assert leveled(scores, matches, lie, crosses=True).tolist() == pytest.approx([0.8, 0.3])
    assert leveled(scores, None, crosses=True).tolist() == pytest.approx([0.8, 0.4])
    assert leveled(scores, None, crosses=False).tolist() == [1.0, 0.5]
