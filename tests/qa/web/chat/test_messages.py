"""Questions, answers and refusals as the chat shows them."""

import html
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from corpus.errors import FootnoteError, QuestionError
from corpus.text.documents import Span
from corpus.wording import Message, Wording, wording
from qa.answers import (
    Answer,
    AnswerWords,
    Certainty,
    Citation,
    CitedReference,
    Fact,
    Quotation,
    QuotedPassage,
    Twin,
)
from qa.web.chat.messages import answer_message, problem_message, question_message
from qa.web.links import AskLink, read_ask_link
from qa.web.panel.document_view import problem_panel
from tests.toys import toy_source

EN, ES = wording("en"), wording("es")


LINK = AskLink(question="q", version="v-1")


def _answer(*, reason: str | None = None, certainty: Certainty = "sure", **more: Any) -> Answer:
    quotation = Quotation(
        text="One <b>.",
        start=3,
        end=11,
        language="en",
        score=0.5,
        passage=QuotedPassage("toy-1", 0, 20, "x"),
        citation=Citation("toy", ("A",), None, "A, para. 1", "Doe, J.", None),
        **more,
    )
    found = (quotation,)
    quotes, closest = ((), found) if reason else (found, ())
    told = Message(reason) if reason else None
    outcome = "refused" if reason else certainty
    return Answer("q", "q", 0.5, outcome, told, quotes, closest, "v-1", 12.3)


def _shown(markup: str) -> str:
    """What a browser shows of escaped text."""
    return html.unescape(markup.replace("<br>", "\n"))


def test_a_card_links_to_the_quotation_by_version_source_and_offsets() -> None:
    message = answer_message(_answer(), LINK, toy_source, EN)
    assert 'href="#q/v-1/toy/3/11"' in message
    assert "One &#60;b&#62;&#46;</blockquote>" in message
    assert "1 quotation, word for word" in _shown(message)


def test_a_refusal_has_its_reason_and_labels_the_closest() -> None:
    message = answer_message(_answer(reason="No <year>."), LINK, toy_source, EN)
    assert "Not answered" in message
    assert "No &#60;year&#62;&#46;" in message
    assert "not an answer" in message


def test_question_and_problem_are_escaped() -> None:
    for markup in (
        question_message("<script>"),
        problem_message(FootnoteError("<script>"), EN),
        problem_panel(FootnoteError("<script>"), 1, EN),
    ):
        assert "<script" not in markup


def test_a_card_has_the_short_reference_which_opens_to_the_full_one() -> None:
    message = _shown(answer_message(_answer(), LINK, toy_source, EN))
    summary, full = re.findall(
        r"<summary>(.*?)</summary><p class=\"reference\">(.*?)</p>", message
    )[0]
    assert re.sub("<[^>]*>", "", summary) == "Doe, 2020, A, para.\u00a01"
    assert full.startswith("Doe, J. (2020).")


def test_only_the_answering_sentence_of_a_longer_quotation_is_strong() -> None:
    part = answer_message(_answer(strong=(Span(3, 6),)), LINK, toy_source, EN)
    assert "<strong>One</strong> &#60;b" in part
    whole = answer_message(_answer(strong=(Span(3, 11),)), LINK, toy_source, EN)
    assert "<strong>" not in whole


def test_the_answering_words_are_marked_within_the_strong_sentence_and_escaped() -> None:
    words = AnswerWords("ne <b", 4, 9)
    part = answer_message(_answer(strong=(Span(3, 6),), answer=words), LINK, toy_source, EN)
    # The mark goes on behind the end of the strong sentence: both are closed in their order.
    inside = '<strong>O<mark class="answering">ne</mark></strong>'
    assert f'{inside}<mark class="answering"> &#60;b</mark>' in part


def test_a_chip_asks_what_the_cited_source_says_to_the_words() -> None:
    cited = CitedReference("dos2017", "(DOS, 2017)", True, "DOS.", None)
    message = answer_message(_answer(references=(cited,)), LINK, toy_source, ES)
    assert 'class="chip inherited" href="#c/v-1/toy/3/11/dos2017"' in message
    assert "citada antes en el mismo párrafo" in message


def test_another_place_that_says_the_same_opens_there() -> None:
    place = Citation("twin", (), "4", "Art. 2", "Doe, J.", None)
    message = answer_message(_answer(also=(Twin("<Two>", 5, 9, place),)), LINK, toy_source, EN)
    assert 'href="#q/v-1/twin/5/9"' in message
    assert '<span class="twin">&#60;Two&#62;</span>' in message


@pytest.mark.parametrize(
    ("words", "said"), [(EN, "These passages may answer"), (ES, "Estos pasajes quizá respondan")]
)
def test_quotations_of_an_unsure_answer_stand_under_the_words_that_they_may_answer(
    words: Wording, said: str
) -> None:
    unsure = _shown(answer_message(_answer(certainty="unsure"), LINK, toy_source, words))
    assert unsure.count(said) == 1
    assert unsure.index(said) < unsure.index("One <b>.")
    assert words.count("answer", 1) not in unsure
    for answer in (_answer(), _answer(reason="No."), _told(_answer())):
        assert said not in _shown(answer_message(answer, LINK, toy_source, words))


def _told(answer: Answer) -> Answer:
    """The answer with a fact of a record beside its quotation."""
    return replace(answer, about=(Fact("author", "Jane Doe", "toy"),))


@pytest.mark.parametrize("score", [0.0, 0.49, 0.8, 1.0])
def test_a_card_has_no_word_or_number_on_how_sure_it_is(score: float) -> None:
    answer = _answer(certainty="unsure")
    answer = replace(answer, quotes=(replace(answer.quotes[0], score=score),))
    message = _shown(answer_message(answer, LINK, toy_source, EN))
    assert not re.search("sure|likely|certain|confiden", message.replace("said unsure", ""), re.I)
    assert f">{score}" not in message
    assert "%" not in re.sub('href="[^"]*"', "", message)


def test_a_confidence_that_is_not_calibrated_for_the_library_is_told_above_the_answer() -> None:
    answer = replace(_answer(), calibrated=False)
    message = _shown(answer_message(answer, LINK, toy_source, ES, ["Una nota."]))
    assert message.count("no está ajustada a esta biblioteca") == 1
    assert message.index("no está ajustada") < message.index("One <b>.")
    assert "Una nota." in message
    assert "no está ajustada" not in _shown(answer_message(_answer(), LINK, toy_source, ES))


def test_what_was_searched_is_told_where_it_differs_with_a_way_to_search_as_typed() -> None:
    same = answer_message(replace(_answer(), question="Q  "), LINK, toy_source, EN)
    assert "Searched for" not in same
    link = AskLink(question="And bees?", version="v-1", history=("What do hens do?",))
    answer = replace(_answer(), question="And bees?", searched="What do bees do?")
    message = _shown(answer_message(answer, link, toy_source, EN))
    assert "<q>What do bees do?</q>" in message
    href = re.search(r'class="as-typed" href="([^"]*)"', message)
    assert href
    assert read_ask_link(href[1]) == link.model_copy(update={"typed": True, "version": None})


def test_a_refusal_is_said_in_the_language_of_the_reader() -> None:
    missing = Message.of("refused.named-nowhere", names=["Ohio", "Idaho"])
    answer = replace(_answer(reason="-"), reason=missing)
    said = answer_message(answer, LINK, toy_source, wording("es"))
    assert "Ningún pasaje cercano a esta pregunta nombra Ohio e Idaho" in said
    assert answer.to_json()["reason"] == (
        "No passage that comes close to this question names Ohio and Idaho."
    )


def test_a_fact_of_a_record_is_said_in_the_language_of_the_reader() -> None:
    fact = Fact("length", "2,178 words", "toy", Message.counted("fact.words", 2178))
    answer = replace(_answer(), quotes=(), about=(fact,))
    assert "Extensión</span> 2,178 palabras" in _shown(answer_message(answer, LINK, toy_source, ES))
    assert "Length</span> 2,178 words" in _shown(answer_message(answer, LINK, toy_source, EN))


def test_a_problem_is_said_in_the_language_of_the_reader() -> None:
    said = problem_message(QuestionError("question.long", n=9000, most=2000), wording("es"))
    assert "La pregunta tiene 9,000 caracteres y se leen como mucho 2,000" in unescape(said)
