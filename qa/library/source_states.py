"""What is known of each source of the library: its text, its index, where it came from."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.law.amendment_date import version_date
from corpus.settings import Settings
from corpus.sources.library import Library
from corpus.sources.provenance import read_provenance
from corpus.sources.registry import Source
from corpus.text.documents import Document
from corpus.wording import Message
from index.build.scan import ReadTexts, read_library
from qa.library.coverage import indexed_passages, why_not
from qa.library.text_notes import empty_pages

CHANGED = Message.of("source.changed")


@dataclass(frozen=True)
class SourceState:
    """A source with what is known of its text.

    `state`: `indexed`; `not indexed` (a text that the index lacks, or holds otherwise);
    `unreadable` or `record only`. `note` has the reason, or what a reader should know. `date` is
    that of the version of the text as the text tells it, or else the year of the record; `address`
    and `retrieved` tell where and when a text was fetched.
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
    note: Message | None
    address: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True)
class Inventory:
    """The state of every source, in order of keys, and a line for each file that was left out."""

    states: tuple[SourceState, ...]
    problems: tuple[Message, ...]


def source_inventory(settings: Settings) -> Inventory:
    """All that is known of the library. Raises LibraryError where a file of records is broken."""
    library = read_library(settings)
    at_hand = Library.of(settings)
    files, left_out = at_hand.files, at_hand.problems
    indexed, fetched = indexed_passages(settings), read_provenance(settings.library)
    found = []
    for key, source in library.sources.items():
        document, file, origin = library.documents.get(key), files.get(key), fetched.get(key)
        entry = indexed.get(key)
        same = entry is not None and document is not None and entry[0] == document.sha256
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if file else None
        arrived = origin is not None and origin.sha256 is not None and origin.sha256 == sha256
        found.append(
            SourceState(
                key=key,
                title=source.title,
                state=_state(file, document, same=same),
                words=len(document.text.split()) if document else None,
                passages=entry[1] if entry and same else None,
                language=document.language if document else source.language,
                pages=len(document.pages) or None if document else None,
                sha256=sha256,
                date=_date(source, document),
                file=str(file) if file else None,
                note=_problem(library, file) or _hint(document, same=same)
                if file
                else why_not(source, None, origin),
                address=origin.address if origin and arrived else None,
                retrieved=origin.retrieved if origin and arrived else None,
            )
        )
    return Inventory(tuple(found), left_out)


def states(settings: Settings) -> tuple[SourceState, ...]:
    """The state of every source of the library, in order of keys."""
    return source_inventory(settings).states


def _state(file: Path | None, document: Document | None, *, same: bool) -> str:
    if file is None:
        return "record only"
    if document is None:
        return "unreadable"
    return "indexed" if same else "not indexed"


def _problem(library: ReadTexts, file: Path) -> Message | None:
    """Why a file could not be read, as the build says it."""
    return next((p for p in library.problems if p.values.get("name") == str(file)), None)


def _hint(document: Document | None, *, same: bool) -> Message | None:
    """What a reader should know of a text that can be read."""
    hints = [] if same else [CHANGED]
    empty = empty_pages(document) if document else None
    if empty:
        hints.append(empty)
    return Message.of("list.reasons", reasons=hints) if hints else None


def _date(source: Source, document: Document | None) -> str | None:
    told = version_date(document.text) if document else None
    return told or (str(source.year) if source.year else None)
