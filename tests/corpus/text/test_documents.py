import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.text.documents import Document, Page, Section, normalize
from tests.toys import headed_document, plain_document


@given(st.text())
def test_normalize_is_idempotent(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])))
def test_normalize_keeps_words_as_they_are(text: str) -> None:
    assert normalize(text).lstrip("\ufeff") == unicodedata.normalize("NFC", text).lstrip("\ufeff")


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("a  \n\n\n\nb\n", "a\n\nb", id="empty lines"),
        pytest.param("\ufeffe\u0301\x00\x07", "é", id="mark, accent, control characters"),
    ],
)
def test_normalize_gives_one_form(raw: str, normal: str) -> None:
    assert normalize(raw) == normal


def test_document_refuses_blank_text() -> None:
    with pytest.raises(DocumentError, match="no text found"):
        plain_document(" \n ")


def test_document_refuses_sections_with_a_gap() -> None:
    with pytest.raises(DocumentError, match="sections do not tile"):
        Document("k", "abcdef", (Section(0, 2, (), 0), Section(3, 6, (), 0)))


def test_document_refuses_pages_that_stop_early() -> None:
    with pytest.raises(DocumentError, match="pages do not tile"):
        Document("k", "abcdef", (Section(0, 6, (), 0),), (Page(0, 5, "1"),))


def test_hash_differs_when_only_a_heading_moves() -> None:
    one = headed_document(("A", "b"))
    other = Document("toy", one.text, (Section(0, len(one.text), (), 0),))
    assert one.sha256 != other.sha256
