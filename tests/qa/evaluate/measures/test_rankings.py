"""Ranked measures: against trec_eval on random runs, and worked out by hand."""

import math

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.evaluate.data.trec import scored
from qa.evaluate.measures.rankings import (
    exact_match,
    normalized,
    precision,
    ranked,
    ranking,
    recall,
    token_f1,
)

_NAMES = st.sampled_from([f"d{number}" for number in range(30)])


_TOLD = {
    "nDCG@10": "ndcg_cut_10",
    "R@1": "recall_1",
    "R@5": "recall_5",
    "R@20": "recall_20",
    "Success@1": "success_1",
    "Success@5": "success_5",
    "AP": "map",
}


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.tuples(
            st.dictionaries(_NAMES, st.integers(0, 3), min_size=1),
            st.dictionaries(_NAMES, st.integers(0, 10_000).map(float)),
        ),
        min_size=1,
    )
)
def test_ranked_measures_are_those_of_trec_eval(
    data: dict[str, tuple[dict[str, int], dict[str, float]]],
) -> None:
    qrels = {question: judged for question, (judged, _) in data.items()}
    run = {question: found for question, (_, found) in data.items() if found}
    wanted = {"ndcg_cut.10", "recall.1,5,20", "success.1,5", "map", "recip_rank"}
    expected = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(run)
    found = ranking(qrels, run)
    assert set(found) == {q for q, judged in qrels.items() if any(judged.values())}
    for question, own in found.items():
        told = expected.get(question, {})
        for name, theirs in _TOLD.items():
            assert own[name] == pytest.approx(told.get(theirs, 0.0), abs=1e-6), name
        first = told.get("recip_rank", 0.0)
        assert own["RR@10"] == pytest.approx(first if first >= 1 / 10 else 0.0, abs=1e-6)


def test_ranked_measures_by_hand() -> None:
    own = ranked({"a": 1, "b": 1}, scored(["x", "a", "y", "b"]))
    # Hits at ranks 2 and 4.
    assert own["Success@1"] == 0
    assert own["Success@5"] == 1
    assert own["R@5"] == 1
    assert own["RR@10"] == 1 / 2
    assert own["AP"] == pytest.approx((1 / 2 + 2 / 4) / 2)
    gained, best = 1 / math.log2(3) + 1 / math.log2(5), 1 + 1 / math.log2(3)
    assert own["nDCG@10"] == pytest.approx(gained / best)


def test_no_result_is_zero_and_nothing_relevant_has_no_figure() -> None:
    assert set(ranking({"q": {"a": 1}}, {})["q"].values()) == {0.0}
    assert ranking({"q": {"a": 0}, "r": {}}, {"q": {"a": 1.0}}) == {}
    assert ranked({}, {"a": 1.0}) == {}


def test_words_are_compared_as_squad_does() -> None:
    assert normalized("The  Cat, an animal!") == "cat animal"
    assert exact_match("the cat.", ["Dog", "A cat"]) == 1
    assert exact_match("two cats", ["cat"]) == 0
    # Words in common: cat, sat. Precision 2/3, recall 2/2.
    assert token_f1("A cat sat down", ["cat sat"]) == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))
    assert token_f1("cat", ["dog", "the cat"]) == 1
    assert token_f1("cat", []) == 0
    assert token_f1("the", ["a"]) == 1  # nothing is left of either


def test_precision_and_recall_know_when_there_is_nothing_to_measure() -> None:
    assert precision(["a", "a", "b"], ["a"]) == 1 / 2
    assert precision([], ["a"]) is None
    assert recall(["a"], ["a", "b"]) == 1 / 2
    assert recall(["a"], []) is None
