"""Chats saved in each form."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from corpus.settings import Settings
from corpus.wording import Message
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.chats.quotation_check import read_chat, verified
from qa.chats.transcript import as_html, as_json, as_markdown
from qa.request import Request

QUESTION = "How many trafficking victims did Mexico identify in 2016?"


HOSTILE = "</script><img src=x onerror=alert(1)> --> *a* [b](c) `d` <!-- -- & \\ “e”\n\n# f"


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    return engine.ask(Request(QUESTION))


def _hash(_version: str, _key: str) -> str:
    return "0" * 64


@pytest.mark.parametrize("form", [as_json, as_markdown, as_html])
def test_each_form_is_read_again_and_every_quotation_holds(
    form: object, answer: Answer, article: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "chat"
    hostile = replace(answer, question=HOSTILE)
    path.write_text(form([hostile, answer], _hash), encoding="utf-8")  # type: ignore[operator]
    turns = read_chat(path)
    assert [turn.question for turn in turns] == [HOSTILE, QUESTION]
    found = verified(Versions(article.home), turns)
    assert len(found) == 2 * len(answer.quotes) > 0
    assert {one.state for one in found} == {"exact"}


def test_html_and_markdown_show_hostile_text_and_do_nothing(answer: Answer) -> None:
    hostile = replace(
        answer, question=HOSTILE, quotes=(), certainty="refused", reason=Message(HOSTILE)
    )
    page = as_html([hostile], _hash)
    assert page.count("<script") == 1
    assert "<img" not in page
    rendered = MarkdownIt("commonmark").render(as_markdown([hostile], _hash))
    assert "<img" not in rendered.replace("&lt;img", "")
    assert "<em>a</em>" not in rendered
    assert "<a " not in rendered
    assert rendered.count("<!--") == 1


@pytest.mark.parametrize("form", [as_markdown, as_html])
def test_quotations_of_an_unsure_answer_are_shown_as_such(form: object, answer: Answer) -> None:
    said = "These passages may answer:"
    unsure = form([replace(answer, certainty="unsure")], _hash)  # type: ignore[operator]
    assert unsure.count(said) == 1
    assert unsure.index(said) < unsure.index("740")
    assert said not in form([replace(answer, certainty="sure")], _hash)  # type: ignore[operator]


def test_a_saved_chat_tells_the_certainty_of_each_answer(answer: Answer) -> None:
    chat = [replace(answer, certainty="unsure"), replace(answer, certainty="sure")]
    found = json.loads(as_json(chat, _hash))["chat"]
    assert [(one["answered"], one["certainty"]) for one in found] == [
        (True, "unsure"),
        (True, "sure"),
    ]
