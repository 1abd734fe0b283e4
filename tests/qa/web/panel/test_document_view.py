"""The panel that shows a document."""

import html
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.markdown import read_markdown
from corpus.text.documents import Document, Page, Span
from corpus.wording import wording
from qa.web.panel.document_view import Mark, document_panel
from tests.toys import toy_source

EN, ES = wording("en"), wording("es")


TEXT = "# T\n\n## A & <b>\n\nOne *two*. <i>Three</i>.\n\n> Four [five](http://x.y)."


def _document() -> Document:
    return read_markdown("toy", TEXT.encode(), "en")


def _shown(markup: str) -> str:
    """What a browser shows of escaped text."""
    return html.unescape(markup.replace("<br>", "\n"))


def _mark(data: st.DataObject, start: int, end: int) -> Mark:
    """A mark with sentences that answer, some of which reach beyond the words."""
    edges = data.draw(st.lists(st.integers(0, end + 5), max_size=6).map(sorted))
    return Mark(Span(start, end), tuple(map(Span, edges[::2], edges[1::2])))


@given(st.data())
def test_the_panel_shows_the_document_and_marks_exactly_the_span(data: st.DataObject) -> None:
    document = _document()
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    panel = document_panel(document, toy_source(), _mark(data, start, end), 7, EN)
    body = panel.split('lang="en">', 1)[1].removesuffix("</div></article>")
    blocks = re.findall(r"<(?:h\d|p)[^>]*>(.*?)</(?:h\d|p)>", body)
    plain = [_shown(re.sub(r"</?mark[^>]*>", "", block)) for block in blocks]
    assert "\n\n".join(plain) == document.text
    marked = "".join(_shown(part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", body))
    assert marked == document.text[start:end].replace("\n", "")
    assert 'data-n="7"' in panel


def test_the_page_of_the_quotation_and_the_outline_are_shown() -> None:
    document = replace(
        _document(), pages=(Page(0, 12, "iv"), Page(12, len(_document().text), "<2>"))
    )
    panel = document_panel(document, toy_source(), Mark(Span(3, 5)), 1, EN)
    assert "English · p&#46; iv" in panel
    assert 'data-page="2"' in panel
    assert panel.count("data-heading=") == sum(one.heading is not None for one in document.sections)
    assert "A &#38; &#60;b&#62;</a>" in panel
