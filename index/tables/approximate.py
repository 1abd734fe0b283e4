"""Kinds of search by size: exact over all rows, or an approximation in front of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np

from corpus.errors import IndexDamagedError
from corpus.settings import Kind
from index.manifest import Approximation, VectorTable
from index.models.encoder import Matrix
from index.tables.vectors import (
    Hit,
    Vectors,
    best_first,
    read_faiss,
    search_one,
    write_faiss,
)

SAMPLE = 200
"""Questions on which recall is measured."""
_K = 10
_WIDER = 4  # so many times the wanted rows are taken from the approximation and compared exactly
_BLOCK = 8192
_EPSILON = 1e-5  # the same vectors multiplied in another order differ by less
_EFFORTS = {"ivf": (8, 16, 32, 64, 128, 256), "hnsw": (64, 128, 256, 512)}


class Searched(Protocol):
    """Rows that can be searched and looked up."""

    def __len__(self) -> int:
        """Number of rows."""

    def search(self, query: Matrix, k: int, rows: Sequence[int] | None = None) -> list[Hit]:
        """The up to `k` best rows, best first; among `rows` where they are given."""

    def rows(self, rows: Sequence[int]) -> Matrix:
        """The vectors of some rows. Shape: (rows, dimension)."""


class Approximate:
    """An approximation that names rows, and the rows by which these are compared exactly."""

    def __init__(self, index: faiss.Index, rows: Vectors, effort: int) -> None:
        self._index, self._rows = index, rows
        self._effort = effort

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, rows: Sequence[int]) -> Matrix:
        """The vectors of some rows. Shape: (rows, dimension)."""
        return self._rows.rows(rows)

    def search(self, query: Matrix, k: int, rows: Sequence[int] | None = None) -> list[Hit]:
        """The up to `k` best rows, best first, ties by row; exact among `rows` where given."""
        if rows is not None or k < 1 or not len(self):
            return self._rows.search(query, k, rows)
        wider = min(k * _WIDER, len(self))
        effort = max(self._effort, wider)
        if isinstance(self._index, faiss.IndexIVF):
            parameters = faiss.SearchParametersIVF(nprobe=self._effort)  # type: ignore[call-arg]
        else:
            parameters = faiss.SearchParametersHNSW(efSearch=effort)  # type: ignore[attr-defined]
        found, _ = search_one(self._index, query, wider, parameters)
        named = np.sort(found[found >= 0])
        return best_first(named.tolist(), (self._rows.rows(named) @ query).tolist())[:k]


def open_table(folder: Path, table: VectorTable) -> Searched:
    """A table of vectors of the version in `folder`, memory-mapped, with its kind of search.

    Raises IndexDamagedError where a file is none of FAISS or has another number of rows.
    """
    rows = Vectors.load(folder / table.file)
    _check_count(folder / table.file, len(rows), table.count)
    if table.approximate is None:
        return rows
    index = read_faiss(folder / table.approximate.file)
    _check_count(folder / table.approximate.file, int(index.ntotal), table.count)
    return Approximate(index, rows, table.approximate.effort)


def approximation(
    kind: Kind, rows: Vectors, questions: Matrix, least: float, path: Path
) -> Approximation | None:
    """Build an approximate search over `rows` into the file `path`.

    `questions`, shape (n, dimension), are what recall@10 is measured on; the least effort that
    reaches `least` (0 to 1) is chosen. None, and no file, where none does: exact search it is then.
    """
    index = _built(kind, rows)
    exact = [rows.search(question, _K) for question in questions]
    for effort in _EFFORTS[kind]:
        searched = Approximate(index, rows, effort)
        found = recall(searched, questions, exact)
        if found >= least:
            write_faiss(index, path)
            return Approximation(
                file=path.name, kind=kind, effort=effort, recall=found, sample=len(questions)
            )
    return None


def recall(searched: Searched, questions: Matrix, exact: Sequence[Sequence[Hit]]) -> float:
    """The mean share of hits as good as the exact ones among as many that are found, 0 to 1.

    A hit counts by its score, as in ann-benchmarks (Aumüller et al., Information Systems 87, 2020):
    of rows that are equally near none is wrong.
    """
    shares = []
    for question, wanted in zip(questions, exact, strict=True):
        found = searched.search(question, len(wanted))
        shares.append(sum(hit.score >= wanted[-1].score - _EPSILON for hit in found) / len(wanted))
    return sum(shares) / len(shares)


def _built(kind: Kind, rows: Vectors) -> faiss.Index:
    """FAISS's index of a kind over the rows, vectors in 8 bits a number (SQ8)."""
    count = len(rows)
    cells = max(1, min(4 * round(count**0.5), count // 39))  # FAISS asks for 39 points a cell
    name = {"hnsw": "HNSW32_SQ8", "ivf": f"IVF{cells},SQ8"}[kind]
    index = faiss.index_factory(rows.dimension, name, faiss.METRIC_INNER_PRODUCT)
    if isinstance(index, faiss.IndexIVF):
        index.cp.max_points_per_centroid = 64  # a quarter of FAISS's: as good and much faster
    faiss.omp_set_num_threads(1)  # a graph built by several threads differs from run to run
    spread = np.linspace(0, count - 1, min(count, 64 * cells)).astype(np.int64)
    index.train(rows.rows(np.unique(spread)))
    for start in range(0, count, _BLOCK):
        index.add(rows.block(start, min(_BLOCK, count - start)))
    return index


def _check_count(path: Path, found: int, listed: int) -> None:
    if found != listed:
        raise IndexDamagedError(
            f"{path}: {found} vectors, the manifest lists {listed}: run 'footnote build'"
        )
