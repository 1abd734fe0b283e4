"""Rerankers: what is read, how the scores are blended, what is left alone."""

from collections.abc import Sequence

import pytest

from corpus.errors import ModelError
from corpus.text.documents import Span
from index.search.query import Candidate, Query
from index.versions.store import StoredPassage
from qa.answering.reranking import DEFAULT_RERANKER, NO_RERANKER, Reranker, load_reranker, rerank


class ToyReranker:
    """The logit of a text is the number in it; `read` keeps what was asked."""

    name, top_logit = "toy", 11.0

    def __init__(self, *languages: str) -> None:
        self.languages = frozenset(languages)
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        assert question
        self.read += texts
        return [float(text.split()[-1]) for text in texts]


def _candidate(row: int, score: float, logit: float, language: str = "en") -> Candidate:
    text = f"logit {logit}"
    span = Span(0, len(text))
    sentences = (span,)
    passage = StoredPassage(row, f"p{row}", "k", span, 0, None, "Title", text, sentences)
    return Candidate(passage, score, (score,), language=language)


def test_the_first_are_read_and_put_in_order_by_a_blend() -> None:
    # Shares .1 and .9; a logit of 11 counts 1, one of -11 nothing: .1 · .9 + 0 = .09 for the first,
    # .1 · .86 + .9 = .986 for the second.
    first, second, third = _candidate(0, 0.9, -11), _candidate(1, 0.86, 11), _candidate(2, 0.7, 11)
    toy = ToyReranker()
    found = rerank(toy, Query("?"), [first, second, third], most=2)
    assert [one.passage.row for one in found] == [1, 0, 2]
    assert len(toy.read) == 2
    # The scores that were there are dealt out anew, so what was not read stays behind.
    assert [one.score for one in found] == [0.9, 0.86, 0.7]
    assert found[0].signals["rerank"] == 11


def test_a_good_first_stage_outweighs_a_slightly_better_logit() -> None:
    # .1 · 1 + .9 · .5 = .55 against .1 · .96 + .9 · .502 = .5478; logits 0 and .044.
    found = rerank(ToyReranker(), Query("?"), [_candidate(0, 1.0, 0.0), _candidate(1, 0.96, 0.044)])
    assert [one.passage.row for one in found] == [0, 1]


def test_a_first_candidate_that_leads_is_believed_without_being_read() -> None:
    toy = ToyReranker()
    given = [_candidate(0, 0.9, -11), _candidate(1, 0.84, 11)]
    assert rerank(toy, Query("?"), given) == tuple(given)
    assert not toy.read


@pytest.mark.parametrize(
    ("query", "language"), [(Query("?", "es"), "en"), (Query("?", "en"), "es")]
)
def test_what_the_reranker_does_not_know_is_left_as_it_is(query: Query, language: str) -> None:
    toy = ToyReranker("en")
    given = [_candidate(0, 0.9, -11), _candidate(1, 0.88, 11, language)]
    assert rerank(toy, query, given) == tuple(given)
    assert not toy.read


@pytest.mark.parametrize("languages", [("es",), ("en", "es"), ()], ids=["es", "en, es", "unknown"])
def test_a_reranker_that_may_know_spanish_reads_spanish(languages: tuple[str, ...]) -> None:
    toy = ToyReranker(*languages)
    given = [_candidate(0, 0.9, -11, "es"), _candidate(1, 0.88, 11, "es")]
    assert [one.passage.row for one in rerank(toy, Query("?", "es"), given)] == [1, 0]
    assert len(toy.read) == 2


def test_logits_are_scaled_by_the_top_logit_of_the_model() -> None:
    # .1 · .9 + .9 · .5 = .54 against .1 · .86 + .9 · (.05 + 2) / 4 = .54725; of 11 it were .53805.
    toy = ToyReranker()
    toy.top_logit = 2.0
    found = rerank(toy, Query("?"), [_candidate(0, 0.9, 0.0), _candidate(1, 0.86, 0.05)])
    assert [one.passage.row for one in found] == [1, 0]


def test_one_candidate_or_none_is_not_read() -> None:
    toy = ToyReranker()
    assert rerank(toy, Query("?"), []) == ()
    assert len(rerank(toy, Query("?"), [_candidate(0, 0.5, 1)])) == 1
    assert not toy.read


def test_the_bundled_reranker_tells_an_answer_from_another_text() -> None:
    bundled: Reranker | None = load_reranker()
    assert bundled is not None
    assert bundled.name == DEFAULT_RERANKER
    good, bad = bundled.scores(
        "How many victims did Mexico identify?",
        ["Mexico identified 740 trafficking victims in 2016.", "The weather is fine today."],
    )
    assert good > 0 > bad
    assert bundled.scores("Anything?", []) == []


def test_a_reranker_can_be_left_out_and_an_unknown_one_is_an_error() -> None:
    assert load_reranker(NO_RERANKER) is None
    with pytest.raises(ModelError, match="name a folder, a model's hub id"):
        load_reranker("./no/such/folder")
