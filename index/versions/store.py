"""The store of a version: documents, passages and sentences in SQLite."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError, IndexDamagedError
from corpus.passages.references import Reference
from corpus.sources.registry import Source, source_from_record
from corpus.text.documents import Document, Page, Section, Span
from corpus.wording import Message

STORE_FILE = "store.sqlite"


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its row among the vectors, the copy of its text and its sentences."""

    row: int
    id: str
    source: str
    span: Span
    section: int
    page: int | None
    context: str
    text: str
    sentences: tuple[Span, ...]

    def cut(self, span: Span) -> str:
        """The words of a span of the document that lies in the passage."""
        return self.text[span.start - self.span.start : span.end - self.span.start]


@dataclass(frozen=True)
class Texts:
    """Passages in a row, as they are encoded, and their sentences.

    `passages` are hashes of encoded texts, `contexts` the context and the text of each;
    `passage_of` gives for each sentence the position of its passage, `spans` where it lies in it.
    """

    passages: tuple[bytes, ...]
    contexts: tuple[tuple[str, str], ...]
    passage_of: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def words(self) -> Iterator[tuple[bytes, str]]:
        """Hash and encoded text of each passage."""
        for digest, (context, text) in zip(self.passages, self.contexts, strict=True):
            yield digest, encoded_text(context, text)


class Store:
    """Reads a published store; may be shared by threads.

    Raises IndexDamagedError wherever SQLite cannot read what was stored.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(read_only(path), uri=True, check_same_thread=False)
        except sqlite3.Error:
            raise self._damaged(Message.of("index.store-closed")) from None

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    def document_keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents, sorted."""
        return tuple(key for (key,) in self._rows("SELECT key FROM documents ORDER BY key"))

    def counts(self) -> tuple[int, int]:
        """Numbers of passages and of sentences."""
        passages, sentences = self._rows(
            "SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM sentences)"
        )[0]
        return passages, sentences

    def document(self, key: str) -> Document:
        """The document of a source. Raises DocumentError for a key that is not indexed."""
        rows = self._rows("SELECT text, language, parts FROM documents WHERE key = ?", (key,))
        if not rows:
            raise DocumentError("index.no-document", key=key)
        text, language, parts = rows[0]
        return _document(key, text, language, json.loads(parts))

    def sources(self) -> dict[str, Source]:
        """The records of all sources, indexed or not."""
        rows = self._rows("SELECT key, record FROM sources ORDER BY key")
        return {key: source_from_record(json.loads(record)) for key, record in rows}

    def records(self) -> dict[str, str]:
        """Key → record of every source, as canonical CSL-JSON."""
        return dict(self._rows("SELECT key, record FROM sources"))

    def references(self, key: str, span: Span) -> tuple[Reference, ...]:
        """The resolved references that stand in a span of a document or govern it, in order."""
        rows = self._rows(
            "SELECT start, finish, key, locator, governs FROM citations WHERE source = ?"
            " AND key IS NOT NULL AND start < ? AND governs > ? ORDER BY start",
            (key, span.end, span.start),
        )
        return tuple(Reference(Span(a, b), cited, loc, to) for a, b, cited, loc, to in rows)

    def unresolved(self, key: str) -> tuple[Span, ...]:
        """Where a document cites what no source of the registry is."""
        query = (
            "SELECT start, finish FROM citations WHERE source = ? AND key IS NULL ORDER BY start"
        )
        return tuple(Span(a, b) for a, b in self._rows(query, (key,)))

    def sentences(self, key: str) -> tuple[Span, ...]:
        """The spans of the sentences of a document, in order."""
        query = (
            "SELECT s.start, s.finish FROM sentences s JOIN passages p ON s.passage = p.row"
            " WHERE p.source = ? ORDER BY s.start"
        )
        return tuple(Span(a, b) for a, b in self._rows(query, (key,)))

    def rows_of(self, sources: Collection[str]) -> list[int]:
        """Rows of the passages of some sources."""
        marks = ", ".join("?" * len(sources))
        query = f"SELECT row FROM passages WHERE source IN ({marks}) ORDER BY row"  # noqa: S608
        return [row for (row,) in self._rows(query, tuple(sources))]

    def passages(self, rows: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages of some rows of the passage vectors, in that order, in two statements."""
        wanted = (json.dumps(list(rows)),)
        sentences: dict[int, list[Span]] = {}
        for passage, first, last in self._rows(
            "SELECT passage, start, finish FROM sentences"
            " WHERE passage IN (SELECT value FROM json_each(?)) ORDER BY row",
            wanted,
        ):
            sentences.setdefault(passage, []).append(Span(first, last))
        found = {
            row: StoredPassage(
                row,
                name,
                source,
                Span(start, end),
                section,
                page,
                context,
                text,
                tuple(sentences.get(row, ())),
            )
            for row, name, source, start, end, section, page, context, text in self._rows(
                "SELECT row, id, source, start, finish, section, page, context, text"
                " FROM passages WHERE row IN (SELECT value FROM json_each(?))",
                wanted,
            )
        }
        missing = [row for row in rows if row not in found]
        if missing:
            raise self._damaged(Message.of("index.no-passage", passage=missing[0]))
        return tuple(found[row] for row in rows)

    def texts(self, start: int, end: int) -> "Texts":
        """The texts to encode of the passages from row `start` to before `end`."""
        own = self._rows(
            "SELECT hash, context, text, start FROM passages WHERE row >= ? AND row < ?"
            " ORDER BY row",
            (start, end),
        )
        inside = self._rows(
            "SELECT passage, start, finish FROM sentences WHERE passage >= ? AND passage < ?"
            " ORDER BY row",
            (start, end),
        )
        spans = tuple(
            (first - own[passage - start][3], last - own[passage - start][3])
            for passage, first, last in inside
        )
        return Texts(
            passages=tuple(digest for digest, *_ in own),
            contexts=tuple((context, text) for _, context, text, _ in own),
            passage_of=tuple(passage - start for passage, *_ in inside),
            spans=spans,
        )

    def words(self) -> Iterator[tuple[str, str, str]]:
        """Context, text and language of each passage, in order of rows."""
        query = "SELECT context, text FROM passages ORDER BY row"
        for (context, text), language in zip(self._rows(query), self.languages(), strict=True):
            yield context, text, language

    def languages(self) -> list[str]:
        """The language of each passage, in order of rows."""
        found: dict[str, list[str]] = {}
        for source in self.document_keys():
            found[source] = [section.language for section in self.document(source).sections]
        query = "SELECT source, section FROM passages ORDER BY row"
        return [found[source][section] for source, section in self._rows(query)]

    def passage_hashes(self, key: str) -> list[bytes]:
        """The hashes of the encoded texts of the passages of a document, in order."""
        query = "SELECT hash FROM passages WHERE source = ? ORDER BY row"
        return [digest for (digest,) in self._rows(query, (key,))]

    def rows_by_hash(self, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """A row for each of these hashes of encoded passages that the store holds."""
        query = "SELECT row FROM passages WHERE hash = ? LIMIT 1"
        found = ((digest, self._rows(query, (digest,))) for digest in hashes)
        return {digest: rows[0][0] for digest, rows in found if rows}

    def check(self) -> None:
        """Raises IndexDamagedError unless every passage and sentence is an exact slice."""
        if self._rows("PRAGMA integrity_check")[0][0] != "ok":
            raise self._damaged(Message.of("index.store-integrity"))
        query = "SELECT start, finish, text, hash, context FROM passages WHERE source = ?"
        checked = 0
        for key in self.document_keys():
            whole = self.document(key).text
            for start, end, text, digest, context in self._rows(query, (key,)):
                if whole[start:end] != text or not text:
                    raise self._damaged(Message.of("index.foreign-passage", key=key))
                if text_hash(encoded_text(context, text)) != digest:
                    raise self._damaged(Message.of("index.wrong-hash", key=key))
                checked += 1
        if checked != self.counts()[0]:
            raise self._damaged(Message.of("index.stray-passages"))
        if self._rows(_STRAY_SENTENCES)[0][0]:
            raise self._damaged(Message.of("index.stray-sentences"))

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(Message.of("index.store-broken", reason=str(error))) from None

    def _damaged(self, problem: Message) -> IndexDamagedError:
        return IndexDamagedError.of(Message.of("index.store", path=self.path, problem=problem))


_STRAY_SENTENCES = (
    "SELECT count(*) FROM sentences s LEFT JOIN passages p ON p.row = s.passage"
    " WHERE p.row IS NULL OR s.start < p.start OR s.finish > p.finish OR s.start >= s.finish"
)


def read_only(path: Path) -> str:
    """The address under which SQLite opens a published store."""
    # immutable: a published version never changes, so no lock files beside it are needed.
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def encoded_text(context: str, text: str) -> str:
    """What is encoded for a text: its context, then its words."""
    return f"{context}\n{text}"


def text_hash(text: str) -> bytes:
    """32 bytes that identify an encoded text."""
    return hashlib.sha256(text.encode()).digest()


def _document(key: str, text: str, language: str, parts: dict[str, Any]) -> Document:
    sections = tuple(
        Section(start, end, tuple(path), level, heading and Span(*heading), language)
        for start, end, path, level, heading, language in parts["sections"]
    )
    pages = tuple(Page(*page) for page in parts["pages"])
    return Document(key, text, sections, pages, language)
