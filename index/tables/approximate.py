"""Tables of vectors as they are searched: exactly, or by an approximate index and exact scores."""

import math
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np

from corpus.errors import IndexDamagedError
from corpus.wording import Message
from index.manifest import VectorTable
from index.models.encoder import Matrix
from index.tables.vectors import (
    Hit,
    RowNumbers,
    Vectors,
    best_first,
    read_faiss,
    search_one,
    selector_of,
)

_WIDER = 4  # so many times the wanted rows are taken from the approximation and compared exactly


class Searched(Protocol):
    """A table of unit vectors, numbered from 0, that can be searched by inner product."""

    def __len__(self) -> int:
        """Number of rows."""

    def search(
        self,
        query: Matrix,
        k: int,
        rows: RowNumbers | None = None,
        language: str | None = None,
    ) -> list[Hit]:
        """The up to `k` rows most like `query`, best first; among `rows` where they are given.

        `query` has shape (dimension,) and length 1. `language` may be given where `rows` are all
        the rows of this language: some tables search these faster.
        """

    def rows(self, rows: RowNumbers) -> Matrix:
        """The vectors of some rows. Shape: (rows, dimension)."""


class Approximate:
    """An approximate index of FAISS that finds rows, and the vectors that score them exactly.

    `effort` is FAISS's `nprobe` of cells or `efSearch` of a graph; `languages` are those whose rows
    it may search by themselves.
    """

    def __init__(
        self, index: faiss.Index, rows: Vectors, effort: int, languages: Collection[str] = ()
    ) -> None:
        self._index, self._rows = index, rows
        self._effort, self._languages = effort, languages

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, rows: RowNumbers) -> Matrix:
        """The vectors of some rows. Shape: (rows, dimension)."""
        return self._rows.rows(rows)

    def search(
        self,
        query: Matrix,
        k: int,
        rows: RowNumbers | None = None,
        language: str | None = None,
    ) -> list[Hit]:
        """The up to `k` rows most like `query`, best first, ties by row; as `Searched.search`.

        Approximate where `rows` are all there are or all of one of its languages, for which its
        recall was measured; exact for any other choice of rows.
        """
        every = rows is None or len(rows) == len(self)
        if k < 1 or not len(self) or not (every or language in self._languages):
            return self._rows.search(query, k, rows)
        wider = min(k * _WIDER, len(self))
        chosen = None if every or rows is None else rows
        found, _ = search_one(self._index, query, wider, self._parameters(wider, chosen))
        named = np.sort(found[found >= 0])
        return best_first(named.tolist(), (self._rows.rows(named) @ query).tolist())[:k]

    def _parameters(self, wider: int, rows: RowNumbers | None) -> Any:
        selector = None if rows is None else selector_of(rows, len(self))
        if isinstance(self._index, faiss.IndexIVF):
            return faiss.SearchParametersIVF(nprobe=self._effort, sel=selector)  # type: ignore[call-arg]
        # The graph is walked through all rows: where half of them are allowed, twice as far.
        share = 1.0 if rows is None else len(rows) / len(self)
        effort = math.ceil(max(self._effort, wider) / share)
        return faiss.SearchParametersHNSW(efSearch=effort, sel=selector)  # type: ignore[attr-defined]


def open_table(folder: Path, table: VectorTable) -> Searched:
    """A table of vectors of the version in `folder`, memory-mapped, exact or approximate.

    Raises IndexDamagedError where a file is none of FAISS or has another number of rows.
    """
    rows = Vectors.load(folder / table.file)
    _check_count(folder / table.file, len(rows), table.count)
    if table.approximate is None:
        return rows
    index = read_faiss(folder / table.approximate.file)
    _check_count(folder / table.approximate.file, int(index.ntotal), table.count)
    return Approximate(index, rows, table.approximate.effort, table.approximate.languages)


def _check_count(path: Path, found: int, listed: int) -> None:
    if found != listed:
        raise IndexDamagedError.of(
            Message.of("index.table-count", path=path, found=found, listed=listed)
        )
