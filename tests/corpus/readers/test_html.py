"""Web pages."""

import logging

import pytest

from corpus.errors import DocumentError
from corpus.readers.html import read_html
from tests.corpus.readers.samples import PAGE, SENTENCES


def test_a_web_page_keeps_headings_and_text_and_loses_its_furniture() -> None:
    document = read_html("k", PAGE.format(*SENTENCES).encode(), "en")
    assert document.sections[-1].path == ("Findings",)
    for sentence in SENTENCES:
        assert document.text.count(sentence) == 1
    for furniture in ("Home | About", "alert", "Cookies"):
        assert furniture not in document.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"<html><body></body></html>", "no text found in the page", id="empty"),
        pytest.param(b"<p>" + b"x" * 50_000_000, "50 MB, at most 20", id="50 MB"),
        pytest.param(b"\0\0\0", "zero bytes", id="zeros"),
    ],
)
def test_a_page_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_html("k", data, "en")


@pytest.mark.parametrize("data", [b"", b" \n", b"<html><body></body></html>"])
def test_a_page_without_text_is_told_by_the_error_alone(
    data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(DocumentError, match="no text found"):
        read_html("k", data, "en")
    assert caplog.records == []


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
def test_a_web_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    words = "Принудительный труд запрещён во всех его формах, как сказано в этом законе."
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
    assert read_html("k", page.encode(encoding), "en").text == words


def test_a_web_page_that_declares_no_encoding_that_there_is_is_read_as_any_text() -> None:
    page = PAGE.format(*SENTENCES).replace("<head>", '<head><meta charset="x-none">').encode()
    assert SENTENCES[0] in read_html("k", page, "en").text
