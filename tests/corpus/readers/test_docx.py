"""Word files."""

import io
import zipfile

import pytest

from corpus.errors import DocumentError
from corpus.readers.docx import read_docx
from tests.corpus.readers.samples import docx_of


def test_a_word_file_keeps_headings_paragraphs_and_cells() -> None:
    data = docx_of(("Title", "T"), ("Heading 1", "A"), ("Normal", "In A."), ("Heading 2", "B"))
    document = read_docx("k", data, "en")
    assert document.text == "T\n\nA\n\nIn A.\n\nB\n\nIn a cell."
    assert [section.path for section in document.sections][-1] == ("A", "B")


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_Types", "[Content_Types].xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"no zip", "not a DOCX file", id="no zip"),
        pytest.param(_zip(a=b"x"), "another kind of zip", id="another zip"),
        pytest.param(_zip(_Types=b"<x/>"), "not a DOCX file", id="an empty one"),
        pytest.param(_zip(_Types=b"x", b=bytes(201_000_000)), "unpacks to 201 MB", id="a bomb"),
    ],
)
def test_a_word_file_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_docx("k", data, "en")
    assert "\n" not in str(caught.value)
