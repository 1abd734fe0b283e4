"""Verdicts on quotations, given and taken back on the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from qa.answering.engine import Engine
from qa.chats.feedback import FeedbackStore
from tests.browser.conftest import Visit, Visitor, served
from tests.browser.test_ask import HONEY
from tests.browser.test_panel import _open_essay

_SELECT = """(words) => {
  const body = document.querySelector("#panel .sheet-body");
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return true;
  }
  return false;
}"""


@pytest.fixture
def store(meadow_home: Path) -> Iterator[FeedbackStore]:
    """The feedback of the small library, empty."""
    kept = FeedbackStore(meadow_home)
    kept.path.unlink(missing_ok=True)
    yield kept
    kept.path.unlink(missing_ok=True)


def _verdict(opened: Visit, name: str) -> Locator:
    return opened.page.locator("#chat .card").first.get_by_role("button", name=name)


def test_a_verdict_is_kept_changed_and_taken_back(
    meadow_page: str, reader: Visitor, meadow: Engine, store: FeedbackStore
) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    shown = opened.page.locator("#chat blockquote.quote").first.inner_text()
    good, wrong = _verdict(opened, "Good"), _verdict(opened, "Wrong")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    (row,) = store.rows()
    assert (row.question, row.verdict, row.words) == (HONEY, "good", shown)
    assert meadow.document(row.version, row.source).text[row.start : row.end] == shown
    wrong.click()
    expect(wrong).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    assert [one.verdict for one in store.rows()] == ["wrong"]
    wrong.click()
    expect(wrong).to_have_attribute("aria-pressed", "false")
    assert store.rows() == ()
    assert opened.complaints == []


def test_selected_words_of_the_source_are_kept_as_the_answer(
    meadow_page: str, reader: Visitor, meadow: Engine, store: FeedbackStore
) -> None:
    opened = reader(meadow_page)
    _open_essay(opened)
    page = opened.page
    here = page.locator("#panel button.here")
    page.evaluate("getSelection().removeAllRanges()")
    here.click()
    expect(page.locator("#notice")).to_have_text("First select the words in the text that answer")
    assert page.evaluate(_SELECT, "build paper nests under old roofs ")
    here.click()
    expect(here).to_have_text("Noted – undo")
    (row,) = store.rows()
    assert (row.question, row.verdict) == (HONEY, "here")
    assert row.words == "build paper nests under old roofs"
    assert meadow.document(row.version, row.source).text[row.start : row.end] == row.words
    here.click()
    expect(here).to_have_text("The answer is here")
    page.evaluate(
        "() => { const texts = document.createTreeWalker(document.querySelector('.sheet-body'),"
        " NodeFilter.SHOW_TEXT); const all = []; while (texts.nextNode()) all.push("
        "texts.currentNode); getSelection().setBaseAndExtent(all[1], 1, all[2], 4); }"
    )
    here.click()
    expect(here).to_have_text("Noted – undo")
    assert [one.words for one in store.rows()] == ["oney\n\nBees"]
    here.click()
    expect(here).to_have_text("The answer is here")
    assert store.rows() == ()
    assert opened.complaints == []


def test_where_feedback_is_off_nobody_is_asked(meadow: Engine, visit: Visitor) -> None:
    with served(meadow) as url:
        opened = visit(url)
        opened.ask(HONEY)
        expect(opened.page.locator("#chat .judge").first).to_be_hidden()
