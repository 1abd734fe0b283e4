"""Vectors kept while a build runs, so that a build that was cut off goes on where it stopped."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from index.vectors import Matrix

Known = Callable[[Sequence[bytes]], dict[bytes, Matrix]]
"""Hashes of texts → the vectors among them that are known."""


class EncodedCache:
    """Vectors by the hash of their text, for one model; each batch is kept whole or not at all."""

    def __init__(self, path: Path, fingerprint: str, dimension: int) -> None:
        self._dimension = dimension
        self._model = fingerprint
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # a full disk is no reason to forget what was encoded
            path.unlink()  # a broken cache costs encoding again, nothing else
            self._db = _opened(path)

    def add(self, hashes: Sequence[bytes], vectors: Matrix) -> None:
        """Keep a batch. Shapes: (n,) and (n, dimension)."""
        rows = [
            (self._model, text, blob := vector.tobytes(), zlib.crc32(blob))
            for text, vector in zip(hashes, vectors, strict=True)
        ]
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO encoded VALUES (?, ?, ?, ?)", rows)

    def known(self, hashes: Sequence[bytes]) -> dict[bytes, Matrix]:
        """The vectors kept for these texts; one whose checksum is wrong counts as unknown."""
        found = {}
        for text in hashes:
            row = self._db.execute(
                "SELECT vector, crc FROM encoded WHERE model = ? AND text = ?", (self._model, text)
            ).fetchone()
            if row and zlib.crc32(row[0]) == row[1] and len(row[0]) == 4 * self._dimension:
                found[text] = np.frombuffer(row[0], np.float32)
        return found

    def close(self) -> None:
        """Release the file."""
        self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute(
        "CREATE TABLE IF NOT EXISTS encoded"
        " (model TEXT, text BLOB, vector BLOB, crc INTEGER, PRIMARY KEY (model, text))"
    )
    return db


def first_known(hashes: Iterable[bytes], places: Sequence[Known]) -> dict[bytes, Matrix]:
    """The vectors of texts from the first place that knows them."""
    missing = list(dict.fromkeys(hashes))
    found: dict[bytes, Matrix] = {}
    for known in places:
        found |= known([text for text in missing if text not in found])
    return found
