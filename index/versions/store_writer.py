"""Writes the store of a version: documents read anew, or reused from an earlier store."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.passages.passages import Passage
from corpus.passages.references import Reference
from corpus.sources.registry import Source
from corpus.text.documents import Document
from index.versions.store import encoded_text, read_only, text_hash

_SCHEMA = """
CREATE TABLE documents (key TEXT PRIMARY KEY, sha256 TEXT, language TEXT, text TEXT, parts TEXT);
CREATE TABLE sources (key TEXT PRIMARY KEY, record TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT, start INTEGER,
  finish INTEGER, section INTEGER, page INTEGER, context TEXT, text TEXT, hash BLOB);
CREATE TABLE sentences (row INTEGER PRIMARY KEY, passage INTEGER, start INTEGER, finish INTEGER);
CREATE TABLE citations (source TEXT, start INTEGER, finish INTEGER, key TEXT, locator TEXT,
  governs INTEGER);
"""
_INDEXES = """
CREATE INDEX citations_source ON citations (source, start);
CREATE INDEX passages_source ON passages (source);
CREATE INDEX passages_hash ON passages (hash);
CREATE INDEX sentences_passage ON sentences (passage);
"""


_TAKE_OVER = (
    "INSERT INTO documents SELECT * FROM {old}.documents WHERE key = :key",
    "INSERT INTO passages SELECT row + :move_passages, id, source, start, finish, section, page,"
    " context, text, hash FROM {old}.passages WHERE row >= :passage AND row < :passage + :passages",
    "INSERT INTO sentences SELECT row + :move_sentences, passage + :move_passages, start, finish"
    " FROM {old}.sentences WHERE row >= :sentence AND row < :sentence + :sentences",
)
_TAKE_CITATIONS = "INSERT INTO citations SELECT * FROM {old}.citations WHERE source = :key"


class DocumentRows(NamedTuple):
    """Where the passages and the sentences of a document lie in a store: first rows and counts."""

    passage: int
    passages: int
    sentence: int
    sentences: int


class StoreWriter:
    """Writes a store; rows are numbered from 0 in the order of writing."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, uri=True)
        # No journal: a store that is cut off while it is written is written anew.
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._attached: dict[Path, str] = {}
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
                row = (self.sentences, self.passages, *span)
                self._db.execute("INSERT INTO sentences VALUES (?, ?, ?, ?)", row)
                self.sentences += 1
            self.passages += 1

    def take_over(self, path: Path, key: str, rows: DocumentRows, *, citations: bool) -> None:
        """Copy a document with its passages from the store in `path`, where they are `rows`.

        With `citations` the references inside it are copied too.
        """
        old = self._attach(path)
        values = rows._asdict() | {
            "key": key,
            "move_passages": self.passages - rows.passage,
            "move_sentences": self.sentences - rows.sentence,
        }
        for statement in (*_TAKE_OVER, *((_TAKE_CITATIONS,) if citations else ())):
            self._db.execute(statement.format(old=old), values)
        self.passages += rows.passages
        self.sentences += rows.sentences

    def _attach(self, path: Path) -> str:
        if path not in self._attached:
            self._db.commit()  # SQLite attaches nothing inside a transaction
            name = f"old{len(self._attached)}"
            self._db.execute("ATTACH ? AS " + name, (read_only(path),))
            self._attached[path] = name
        return self._attached[path]

    def close(self) -> None:
        """Write everything out and release the file."""
        self._db.executescript(_INDEXES)
        self._db.commit()
        self._db.close()


def _parts(document: Document) -> str:
    sections = [[s.start, s.end, s.path, s.level, s.heading, s.language] for s in document.sections]
    pages = [[p.start, p.end, p.label] for p in document.pages]
    return json.dumps({"sections": sections, "pages": pages}, ensure_ascii=False)
