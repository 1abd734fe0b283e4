"""Several readers at once, none of whom sees anything of the others."""

import pytest

from tests.browser.conftest import Visitor

_WORDS = ("honey", "hives", "winters", "sugar", "nests")


def test_five_readers_at_once_see_their_own_chats_alone(meadow_page: str, visit: Visitor) -> None:
    visits = [visit(meadow_page, own=True) for _ in _WORDS]
    # All have asked before the first looks at an answer.
    for opened, word in zip(visits, _WORDS, strict=True):
        opened.page.locator("#question textarea").fill(f"What is said of {word} in the meadow?")
        opened.page.keyboard.press("Enter")
    for opened in visits:
        opened.answered(0)
    for opened in visits:
        opened.ask("And in summer?")
    for opened, word in zip(visits, _WORDS, strict=True):
        asked = opened.page.locator("#chat .asked").all_inner_texts()
        assert asked == [f"What is said of {word} in the meadow?", "And in summer?"]
        searched = opened.page.locator("#chat .searched q").last.inner_text()
        assert word in searched
        assert not any(other in searched for other in _WORDS if other != word)
        assert opened.complaints == []


# Seven pages load at once: beside other work that takes longer than a test usually may.
@pytest.mark.timeout(300)
def test_more_tabs_than_a_browser_gives_connections_all_load_and_answer(
    meadow_page: str, visit: Visitor
) -> None:
    tabs = [visit(meadow_page) for _ in range(7)]
    tabs[-1].ask("What is said of honey in the meadow?")
    assert all(tab.complaints == [] for tab in tabs)
