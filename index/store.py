"""The store of a version: documents, passages and sentences in SQLite."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.documents import Document, Page, Section, Span
from corpus.errors import DocumentError, IndexDamagedError
from corpus.passages import Passage
from corpus.references import Reference
from corpus.registry import Source, source_from_record

STORE_FILE = "store.sqlite"
_SCHEMA = """
CREATE TABLE documents (key TEXT PRIMARY KEY, sha256 TEXT, language TEXT, text TEXT, parts TEXT);
CREATE TABLE sources (key TEXT PRIMARY KEY, record TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT, start INTEGER,
  finish INTEGER, section INTEGER, page INTEGER, context TEXT, text TEXT, hash BLOB);
CREATE TABLE sentences (row INTEGER PRIMARY KEY, passage INTEGER, start INTEGER, finish INTEGER,
  hash BLOB);
CREATE TABLE citations (source TEXT, start INTEGER, finish INTEGER, key TEXT, locator TEXT,
  governs INTEGER);
CREATE INDEX citations_source ON citations (source, start);
CREATE INDEX passages_source ON passages (source);
CREATE INDEX passages_hash ON passages (hash);
CREATE INDEX sentences_passage ON sentences (passage);
CREATE INDEX sentences_hash ON sentences (hash);
"""


@dataclass(frozen=True)
class StoredSentence:
    """A sentence of a passage: its row among the sentence vectors and its span."""

    row: int
    span: Span


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its row among the passage vectors and the copy of its text."""

    row: int
    id: str
    source: str
    span: Span
    section: int
    page: int | None
    context: str
    text: str
    sentences: tuple[StoredSentence, ...]


class StoreWriter:
    """Writes a store; rows are numbered from 0 in the order of writing."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_SCHEMA)
        self.passages = 0
        self.sentences = 0

    def add_source(self, source: Source) -> None:
        """Store the record of a source, whether or not it has a document."""
        self._db.execute("INSERT INTO sources VALUES (?, ?)", (source.key, source.csl))

    def add_references(self, key: str, references: Sequence[Reference]) -> None:
        """Store the references that stand in the document of a source."""
        self._db.executemany(
            "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)",
            [(key, *one.span, one.key, one.locator, one.governs) for one in references],
        )

    def add_document(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document with its passages."""
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            (document.key, document.sha256, document.language, document.text, _parts(document)),
        )
        for passage in passages:
            text = document.text[passage.start : passage.end]
            self._db.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.passages,
                    passage.id,
                    passage.source,
                    passage.start,
                    passage.end,
                    passage.section,
                    passage.page,
                    passage.context,
                    text,
                    text_hash(encoded_text(passage.context, text)),
                ),
            )
            for span in passage.sentences:
                searched = encoded_text(passage.context, document.cut(span))
                row = (self.sentences, self.passages, *span, text_hash(searched))
                self._db.execute("INSERT INTO sentences VALUES (?, ?, ?, ?, ?)", row)
                self.sentences += 1
            self.passages += 1

    def close(self) -> None:
        """Write everything out and release the file."""
        self._db.commit()
        self._db.close()


class Store:
    """Reads a published store; may be shared by threads.

    Raises IndexDamagedError wherever SQLite cannot read what was stored.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            # immutable: a published version never changes, so no lock files beside it are needed.
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error:
            raise self._damaged("cannot be opened") from None

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
            raise DocumentError(f"no document '{key}' in the index; see 'footnote doctor'")
        text, language, parts = rows[0]
        return _document(key, text, language, json.loads(parts))

    def sources(self) -> dict[str, Source]:
        """The records of all sources, indexed or not."""
        rows = self._rows("SELECT key, record FROM sources ORDER BY key")
        return {key: source_from_record(json.loads(record)) for key, record in rows}

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

    def passage(self, row: int) -> StoredPassage:
        """The passage of a row of the passage vectors."""
        found = self._rows(
            "SELECT row, id, source, start, finish, section, page, context, text FROM passages"
            " WHERE row = ?",
            (row,),
        )
        if not found:
            raise self._damaged(f"has no passage {row}")
        row, name, source, start, end, section, page, context, text = found[0]
        inside = self._rows(
            "SELECT row, start, finish FROM sentences WHERE passage = ? ORDER BY row", (row,)
        )
        sentences = tuple(StoredSentence(at, Span(first, last)) for at, first, last in inside)
        return StoredPassage(
            row, name, source, Span(start, end), section, page, context, text, sentences
        )

    def encoded(self, table: str, start: int, count: int) -> list[tuple[bytes, str]]:
        """Hash and text to encode of up to `count` rows of passages or sentences from `start`."""
        query = _ENCODED[table]
        rows = self._rows(query, (start, start + count))
        return [(digest, encoded_text(context, text)) for digest, context, text in rows]

    def rows_by_hash(self, table: str, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """A row for each of these hashes of encoded texts that the store holds."""
        query = f"SELECT row FROM {_TABLES[table]} WHERE hash = ? LIMIT 1"  # noqa: S608
        found = ((digest, self._rows(query, (digest,))) for digest in hashes)
        return {digest: rows[0][0] for digest, rows in found if rows}

    def check(self) -> None:
        """Raises IndexDamagedError unless every passage and sentence is an exact slice."""
        if self._rows("PRAGMA integrity_check")[0][0] != "ok":
            raise self._damaged("fails SQLite's integrity check")
        texts = {key: self.document(key).text for key in self.document_keys()}
        query = "SELECT source, start, finish, text, hash, context FROM passages ORDER BY row"
        for source, start, end, text, digest, context in self._rows(query):
            if texts[source][start:end] != text or not text:
                raise self._damaged(f"holds a passage of {source} that is not in its text")
            if text_hash(encoded_text(context, text)) != digest:
                raise self._damaged(f"holds a passage of {source} under a wrong hash")
        if self._rows(_STRAY_SENTENCES)[0][0]:
            raise self._damaged("holds sentences outside their passages")

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(f"cannot be read ({error})") from None

    def _damaged(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(f"{self._path}: {what}; run 'footnote build'")


_TABLES = {"passages": "passages", "sentences": "sentences"}
_ENCODED = {
    "passages": "SELECT hash, context, text FROM passages WHERE row >= ? AND row < ? ORDER BY row",
    "sentences": "SELECT s.hash, p.context, substr(p.text, s.start - p.start + 1,"
    " s.finish - s.start) FROM sentences s JOIN passages p ON p.row = s.passage"
    " WHERE s.row >= ? AND s.row < ? ORDER BY s.row",
}
_STRAY_SENTENCES = (
    "SELECT count(*) FROM sentences s LEFT JOIN passages p ON p.row = s.passage"
    " WHERE p.row IS NULL OR s.start < p.start OR s.finish > p.finish OR s.start >= s.finish"
)


def encoded_text(context: str, text: str) -> str:
    """What is encoded for a text: its context, then its words."""
    return f"{context}\n{text}"


def text_hash(text: str) -> bytes:
    """32 bytes that identify an encoded text."""
    return hashlib.sha256(text.encode()).digest()


def _parts(document: Document) -> str:
    sections = [[s.start, s.end, s.path, s.level, s.heading, s.language] for s in document.sections]
    pages = [[p.start, p.end, p.label] for p in document.pages]
    return json.dumps({"sections": sections, "pages": pages}, ensure_ascii=False)


def _document(key: str, text: str, language: str, parts: dict[str, Any]) -> Document:
    sections = tuple(
        Section(start, end, tuple(path), level, heading and Span(*heading), language)
        for start, end, path, level, heading, language in parts["sections"]
    )
    pages = tuple(Page(*page) for page in parts["pages"])
    return Document(key, text, sections, pages, language)
