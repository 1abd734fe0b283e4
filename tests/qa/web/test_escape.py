"""Texts put into the page as they are."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from qa.web.escape import verbatim


def _shown(markup: str) -> str:
    """What a browser shows of escaped text."""
    return html.unescape(markup.replace("<br>", "\n"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
def test_verbatim_shows_the_same_characters_and_holds_no_mark_of_its_own(text: str) -> None:
    markup = verbatim(text)
    assert _shown(markup) == text
    assert not re.search(r"[<>\"'*_`\[\]!$\\:/.]", markup.replace("<br>", ""))
    assert "\n" not in markup
