"""Taking the chat away: files that this reader's browser makes, whose quotations hold."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from index.versions.published import Versions
from qa.chats.quotation_check import read_chat, verified
from qa.web.chat.take_away import DOWNLOAD_FORMS
from tests.browser.conftest import Visit, Visitor
from tests.browser.test_ask import HONEY, SUGAR

HOSTILE = "</script><img src=x onerror=alert(1)> Who feeds bees with sugar?"


def _take(opened: Visit, form: str) -> Download:
    opened.page.locator("#take-away details:visible summary").click()
    with opened.page.expect_download() as started:
        opened.page.locator(f"#take-away button[data-form='{form}']:visible").click()
    return started.value


def _text(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def _shown(opened: Visit) -> Sequence[str]:
    return opened.page.locator("#chat blockquote.quote").all_inner_texts()


@pytest.mark.parametrize("form", ["html", "markdown", "json"])
def test_a_chat_that_is_taken_away_holds_what_was_shown_and_can_be_verified(
    meadow_page: str, reader: Visitor, meadow_home: Path, form: str, tmp_path: Path
) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    opened.ask(HOSTILE)
    taken = _take(opened, form)
    assert taken.suggested_filename.startswith("footnote-20")
    assert taken.suggested_filename.endswith(f".{DOWNLOAD_FORMS[form].suffix}")
    path = tmp_path / taken.suggested_filename
    taken.save_as(path)
    turns = read_chat(path)
    assert [turn.question for turn in turns] == [HONEY, HOSTILE]
    found = verified(Versions(meadow_home), turns)
    assert {one.state for one in found} == {"exact"}
    assert opened.complaints == []
    expect(opened.page.locator("#live")).to_have_text(f"Saved: {taken.suggested_filename}")


def test_a_page_that_is_taken_away_does_nothing_and_loads_nothing(
    meadow_page: str, reader: Visitor, tmp_path: Path
) -> None:
    opened = reader(meadow_page)
    opened.ask(HOSTILE)
    shown = _shown(opened)
    path = tmp_path / "chat.html"
    _take(opened, "html").save_as(path)
    page = opened.page.context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(path.as_uri())
    assert (
        page.locator("blockquote").all_inner_texts() == shown[: page.locator("blockquote").count()]
    )
    assert page.locator("h2").inner_text() == HOSTILE
    assert requests == [path.as_uri()]
    page.close()


def test_the_bibliography_of_what_is_quoted_comes_in_each_form(
    meadow_page: str, reader: Visitor
) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    assert "Reed" in _text(_take(opened, "apa"))
    assert "@" in _text(_take(opened, "bibtex"))
    assert "TY  - " in _text(_take(opened, "ris"))
    assert {one["id"] for one in json.loads(_text(_take(opened, "csl-json")))} >= {"reed2019"}


def test_nobody_takes_the_chat_of_another_away(meadow_page: str, visit: Visitor) -> None:
    one, other = visit(meadow_page), visit(meadow_page)
    one.ask(HONEY)
    other.ask(SUGAR)
    assert [turn["question"] for turn in json.loads(_text(_take(one, "json")))["chat"]] == [HONEY]
    taken = json.loads(_text(_take(other, "json")))
    assert [turn["question"] for turn in taken["chat"]] == [SUGAR]


def test_without_an_answer_there_is_nothing_to_take(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    expect(opened.page.locator("#take-away")).to_be_hidden()
