"""Vectors kept while a build runs, so that a build that was cut off goes on where it stopped."""

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.models.encoder import Matrix


class EncodedCache:
    """Vectors of one model by the hash of their text; each batch is kept whole or not at all.

    The file carries the fingerprint of the model in its name, so vectors of another model are
    never taken. With `scratch` nothing is written: what is there is only looked up.
    """

    def __init__(
        self, staging: Path, fingerprint: str, dimension: int, *, scratch: bool = False
    ) -> None:
        self._dimension = dimension
        self._path = staging / f"encoded-{fingerprint[:16]}.sqlite"
        self._scratch = scratch
        try:
            self._db = self._opened()
        except sqlite3.OperationalError:
            raise  # a full disk is no reason to forget what was encoded
        except sqlite3.DatabaseError:
            self._renew()

    def add(self, hashes: Sequence[bytes], vectors: Matrix) -> None:
        """Keep a batch. Shapes: (n,) and (n, dimension)."""
        rows = [
            (text, blob := vector.tobytes(), zlib.crc32(blob))
            for text, vector in zip(hashes, vectors, strict=True)
        ]
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO encoded VALUES (?, ?, ?)", rows)

    def known(self, hashes: Sequence[bytes]) -> dict[bytes, Matrix]:
        """The vectors kept for these texts; one whose checksum is wrong counts as unknown."""
        found = {}
        try:
            for text in hashes:
                row = self._db.execute(
                    "SELECT vector, crc FROM encoded WHERE text = ?", (text,)
                ).fetchone()
                if row and zlib.crc32(row[0]) == row[1] and len(row[0]) == 4 * self._dimension:
                    found[text] = np.frombuffer(row[0], np.float32)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._db.close()
            self._renew()
        return found

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def _opened(self) -> sqlite3.Connection:
        if self._scratch:
            there = self._path.exists()
            uri = f"{self._path.resolve().as_uri()}?mode=ro" if there else "file::memory:"
            db = sqlite3.connect(uri, uri=True)
            if there:
                return db
        else:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path)
        db.execute(
            "CREATE TABLE IF NOT EXISTS encoded (text BLOB PRIMARY KEY, vector BLOB, crc INTEGER)"
        )
        return db

    def _renew(self) -> None:
        """Begin again: a broken cache costs encoding once more, nothing else."""
        if not self._scratch:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        self._path = self._path if not self._scratch else self._path.with_suffix(".none")
        self._db = self._opened()
