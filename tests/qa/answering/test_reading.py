"""What a reader reads, and what comes of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.text.documents import Span
from index.search.query import Candidate, Query
from index.search.weights import WEIGHTS
from index.versions.store import StoredPassage
from qa.answering.extracts import extract
from qa.answering.reader import PassageInContext, PassageReading
from qa.answering.reading import READ, read_candidates


class ToyReader:
    """The logit of a text is the number at its end, and its first word is the answer."""

    name, sufficient_logit = "toy", 10.0

    def __init__(self, *languages: str) -> None:
        self.languages = frozenset(languages)
        self.read_texts: list[str] = []
        self.questions: set[str] = set()

    def read(self, question: str, passages: Sequence[PassageInContext]) -> list[PassageReading]:
        self.questions.add(question)
        self.read_texts += [one.text for one in passages]
        return [
            PassageReading(float(one.text.split()[-1]), (0, one.text.index(" ")))
            for one in passages
        ]


def _candidate(row: int, score: float, logit: float, language: str = "en") -> Candidate:
    text = f"Nets tear. Widows mend nets {logit}"
    span = Span(100, 100 + len(text))
    sentences = (Span(100, 110), Span(111, span.end))
    passage = StoredPassage(row, f"p{row}", "k", span, 0, None, "Title", text, sentences)
    return Candidate(passage, score, (0.1, 0.9), language=language)


def _rows(found: Sequence[Candidate]) -> list[int]:
    return [one.passage.row for one in found]


def test_what_is_read_comes_in_the_order_of_the_logits_with_the_scores_dealt_out_anew() -> None:
    given = [_candidate(n, 0.9 - n / 10, logit) for n, logit in enumerate((-3, 2.5, 1))]
    found = read_candidates(ToyReader(), Query("?"), given)
    assert _rows(found) == [1, 2, 0]
    assert [one.score for one in found] == [one.score for one in given]
    assert [one.signals[READ] for one in found] == [2.5, 1, -3]


def test_a_good_search_outweighs_a_slightly_better_logit() -> None:
    # A tenth more of the search counts a tenth of its weight: the logit must say more than that.
    tenth = WEIGHTS.search_weight / 10
    slightly = [_candidate(0, 0.9, 1.0), _candidate(1, 0.8, 1.0 + 0.9 * tenth)]
    clearly = [_candidate(0, 0.9, 1.0), _candidate(1, 0.8, 1.0 + 1.1 * tenth)]
    assert _rows(read_candidates(ToyReader(), Query("?"), slightly)) == [0, 1]
    assert _rows(read_candidates(ToyReader(), Query("?"), clearly)) == [1, 0]


def test_the_first_alone_are_read_and_stay_before_the_rest() -> None:
    count = WEIGHTS.read_candidates
    given = [_candidate(n, 0.5, n / 10) for n in range(count + 3)]
    found = read_candidates(reader := ToyReader(), Query("?"), given)
    assert len(reader.read_texts) == count
    assert _rows(found) == [*reversed(range(count)), count, count + 1, count + 2]
    assert [one.answer is None for one in found] == [False] * count + [True] * 3


@pytest.mark.parametrize(
    ("question", "english", "spanish"),
    [
        ("en", WEIGHTS.read_candidates, WEIGHTS.read_foreign),
        ("es", WEIGHTS.read_foreign, WEIGHTS.read_candidates),
    ],
)
def test_more_are_read_in_the_language_of_the_question_than_in_others(
    question: str, english: int, spanish: int
) -> None:
    given = [_candidate(n, 0.5, *(1, "es") if n % 2 else (2, "en")) for n in range(10)]
    read_candidates(reader := ToyReader(), Query("?", question), given)
    logits = [float(one.split()[-1]) for one in reader.read_texts]
    assert (logits.count(2), logits.count(1)) == (english, spanish)


def test_as_many_are_read_where_none_is_in_the_language_of_the_question() -> None:
    given = [_candidate(n, 0.5, 0.0) for n in range(6)]
    read_candidates(reader := ToyReader(), Query("?", "pt"), given)
    assert len(reader.read_texts) == WEIGHTS.read_candidates


def test_what_cannot_be_quoted_is_not_read() -> None:
    # The reader knows none of the candidates' languages, though that of what stands behind them.
    given = [_candidate(n, 0.5, 1.0, "es") for n in range(WEIGHTS.candidates)]
    given += [_candidate(99, 0.5, 9.0)]
    found = read_candidates(reader := ToyReader("en"), Query("?"), given)
    assert found == tuple(given)
    assert reader.read_texts == []


@pytest.mark.parametrize(("logit", "read_texts"), [(ToyReader.sufficient_logit, 1), (9.9, 2)])
def test_where_the_first_is_likely_enough_no_other_is_read(logit: float, read_texts: int) -> None:
    given = [_candidate(0, 0.5, logit), _candidate(1, 0.5, 12.0)]
    found = read_candidates(reader := ToyReader(), Query("?"), given)
    assert len(reader.read_texts) == read_texts
    assert _rows(found) == ([0, 1] if read_texts == 1 else [1, 0])
    assert (READ in found[1].signals) is (read_texts == 2)


@pytest.mark.parametrize(
    ("question", "other", "order"),
    [("en", "es", [2, 1, 0]), ("es", "en", [0, 1, 2]), ("es", "es", [0, 1, 2])],
)
def test_passages_in_a_language_that_it_does_not_know_keep_their_places(
    question: str, other: str, order: list[int]
) -> None:
    given = [_candidate(0, 0.9, -1.0), _candidate(1, 0.8, 9.0, other), _candidate(2, 0.7, 5.0)]
    found = read_candidates(ToyReader("en"), Query("?", question), given)
    assert _rows(found) == order
    assert found[1] == given[1]


def test_a_reader_that_may_know_every_language_reads_all() -> None:
    given = [_candidate(0, 0.9, -1.0, "es"), _candidate(1, 0.8, 9.0, "es")]
    assert _rows(read_candidates(ToyReader(), Query("?", "es"), given)) == [1, 0]


def test_a_follow_up_is_read_with_the_questions_before_it() -> None:
    reader = ToyReader()
    query = Query("And nets? (widows)", conversation="Who mends? / And nets?")
    read_candidates(reader, query, [_candidate(0, 1, 1)])
    assert reader.questions == {"Who mends? / And nets?"}


def test_nothing_is_read_where_nothing_was_found() -> None:
    assert read_candidates(ToyReader(), Query("?"), []) == ()


def test_the_sentence_of_the_answering_words_is_the_strong_one() -> None:
    given = [_candidate(0, 0.9, 1.0)]
    (matched,) = extract(given)
    assert matched.strong == (Span(111, given[0].passage.span.end),)
    (found,) = extract(read_candidates(ToyReader(), Query("?"), given))
    assert found.strong == (Span(100, 110),)
    assert found.candidate.answer == Span(100, 104)
    # What matches best beside it is quoted, too.
    assert found.span == given[0].passage.span


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        pytest.param(WEIGHTS.long_run - 2, "whole", id="short"),
        pytest.param(WEIGHTS.long_run - 1, "the answer", id="long"),
    ],
)
def test_a_long_run_is_cut_to_the_sentence_of_the_answering_words(words: int, quoted: str) -> None:
    # Two words answer; those of the sentence behind them match.
    text = f"Nets tear. {'Mend ' * (words - 1)}1.0"
    span = Span(0, len(text))
    sentences = (Span(0, 10), Span(11, len(text)))
    passage = StoredPassage(0, "p", "k", span, 0, None, "Title", text, sentences)
    given = [Candidate(passage, 0.9, (0.1, 0.9))]
    (found,) = extract(read_candidates(ToyReader(), Query("?"), given))
    assert found.span == (span if quoted == "whole" else Span(0, 10))
    assert found.strong == (Span(0, 10),)


def test_extracts_of_what_was_read_keep_its_order() -> None:
    # Without a reader the better matching sentence of the second would come first.
    first, second = _candidate(0, 0.9, 1.0), _candidate(1, 0.8, 0.5)
    second = replace(second, sentence_scores=(1.0, 1.0))
    first = replace(first, sentence_scores=(0.0, 0.0))
    assert [one.passage.row for one in extract([first, second])] == [1, 0]
    found = extract(read_candidates(ToyReader(), Query("?"), [first, second]))
    assert [one.passage.row for one in found] == [0, 1]


def test_more_are_read_of_a_question_that_points_back() -> None:
    given = [_candidate(n, 0.5, -1.0) for n in range(WEIGHTS.candidates)]
    read_candidates(reader := ToyReader(), Query("And nets?", conversation="a / b"), given)
    assert len(reader.read_texts) == WEIGHTS.read_follow_up > WEIGHTS.read_candidates
