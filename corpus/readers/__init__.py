"""Readers turn a file into a Document: one module a format, one line here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from corpus.errors import DocumentError
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.readers.plain import read_plain
from corpus.text.documents import Document
from corpus.text.language_detection import with_languages

Reader = Callable[[str, bytes, str], Document]
"""Key, bytes of the file and language of the record → Document."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".docx": read_docx,
        ".htm": read_html,
        ".html": read_html,
        ".md": read_markdown,
        ".pdf": read_pdf,
        ".txt": read_plain,
    }
)

_MOST_BYTES = 500_000_000


def read_document(key: str, path: Path, language: str) -> Document:
    """The document in a file, by its ending; the language of each section is found.

    Raises DocumentError with file, reason and what to do.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentError(f"{path}: no reader for '{path.suffix}'; expected one of {known}")
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise DocumentError(
                f"{path}: {size / 1e6:.0f} MB, at most {_MOST_BYTES / 1e6:.0f} are read; "
                "give the part that matters"
            )
        return with_languages(reader(key, path.read_bytes(), language))
    except DocumentError as error:
        raise DocumentError(str(error).replace(f"{key}: ", f"{path}: ", 1)) from None
    except OSError as error:
        raise DocumentError(f"{path}: not readable ({error.strerror}); check the file") from None
