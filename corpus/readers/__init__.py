"""Readers turn a file into a Document: one module a format, one line here."""

import stat
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
from corpus.wording import Message

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
        known = sorted(READERS)
        problem = Message.of("document.no-reader", suffix=path.suffix, known=known)
        raise DocumentError.of(path, problem)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError.of(path, Message.of("document.no-file"))
        size = found.st_size
        if size > _MOST_BYTES:
            most = _MOST_BYTES / 1e6
            problem = Message.of("document.too-large", size=size / 1e6, most=most)
            raise DocumentError.of(path, problem)
        return with_languages(reader(key, path.read_bytes(), language))
    except DocumentError as error:
        raise DocumentError.of(path, error.problem) from None
    except OSError as error:
        problem = Message.of("document.not-readable", reason=error.strerror)
        raise DocumentError.of(path, problem) from None
