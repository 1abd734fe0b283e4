"""Answers: three outcomes, and nothing between them."""

import pytest

from corpus.wording import Message
from qa.answers import Answer, Certainty, Citation, Fact, Quotation, QuotedPassage

NO = Message("No.")
QUOTE = Quotation(
    text="One.",
    start=0,
    end=4,
    language="en",
    score=0.5,
    passage=QuotedPassage("toy-1", 0, 4, "One."),
    citation=Citation("toy", ("A",), None, "A, para. 1", "Doe, J.", None),
)
FACT = Fact("author", "Jane Doe", "toy")


def _answer(
    certainty: Certainty,
    reason: Message | None = None,
    quotes: tuple[Quotation, ...] = (),
    about: tuple[Fact, ...] = (),
) -> Answer:
    return Answer("q", "q", 0.5, certainty, reason, quotes, (QUOTE,), "v-1", 1.0, about=about)


def test_sure_and_unsure_answers_are_answered_and_refusals_are_not() -> None:
    for certainty in ("sure", "unsure"):
        found = _answer(certainty, quotes=(QUOTE,)).to_json()
        assert (found["answered"], found["certainty"]) == (True, certainty)
        assert [one["text"] for one in found["quotes"]] == ["One."]
        assert found["reason"] is None
    found = _answer("refused", NO).to_json()
    assert (found["answered"], found["certainty"], found["quotes"]) == (False, "refused", [])
    assert (found["reason"], len(found["closest"])) == ("No.", 1)
    assert list(found).index("certainty") == list(found).index("answered") + 1


@pytest.mark.parametrize(
    ("certainty", "reason", "quotes", "about"),
    [
        pytest.param("refused", None, (QUOTE,), (), id="refused with a quotation"),
        pytest.param("refused", None, (), (FACT,), id="refused with a fact"),
        pytest.param("refused", NO, (QUOTE,), (), id="refused with both"),
        pytest.param("sure", NO, (), (), id="sure with a reason for refusing"),
        pytest.param("unsure", NO, (), (), id="unsure with a reason for refusing"),
        pytest.param("unsure", None, (), (), id="unsure of nothing"),
    ],
)
def test_an_answer_that_is_neither_cannot_be_made(
    certainty: Certainty,
    reason: Message | None,
    quotes: tuple[Quotation, ...],
    about: tuple[Fact, ...],
) -> None:
    with pytest.raises(ValueError, match="an answer"):
        _answer(certainty, reason, quotes, about)
