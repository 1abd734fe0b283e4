"""The library as a build finds it: records, files, and the documents in them, read one by one."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers import READERS, read_document
from corpus.settings import Settings
from corpus.sources.registry import PACKAGED, Source, document_files, load_library
from corpus.text.documents import Document


@dataclass(frozen=True)
class Library:
    """The records, the documents that could be read, the problems."""

    sources: dict[str, Source]
    documents: dict[str, Document]
    problems: tuple[str, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the document."""
        return {key: document.sha256 for key, document in self.documents.items()}

    @property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {key: record_hash(source.csl) for key, source in self.sources.items()}


@dataclass(frozen=True)
class Scan:
    """The records and the text file of each source that has one; no document is held.

    `problems`: a line for each file of no source.
    """

    sources: dict[str, Source]
    files: dict[str, Path]
    problems: tuple[str, ...]

    @cached_property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {key: record_hash(source.csl) for key, source in self.sources.items()}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the file, its ending included; empty where it cannot be read."""
        return {key: _file_hash(path) for key, path in self.files.items()}

    def read(self, key: str) -> Document:
        """The document of a source. Raises DocumentError where it cannot be read."""
        return read_document(key, self.files[key], self.sources[key].language)


def scan_library(settings: Settings, packaged: Path = PACKAGED) -> Scan:
    """All records and files, in order of their keys. Raises LibraryError for a broken registry."""
    folders = (packaged, settings.library)
    sources = load_library(folders)
    files, strays = document_files(folders, sources, frozenset(READERS))
    return Scan(sources, files, strays)


def read_library(settings: Settings, packaged: Path = PACKAGED) -> Library:
    """All records and readable documents, in order of their keys.

    A document that cannot be read becomes a problem and leaves the others unharmed. Raises
    LibraryError for a broken registry.
    """
    scan = scan_library(settings, packaged)
    documents, failed = {}, list(scan.problems)
    for key in scan.files:
        try:
            documents[key] = scan.read(key)
        except DocumentError as error:
            failed.append(str(error))
    return Library(scan.sources, documents, tuple(failed))


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
