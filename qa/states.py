"""What is known of each source of the library: its text, its index, where it came from."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Document
from corpus.editions import version_date
from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.fetch import NO_ADDRESS, addresses
from corpus.provenance import Provenance, read_provenance
from corpus.readers import READERS
from corpus.registry import PACKAGED, Source, document_files
from corpus.settings import Settings
from index.library import read_library
from index.manifest import read_manifest
from index.versions import Versions

NOT_FETCHED = "not fetched yet: run 'footnote sources fetch'"


@dataclass(frozen=True)
class SourceState:
    """A source with what is known of its text.

    `state`: `indexed`; `not indexed` (a text that the index lacks, or holds otherwise);
    `unreadable` or `record only`, with the reason in `note`. `date` is that of the version of the
    text as the text tells it, or else the year of the record; `address` and `retrieved` tell where
    and when a text was fetched.
    """

    key: str
    title: str
    state: str
    words: int | None
    passages: int | None
    language: str
    pages: int | None
    sha256: str | None
    date: str | None
    file: str | None
    note: str | None
    address: str | None = None
    retrieved: str | None = None


def states(settings: Settings) -> tuple[SourceState, ...]:
    """The state of every source of the library, in order of keys."""
    library = read_library(settings)
    folders = (PACKAGED, settings.library)
    files, _ = document_files(folders, library.sources, frozenset(READERS))
    indexed, fetched = _indexed(settings), read_provenance(settings.library)
    found = []
    for key, source in library.sources.items():
        document, file = library.documents.get(key), files.get(key)
        entry = indexed.get(key)
        same = entry is not None and document is not None and entry[0] == document.sha256
        problem = next((p for p in library.problems if file and p.startswith(str(file))), None)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if file else None
        origin = fetched.get(key)
        arrived = origin is not None and origin.sha256 is not None and origin.sha256 == sha256
        found.append(
            SourceState(
                key=key,
                title=source.title,
                state=_state(file, problem, same=same),
                words=len(document.text.split()) if document else None,
                passages=entry[1] if entry and same else None,
                language=document.language if document else source.language,
                pages=len(document.pages) or None if document else None,
                sha256=sha256,
                date=_date(source, document),
                file=str(file) if file else None,
                note=_missing(source, origin) if file is None else problem,
                address=origin.address if origin and arrived else None,
                retrieved=origin.retrieved if origin and arrived else None,
            )
        )
    return tuple(found)


def _state(file: Path | None, problem: str | None, *, same: bool) -> str:
    if file is None:
        return "record only"
    if problem is not None:
        return "unreadable"
    return "indexed" if same else "not indexed"


def _missing(source: Source, origin: Provenance | None) -> str:
    if not addresses(source):
        return NO_ADDRESS
    if origin is None or origin.reason is None:
        return NOT_FETCHED
    return f"tried {origin.tried}: {origin.reason}"


def _date(source: Source, document: Document | None) -> str | None:
    told = version_date(document.text) if document else None
    return told or (str(source.year) if source.year else None)


def _indexed(settings: Settings) -> dict[str, tuple[str, int]]:
    """Key → hash of the document and number of its passages in the version in use."""
    versions = Versions(settings.home)
    try:
        manifest = read_manifest(versions.path(versions.current()))
    except (IndexMissingError, IndexDamagedError):
        return {}
    return {entry.key: (entry.sha256, entry.passages) for entry in manifest.documents}
