"""Measures: against trec_eval on random runs, and worked out by hand."""

import math

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from qa.evaluate.data.trec import scored
from qa.evaluate.measures.costs import cost, peak_mib
from qa.evaluate.measures.rankings import (
    exact_match,
    normalized,
    precision,
    ranked,
    ranking,
    recall,
    token_f1,
)
from qa.evaluate.measures.refusals import (
    auroc,
    calibration_error,
    false_refusals,
    refusal_precision,
    refusal_recall,
    reliability,
    risk_coverage,
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


def test_cost_by_hand() -> None:
    found = cost([10.0, 20.0, 30.0, 40.0], 100.0)
    assert (found.p50_ms, found.per_second, found.peak_mib) == (25.0, 40.0, 100.0)
    assert found.p95_ms == pytest.approx(38.5)  # between 30 and 40, at .95 * 3 = 2.85
    assert math.isnan(cost([], 1.0).p99_ms)
    assert peak_mib() > 10


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
