"""The page by keyboard alone, by a screen reader, enlarged, on a small phone; axe."""

from typing import Any

import gradio as gr
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from qa.answering.engine import Engine
from tests.browser.conftest import DESKTOP, Visitor, served
from tests.browser.test_ask import HONEY, MAYBE

SMALL = (360, 740)


def _faults(page: Page) -> list[str]:
    """What axe calls serious or critical, one line each."""
    found: Any = Axe().run(page).response
    assert len(found["passes"]) > 10  # it looked
    return [
        f"{fault['id']}: {node['html'][:150]}"
        for fault in found["violations"]
        for node in fault["nodes"]
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESKTOP), ("dark", SMALL)], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_serious(
    meadow: Engine, visit: Visitor, scheme: str, size: tuple[int, int]
) -> None:
    tabs = [("Corpus", lambda _tab, _said: gr.Markdown("The table of sources", elem_id="table"))]
    with served(meadow, tabs=tabs) as url:
        opened = visit(url, size, scheme)
        page = opened.page
        assert _faults(page) == []
        opened.ask(HONEY)
        page.locator("#chat details.ref summary").first.click()
        page.locator("#filter > button").click()
        page.locator("#filter-sources label").first.wait_for()
        assert _faults(page) == []
        page.locator("a.cite").first.click()
        page.locator("#panel .outline summary").click()
        page.locator("#panel .outline a").first.wait_for()
        assert _faults(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.locator("a.chip").first.click()
        page.locator("#panel .record").wait_for()
        assert _faults(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Corpus").click()
        page.locator("#table").wait_for()
        assert _faults(page) == []


def test_axe_finds_nothing_serious_in_a_refusal(article_page: str, visit: Visitor) -> None:
    opened = visit(article_page, scheme="dark", locale="es")
    opened.ask("How do I bake sourdough bread?")
    opened.page.locator("details.closest > summary").click()
    assert _faults(opened.page) == []


def test_a_screen_reader_hears_what_came(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    live = opened.page.locator("#live")
    expect(live).to_have_attribute("aria-live", "polite")
    opened.ask(MAYBE)
    expect(live).to_have_text("These passages may answer")
    messages = opened.page.locator("#chat [data-testid='bot']")
    expect(messages.first).to_have_attribute("aria-label", "Answer")


def test_everything_is_reached_by_keyboard(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    page = opened.page
    page.locator("#chat a.cite").first.focus()
    reached = []
    for _ in range(12):
        reached.append(
            page.evaluate("document.activeElement.className || document.activeElement.tagName")
        )
        page.keyboard.press("Tab")
    wanted = ("cite", "SUMMARY", "copy", "original", "chip")
    assert [one for one in wanted if not any(one in name for name in reached)] == []
    page.locator("#chat a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .sheet-body")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#chat a.cite").first).to_be_focused()


# 200 % of 1280 by 800 leaves 640 by 400 CSS pixels.
@pytest.mark.parametrize("size", [SMALL, (640, 400)], ids=["360 px", "200 %"])
def test_all_fits_a_small_phone_and_a_page_at_twice_the_size(
    meadow_page: str, visit: Visitor, size: tuple[int, int]
) -> None:
    opened = visit(meadow_page, size)
    page = opened.page
    opened.ask(HONEY)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= size[0]
    chat = page.locator("#chat").bounding_box()
    assert chat is not None
    assert chat["height"] >= 100  # there is room to read
    page.locator("#filter > button").click()
    page.locator("#filter-sources label").first.wait_for()
    assert page.evaluate(wide) <= size[0]
    box = page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1] + 1
    page.locator("#filter > button").click()
    page.locator("a.chip").first.click()
    page.locator("#panel .record").wait_for()
    assert page.evaluate(wide) <= size[0]
    assert opened.complaints == []
