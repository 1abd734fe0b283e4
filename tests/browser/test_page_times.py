"""`make bench` takes times on the page; none is asserted here, since they are the machine's."""

import pytest
from playwright.sync_api import Error

from qa.tools.page_times import ask_ms, highlight_ms
from tests.browser.conftest import Visitor
from tests.browser.test_ask import HONEY


def test_times_are_taken_of_questions_and_of_clicks(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    assert ask_ms(opened.page, HONEY) > 0
    assert ask_ms(opened.page, HONEY) > 0
    for number in range(2):
        assert highlight_ms(opened.page.locator("#chat a.cite").nth(number)) > 0
    assert opened.complaints == []


def test_what_is_never_shown_is_an_error_at_the_deadline(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    with pytest.raises(Error, match="not shown after"):
        ask_ms(opened.page, " ", deadline_ms=300)
    opened.ask(HONEY)
    link = opened.page.locator("#chat a.cite").first
    link.evaluate("link => link.setAttribute('href', '#')")
    with pytest.raises(Error, match="not shown after"):
        highlight_ms(link, deadline_ms=300)


def test_the_deadline_holds_on_a_page_without_animation_frames(
    meadow_page: str, reader: Visitor
) -> None:
    opened = reader(meadow_page)
    page = opened.page
    page.evaluate(
        "() => { window.framesBefore = requestAnimationFrame; requestAnimationFrame = () => 0; }"
    )
    try:
        assert ask_ms(page, HONEY) > 0
        with pytest.raises(Error, match="not shown after"):
            ask_ms(page, " ", deadline_ms=300)
    finally:
        page.evaluate("() => { requestAnimationFrame = window.framesBefore; }")
