"""Readers turn a file into a Document: one module a format, one line here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from corpus.documents import Document
from corpus.errors import DocumentError
from corpus.readers.markdown import read_markdown

Reader = Callable[[str, str, str], Document]
"""Key, text and language → Document."""

READERS: Mapping[str, Reader] = MappingProxyType({".md": read_markdown})


def read_document(key: str, path: Path, language: str) -> Document:
    """The document in a file, by its ending.

    Raises DocumentError with file, reason and what to do.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentError(f"{path}: no reader for '{path.suffix}'; expected one of {known}")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    except OSError as error:
        raise DocumentError(f"{path}: not readable ({error.strerror}); check the file") from None
    if "\0" in text:
        raise DocumentError(f"{path}: holds zero bytes, so it is no text; give the text itself")
    return reader(key, text, language)
