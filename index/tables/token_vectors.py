"""The token vectors of a version, and how well passages match a question by them (MaxSim)."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from corpus.wording import Message
from index.models.encoder import Matrix
from index.models.token_encoder import TokenVectors

TOKENS, MULTILINGUAL_TOKENS = "tokens", "multilingual-tokens"
"""Names of the parts of a version that hold the vectors of each token encoder."""
CONTEXT = 65535
"""Stands for a sentence where a token belongs to none: it is of the context."""
_LEVELS = 127.0


class Packed(NamedTuple):
    """Token vectors of a passage, shape (tokens, dimension), each scaled to 8 bits by itself.

    `places` has the number of the sentence of each token, shape (tokens,), or `CONTEXT`.
    """

    vectors: NDArray[np.int8]
    places: NDArray[np.uint16]


class Files(NamedTuple):
    """Names of the files of a part.

    `vectors` holds those of all passages, `edges` where those of each passage begin and end in it,
    `places` the sentence of each token.
    """

    vectors: str
    edges: str
    places: str

    @classmethod
    def of(cls, part: str) -> "Files":
        """Those of a part of this name."""
        return cls(*(f"{part}.{what}.npy" for what in cls._fields))


class Match(NamedTuple):
    """How well a passage and each of its sentences match a question, -1 to 1."""

    passage: float
    sentences: tuple[float, ...]


def packed(tokens: TokenVectors, starts: Sequence[int]) -> Packed:
    """The vectors of a passage in 8 bits; `starts` is where each sentence begins in its text."""
    scale = _LEVELS / np.abs(tokens.vectors).max(axis=1, keepdims=True)
    vectors = np.round(tokens.vectors * scale).astype(np.int8)
    found = np.searchsorted(starts, tokens.starts, side="right") - 1
    return Packed(vectors, np.where(found < 0, CONTEXT, found).astype(np.uint16))


class TokenVectorTable:
    """The token vectors of a version, read from the disk as they are needed."""

    def __init__(self, folder: Path, part: str = TOKENS) -> None:
        files = Files.of(part)
        try:
            self._vectors = np.load(folder / files.vectors, mmap_mode="r")
            self._edges = np.load(folder / files.edges)
            self._places = np.load(folder / files.places, mmap_mode="r")
        except (OSError, ValueError, EOFError) as error:
            problem = Message.of("index.tokens", folder=folder, reason=str(error))
            raise IndexDamagedError.of(problem) from None

    def __len__(self) -> int:
        return len(self._edges) - 1

    def packed(self, row: int) -> Packed:
        """The vectors of the passage of a row, as they were stored."""
        first, end = self._edges[row], self._edges[row + 1]
        return Packed(np.array(self._vectors[first:end]), np.array(self._places[first:end]))

    def matches(self, query: Matrix, rows: Sequence[int], sentences: Sequence[int]) -> list[Match]:
        """How well passages match a question, in the order of `rows`.

        `query` holds unit vectors, shape (tokens, dimension); `sentences` is how many sentences
        each passage has. A passage scores the mean over the tokens of the question of the cosine
        of its most similar token (MaxSim of Khattab and Zaharia, SIGIR 2020, divided by the length
        of the question). A sentence is scored with the context of its passage.
        """
        if not rows:
            return []
        kept = [self.packed(row) for row in rows]
        vectors = np.concatenate([one.vectors for one in kept]).astype(np.float32)
        # The numbers were scaled to 8 bits each vector by itself: only its direction counts.
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        alike = (vectors @ query.T) / lengths[:, None]
        edges = np.cumsum([len(one.places) for one in kept])[:-1]
        return [
            _match(own, one.places, count)
            for own, one, count in zip(np.split(alike, edges), kept, sentences, strict=True)
        ]


def _match(alike: Matrix, places: NDArray[np.uint16], sentences: int) -> Match:
    """`alike` has shape (tokens of the passage, tokens of the question)."""
    context = alike[places == CONTEXT].max(axis=0, initial=-1.0)
    own = []
    for number in range(sentences):
        inside = alike[places == number].max(axis=0, initial=-1.0)
        own.append(float(np.maximum(inside, context).mean()))
    return Match(float(alike.max(axis=0).mean()), tuple(own))


class PackedCache:
    """A file of packed vectors by hash of text and sentences, for a build that may be cut off."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS packed (text BLOB PRIMARY KEY, vectors BLOB, places BLOB)"
        )

    def add(self, rows: Sequence[tuple[bytes, Packed]]) -> None:
        """Store the vectors of several texts by their hashes, all of them or none."""
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO packed VALUES (?, ?, ?)",
                [(text, one.vectors.tobytes(), one.places.tobytes()) for text, one in rows],
            )

    def get(self, text: bytes, dimension: int) -> Packed | None:
        """The vectors of a text by its hash; None where there are none of this dimension."""
        row = self._db.execute(
            "SELECT vectors, places FROM packed WHERE text = ?", (text,)
        ).fetchone()
        if row is None or len(row[0]) != dimension * (len(row[1]) // 2):
            return None
        vectors = np.frombuffer(row[0], np.int8).reshape(-1, dimension)
        return Packed(vectors, np.frombuffer(row[1], np.uint16))

    def close(self) -> None:
        """Release the file."""
        self._db.close()
