import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document, Span
from corpus.errors import BusyError, DocumentError
from corpus.readers.markdown import read_markdown
from qa.answers import Answer, Citation, Quotation, QuotedPassage
from qa.web.cards import answer_message, problem_message, question_message
from qa.web.escape import verbatim
from qa.web.links import QuotationLink, read_request, span_in
from qa.web.panel import document_panel, problem_panel
from qa.web.server import listen
from tests.toys import toy_source

TEXT = "# T\n\n## A & <b>\n\nOne *two*. <i>Three</i>.\n\n> Four [five](http://x.y)."


def _document() -> Document:
    return read_markdown("toy", TEXT.encode(), "en")


def _answer(*, reason: str | None = None) -> Answer:
    quotation = Quotation(
        text="One <b>.",
        start=3,
        end=11,
        language="en",
        score=0.5,
        passage=QuotedPassage("toy-1", 0, 20, "x"),
        citation=Citation("toy", ("A",), None, "A, para. 1", "Doe, J.", None),
    )
    found = (quotation,)
    quotes, closest = ((), found) if reason else (found, ())
    return Answer("q", "q", 0.5, reason, quotes, closest, "v-1", 12.3)


def _shown(markup: str) -> str:
    """What a browser shows of escaped text."""
    return html.unescape(markup.replace("<br>", "\n"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
def test_verbatim_shows_the_same_characters_and_holds_no_mark_of_its_own(text: str) -> None:
    markup = verbatim(text)
    assert _shown(markup) == text
    assert not re.search(r"[<>\"'*_`\[\]!$\\:/.]", markup.replace("<br>", ""))
    assert "\n" not in markup


def test_a_card_links_to_the_quotation_by_version_source_and_offsets() -> None:
    message = answer_message(_answer(), toy_source)
    assert 'href="#q/v-1/toy/3/11"' in message
    assert "One &#60;b&#62;&#46;</blockquote>" in message
    assert "1 quotation, word for word" in message


def test_a_refusal_has_its_reason_and_labels_the_closest() -> None:
    message = answer_message(_answer(reason="No <year>."), toy_source)
    assert "Not answered" in message
    assert "No &#60;year&#62;&#46;" in message
    assert "not an answer" in message


def test_question_and_problem_are_escaped() -> None:
    for markup in (
        question_message("<script>"),
        problem_message("<script>"),
        problem_panel("<script>", 1),
    ):
        assert "<script" not in markup


@pytest.mark.parametrize("version", ["", "../x", 'a"b', "a/b"])
def test_a_link_refuses_a_version_that_could_leave_its_attribute(version: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a link"):
        _ = QuotationLink(version, "toy", 0, 1).href


@pytest.mark.parametrize(
    "value",
    [
        None, [], "x", {}, {"version": "v", "key": "k", "start": 0, "end": 1},
        {"version": "v", "key": "k", "start": "0", "end": 1, "n": 1},
        {"version": "v", "key": "../k", "start": 0, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": -1, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": True, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "more": 1},
    ],
)  # fmt: skip
def test_a_request_from_the_browser_is_checked(value: object) -> None:
    with pytest.raises(DocumentError, match="names no quotation"):
        read_request(value)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (0, 10_000)])
def test_offsets_outside_the_document_are_refused(start: int, end: int) -> None:
    request = read_request({"version": "v", "key": "k", "start": start, "end": end, "n": 1})
    with pytest.raises(DocumentError, match="names no place"):
        span_in(_document(), request)


@given(st.data())
def test_the_panel_shows_the_document_and_marks_exactly_the_span(data: st.DataObject) -> None:
    document = _document()
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    panel = document_panel(document, toy_source(), Span(start, end), 7)
    body = panel.split('lang="en">', 1)[1].removesuffix("</div></article>")
    blocks = re.findall(r"<(?:h\d|p)>(.*?)</(?:h\d|p)>", body)
    plain = [_shown(re.sub(r"</?mark[^>]*>", "", block)) for block in blocks]
    assert "\n\n".join(plain) == document.text
    marked = "".join(_shown(part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", body))
    assert marked == document.text[start:end].replace("\n", "")
    assert 'data-n="7"' in panel


def test_a_port_in_use_is_told_before_anything_else() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(BusyError, match="is in use"):
        listen("127.0.0.1", taken.getsockname()[1])
