"""Small parts for tests where the model does not matter."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.sources.registry import Source, source_from_record
from corpus.text.documents import Document, Section, Span
from index.models.encoder import Matrix
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.models.token_encoder import TokenVectors

SHARED = Path(__file__).parents[2] / "shared"


class ToyEncoder:
    """Each word of a text adds 1 to a number that its hash chooses; then length 1."""

    cosine_range = None

    def __init__(
        self,
        name: str = "toy",
        dimension: int = 64,
        fingerprint: str = "f" * 8,
        languages: Languages = ENGLISH_ALONE,
    ) -> None:
        self.name, self.dimension, self.fingerprint = name, dimension, fingerprint
        self.languages = languages
        self.encoded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.encoded.extend(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Matrix:
        vector = np.zeros(self.dimension, np.float32)
        for word in text.lower().split():
            digest = hashlib.sha256(word.strip(".,;:?!()“”\"'").encode()).digest()
            vector[int.from_bytes(digest[:4]) % self.dimension] += 1
        vector[0] += 1e-3  # no text is without a direction
        length: Matrix = vector / np.linalg.norm(vector)
        return length


class ToyTokens:
    """The vector of a token is that of its word; `encoded` keeps what was asked for."""

    name, fingerprint, dimension = "toy tokens", "t" * 8, 64
    match_range = (0.0, 1.0)

    def __init__(self, languages: Languages = EVERY_LANGUAGE) -> None:
        self.languages = languages
        self.encoded: list[str] = []
        self._words = ToyEncoder()

    def passages(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.encoded += texts
        return [self._tokens(text) for text in texts]

    def query(self, text: str) -> TokenVectors:
        return self._tokens(text)

    def _tokens(self, text: str) -> TokenVectors:
        words = text.split()
        starts, at = [], 0
        for word in words:
            at = text.index(word, at)
            starts.append(at)
            at += len(word)
        return TokenVectors(np.stack([self._words.query(word) for word in words]), tuple(starts))


def toy_source(key: str = "toy", title: str = "A toy", **fields: Any) -> Source:
    record = {
        "id": key,
        "type": "report",
        "title": title,
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2020]]},
        "language": "en",
    }
    return source_from_record(record | fields)


def plain_document(text: str, key: str = "toy") -> Document:
    """One section without a heading over the whole text."""
    return Document(key, text, (Section(0, len(text), (), 0),))


def headed_document(*parts: tuple[str, str], key: str = "toy") -> Document:
    """A document of (heading, body) parts."""
    text, sections = "", []
    for heading, body in parts:
        start = len(text)
        text += f"{heading}\n\n{body}\n\n"
        span = Span(start, start + len(heading))
        sections.append(Section(start, len(text), (heading,), 2, span))
    return Document(key, text, tuple(sections))


def write_library(
    folder: Path, texts: dict[str, str], languages: Mapping[str, str] | None = None
) -> Path:
    """A library folder with a record for each text, which is English unless `languages` say so."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {key: (languages or {}).get(key, "en") for key in sorted(texts)}
    sources = [toy_source(key, f"Title of {key}", language=own) for key, own in known.items()]
    records = [json.loads(one.csl) for one in sources]
    (folder / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    for key, text in texts.items():
        (folder / f"{key}.md").write_text(text, encoding="utf-8")
    return folder


def traced_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL statements that connections run that are opened from now on."""
    run: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(run.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return run
