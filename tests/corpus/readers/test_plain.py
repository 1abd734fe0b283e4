"""Plain texts."""

import pytest

from corpus.errors import DocumentError
from corpus.readers.plain import read_plain


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Qué acción.".encode(), id="UTF-8"),
        pytest.param("Qué acción.".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param("Qué acción.".encode("latin-1"), id="Latin-1"),
        pytest.param("Qué acción.".encode("utf-16"), id="UTF-16"),
    ],
)
def test_a_text_is_read_in_its_encoding(data: bytes) -> None:
    assert read_plain("k", data, "es").text == "Qué acción."


@pytest.mark.parametrize("data", [b"\0" * 100, b"\x01\x02\x81\x9d", b"\xff\xfea"], ids=repr)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="k: no text"):
        read_plain("k", data, "en")
