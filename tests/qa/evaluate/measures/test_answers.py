"""What is measured of the words that a reader holds for the answer."""

from dataclasses import replace

import pytest

from corpus.text.documents import Span
from qa.answers import Answer, AnswerWords, Citation, Quotation, QuotedPassage
from qa.evaluate.measures.answers import JudgedAnswer, answer_scores
from qa.evaluate.measures.citations import Right
from tests.toys import plain_document

TEXT = "Foxes run. They eat ripe red berries at night."
SENTENCE = Span(11, 46)
RED_BERRIES = Right("toy", Span(25, 36), "para. 1", "They eat ripe red berries at night.")


def _scores(words: AnswerWords | None, *right: Right) -> dict[str, float]:
    """The measures of an answer of one quotation, the second sentence, with these words."""
    text = TEXT[SENTENCE.start : SENTENCE.end]
    quotation = Quotation(
        text=text,
        start=SENTENCE.start,
        end=SENTENCE.end,
        language="en",
        score=0.9,
        passage=QuotedPassage("p", 0, len(TEXT), TEXT),
        citation=Citation("toy", (), None, "para. 1", "Doe", None),
        strong=(SENTENCE,),
        answer=words,
    )
    answer = Answer("?", "?", 0.9, "sure", None, (quotation,), (), "1", 1.0)
    document = plain_document(TEXT)
    return answer_scores(JudgedAnswer(answer, right, True, False, lambda _: document))


def _words(start: int, end: int) -> AnswerWords:
    return AnswerWords(TEXT[start:end], start, end)


def test_words_that_are_the_labelled_phrase_match_it() -> None:
    scores = _scores(_words(25, 36), RED_BERRIES)
    assert (scores["answer exact match"], scores["answer token F1"]) == (1.0, 1.0)


def test_words_beside_the_labelled_phrase_count_by_what_they_share() -> None:
    # "ripe red berries" against "red berries": precision 2/3, recall 1, F1 4/5.
    scores = _scores(_words(20, 36), RED_BERRIES)
    assert scores["answer exact match"] == 0.0
    assert scores["answer token F1"] == pytest.approx(0.8)


def test_answering_words_are_not_measured_where_none_are_named_or_none_are_known() -> None:
    for scores in (_scores(None, RED_BERRIES), _scores(_words(25, 36))):
        assert not {"answer exact match", "answer token F1"} & scores.keys()


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        pytest.param(None, 1.0, id="none"),
        pytest.param(_words(25, 36), 1.0, id="as they stand"),
        pytest.param(replace(_words(25, 36), text="red Berries"), 0.0, id="altered"),
        pytest.param(replace(_words(25, 36), start=24), 0.0, id="moved"),
        pytest.param(_words(0, 5), 0.0, id="outside of the quotation"),
    ],
)
def test_a_quotation_is_exact_where_its_answering_words_are(
    words: AnswerWords | None, exact: float
) -> None:
    assert _scores(words, RED_BERRIES)["exact slices"] == exact
