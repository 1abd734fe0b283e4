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


def _zip(**sizes: int) -> bytes:
    """A zip of files of so many zeros; `_Types` stands for the file that every DOCX has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, size in sizes.items():
            archive.writestr(name.replace("_Types", "[Content_Types].xml"), bytes(size))
    return out.getvalue()


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        pytest.param({"a": 1}, "another kind of zip", id="another zip"),
        pytest.param({"_Types": 4}, "not a DOCX file", id="an empty one"),
        pytest.param({"_Types": 1, "b": 201_000_000}, "unpacks to 201 MB", id="a bomb"),
    ],
)
def test_a_zip_that_is_no_word_file_says_why(sizes: dict[str, int], message: str) -> None:
    # Packed here, not among the parameters: a bomb takes a second, in each process that collects.
    with pytest.raises(DocumentError, match=message) as caught:
        read_docx("k", _zip(**sizes), "en")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_zip_is_no_word_file() -> None:
    with pytest.raises(DocumentError, match="not a DOCX file") as caught:
        read_docx("k", b"no zip", "en")
    assert "\n" not in str(caught.value)
