"""What the menu of the chat gives: names of files, and words where there is nothing to take."""

from datetime import date

import pytest

from corpus.wording import wording
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.request import Request
from qa.web.chat.take_away import DOWNLOAD_FORMS, _taken, file_name

QUESTION = "How many trafficking victims did Mexico identify in 2016?"


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    return engine.ask(Request(QUESTION))


def test_a_file_is_named_after_the_day_and_the_first_question(answer: Answer) -> None:
    today = date.today().isoformat()
    slug = "how-many-trafficking-victims-did-mexico-identify-i"
    assert file_name([answer], DOWNLOAD_FORMS["html"]) == f"footnote-{today}-{slug}.html"
    assert file_name([answer], DOWNLOAD_FORMS["ris"]) == f"footnote-{today}-{slug}-sources.ris"
    assert file_name([], DOWNLOAD_FORMS["json"]) == f"footnote-{today}.json"


@pytest.mark.parametrize("form", DOWNLOAD_FORMS)
def test_an_empty_chat_gives_words_and_no_file(engine: Engine, form: str) -> None:
    assert _taken(engine, [], form, wording("en")) == {
        "problem": "Nothing is quoted yet: ask first."
    }


@pytest.mark.parametrize("wanted", [None, "docx", {"a": 1}])
def test_an_unknown_form_gives_words_and_no_file(
    engine: Engine, answer: Answer, wanted: object
) -> None:
    assert set(_taken(engine, [answer], wanted, wording("es"))) == {"problem"}
