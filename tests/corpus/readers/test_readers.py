"""Readers by the ending of a file; what no reader may do with any bytes."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers import READERS, read_document
from corpus.text.documents import normalize
from tests.corpus.readers.samples import BODY, PAGE, SENTENCES, docx_of, pdf_of, printed


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "k.txt"
    with file.open("wb") as out:
        out.truncate(500_000_001)  # a hole on the disk
    with pytest.raises(DocumentError, match=r"k\.txt: 500 MB, at most 500 are read; give the part"):
        read_document("k", file, "en")


def test_what_is_no_file_is_told_at_once_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "k.txt")
    (tmp_path / "k.md").mkdir()
    for name in ("k.txt", "k.md"):
        with pytest.raises(DocumentError, match="neither a file nor a link to one"):
            read_document("k", tmp_path / name, "en")


def test_an_unknown_ending_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"no reader for '\.xls'; expected one of \.docx"):
        read_document("k", tmp_path / "k.xls", "en")


def _seeds() -> dict[str, bytes]:
    return {
        ".docx": docx_of(("Normal", "Words.")),
        ".html": PAGE.format(*SENTENCES).encode(),
        ".md": b"# T\n\n1. One\n2. (a) Two\n\n> q\n\n| a | b |\n|---|---|\n| c | d |\n",
        ".pdf": pdf_of([printed(1, BODY)]),
        ".txt": "Artículo 1. Uno\nI. Dos\na) Tres\nArtículo 2. X\nArtículo 3. Y".encode(),
    }


_SEEDS = _seeds()


@pytest.mark.parametrize("suffix", sorted(_SEEDS))
@settings(max_examples=60)
@given(data=st.data())
def test_a_reader_gives_a_document_or_a_document_error_for_any_bytes(
    suffix: str, data: st.DataObject
) -> None:
    raw = bytearray(_SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    try:
        document = READERS[suffix]("k", bytes(raw), "en")
    except DocumentError as error:
        message = str(error)
    else:
        assert normalize(document.text) == document.text
        return
    assert message.startswith("k: ")
    assert "\n" not in message
