"""Rows of unit vectors in FAISS, searched exactly by inner product."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from corpus.wording import Message
from index.models.encoder import Matrix

RowNumbers = Sequence[int] | NDArray[np.int64]


class Hit(NamedTuple):
    """A row of the index and its cosine with the question, -1 to 1."""

    row: int
    score: float


class Vectors:
    """Rows of unit vectors, numbered from 0 in the order in which they were added.

    With `float16` a number takes 16 bits (FAISS's SQfp16), else 32. A float16 vector that is added
    again stays the same, so rows can be reused from version to version.
    """

    def __init__(self, dimension: int, *, float16: bool = False) -> None:
        kind = "SQfp16" if float16 else "Flat"
        self._index: faiss.Index = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)

    @classmethod
    def load(cls, path: Path) -> "Vectors":
        """The vectors in a file, mapped into memory: pages are read as they are needed.

        Raises IndexDamagedError where FAISS cannot read it.
        """
        vectors = cls.__new__(cls)
        vectors._index = read_faiss(path)
        return vectors

    def save(self, path: Path) -> None:
        """Write the vectors to a file. Raises OSError where it cannot be written whole."""
        write_faiss(self._index, path)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, vectors: Matrix) -> None:
        """Append rows. Shape: (rows, dimension), float32, each of length 1.

        Raises ValueError for another shape or length: a zero or NaN vector would answer anything.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise ValueError(f"received shape {vectors.shape}, expected (rows, {self.dimension})")
        if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3):
            raise ValueError("received vectors whose length is not 1; normalize them")
        self._index.add(np.ascontiguousarray(vectors, np.float32))

    def search(
        self,
        query: Matrix,
        k: int,
        rows: RowNumbers | None = None,
        language: str | None = None,  # noqa: ARG002
    ) -> list[Hit]:
        """The up to `k` best rows, best first, ties by row; among `rows` where they are given.

        `query` has shape (dimension,). FAISS pads short results with row -1: never returned. The
        search is exact, so it makes no difference whether `rows` are those of a whole `language`.
        """
        if k < 1 or not len(self) or (rows is not None and not len(rows)):
            return []
        chosen = None
        if rows is not None and len(rows) < len(self):
            selector = selector_of(rows, len(self))
            chosen = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        return best_first(*search_one(self._index, query, min(k, len(self)), chosen))

    def rows(self, rows: RowNumbers) -> Matrix:
        """The vectors of some rows. Shape: (rows, dimension)."""
        wanted = np.asarray(rows, np.int64)
        found: Matrix = self._index.reconstruct_batch(wanted)
        return found

    def block(self, start: int, count: int) -> Matrix:
        """The vectors of `count` rows from `start`. Shape: (count, dimension)."""
        found: Matrix = self._index.reconstruct_n(start, count)
        return found


def search_one(
    index: faiss.Index, query: Matrix, k: int, parameters: Any = None
) -> tuple[NDArray[np.int64], Matrix]:
    """Rows and scores that FAISS finds for one question, best first, padded with row -1.

    In one thread: for a single question several threads win little where the cores are free, and
    wait for one another ten times as long as the search takes where they are not.
    """
    faiss.omp_set_num_threads(1)
    scores, found = index.search(query[None, :], k, params=parameters)
    return found[0], scores[0]


def selector_of(rows: RowNumbers, count: int) -> faiss.IDSelector:
    """A FAISS selector that limits a search of `count` rows to `rows`: a bit a row."""
    inside = np.zeros(count, bool)
    inside[np.asarray(rows, np.int64)] = True
    bits: Any = np.packbits(inside, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]


def best_first(rows: Iterable[int], scores: Iterable[float]) -> list[Hit]:
    """Hits without FAISS's padding, best first, ties by row."""
    hits = (
        Hit(int(row), float(score)) for row, score in zip(rows, scores, strict=True) if row != -1
    )
    return sorted(hits, key=lambda hit: (-hit.score, hit.row))


def read_faiss(path: Path) -> faiss.Index:
    """The FAISS index in a file, memory-mapped. Raises IndexDamagedError where it is none."""
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError:
        raise IndexDamagedError.of(Message.of("index.no-faiss", path=path)) from None


def write_faiss(index: faiss.Index, path: Path) -> None:
    """Write a FAISS index to a file, piece by piece. Raises OSError where the disk is full."""
    # Through a file of ours: FAISS's own reports a full disk as a bare RuntimeError, if at all.
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write, 1 << 20)  # type: ignore[attr-defined]
        faiss.write_index(index, writer)
