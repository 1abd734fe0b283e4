"""The library as a build finds it: records, files, and the documents in them, read one by one."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import DocumentError, LibraryError
from corpus.settings import Settings
from corpus.sources.library import Library
from corpus.sources.library_file import LIBRARY_FILE
from corpus.sources.registry import Source
from corpus.text.documents import Document
from corpus.wording import Message


@dataclass(frozen=True)
class ReadTexts:
    """The records of a library, the documents that could be read, the problems."""

    sources: dict[str, Source]
    documents: dict[str, Document]
    problems: tuple[Message, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the document."""
        return {key: document.sha256 for key, document in self.documents.items()}

    @property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {key: record_hash(source.csl) for key, source in self.sources.items()}


@dataclass(frozen=True)
class Scan(Library):
    """A library with the hashes of its records and files; no document is held."""

    @cached_property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {key: record_hash(source.csl) for key, source in self.sources.items()}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the file, its ending included; empty where it cannot be read."""
        return {key: _file_hash(path) for key, path in self.files.items()}


def scan_library(settings: Settings, packaged: Path | None = None) -> Scan:
    """All records and files of the library, see `Library.of`.

    Raises LibraryError for a broken registry, for a library without any source, and for a main
    document without a record.
    """
    scan = Scan.of(settings, packaged)
    if not scan.sources:
        raise LibraryError("library.empty", folder=scan.own)
    main = scan.file.main
    if main is not None and main.key not in scan.sources:
        raise LibraryError("library.main", file=scan.data_file(LIBRARY_FILE), key=main.key)
    return scan


def read_library(settings: Settings, packaged: Path | None = None) -> ReadTexts:
    """All records and readable documents, in order of their keys.

    A document that cannot be read becomes a problem and leaves the others unharmed. Raises
    LibraryError for a broken registry.
    """
    library = Library.of(settings, packaged)
    documents, failed = {}, list(library.problems)
    for key in library.files:
        try:
            documents[key] = library.read(key)
        except DocumentError as error:
            failed.append(error.message)
    return ReadTexts(library.sources, documents, tuple(failed))


def record_hash(csl: str) -> str:
    """Hash of a record, given as canonical CSL-JSON."""
    return hashlib.sha256(csl.encode()).hexdigest()


def _file_hash(path: Path) -> str:
    digest = hashlib.sha256(path.suffix.lower().encode() + b"\0")
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError:
        return ""  # reading it will say what is wrong
    return digest.hexdigest()
