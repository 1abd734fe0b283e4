"""Building an approximate index of FAISS and measuring its recall."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import faiss
import numpy as np

from corpus.settings import SearchKind
from index.manifest import Approximation
from index.models.encoder import Matrix
from index.tables.approximate import Approximate
from index.tables.vectors import Hit, RowNumbers, Vectors, write_faiss

RECALL_SAMPLE = 200
"""Questions on which recall is measured."""
_K = 10
_BLOCK = 8192
_EPSILON = 1e-5  # the same vectors multiplied in another order differ by less
_EFFORTS = {"ivf": (8, 16, 32, 64, 128, 256), "hnsw": (64, 128, 256, 512)}


def approximation(  # noqa: PLR0913
    kind: SearchKind,
    rows: Vectors,
    questions: Matrix,
    least: float,
    path: Path,
    *,
    languages: Mapping[str, RowNumbers] | None = None,
) -> Approximation | None:
    """Build an approximate search over `rows` into the file `path`.

    `questions`, shape (n, dimension), are what recall@10 is measured on; the least effort that
    reaches `least` (0 to 1) is chosen. `languages` has the rows of each language that is to be
    searched by itself, none for a library of one language; recall is measured in each, and one in
    which no effort reaches it is left out. None, and no file, where nothing is left: exact search
    it is then.
    """
    index = _built(kind, rows)
    every = np.arange(len(rows))
    measures = {
        language: _measure(index, rows, questions, language, own)
        for language, own in (languages or {"": every}).items()
    }
    efforts = {
        language: effort
        for language, measured in measures.items()
        if (effort := next((one for one in _EFFORTS[kind] if measured(one) >= least), None))
    }
    if not efforts:
        return None
    write_faiss(index, path)
    effort = max(efforts.values())
    return Approximation(
        file=path.name,
        kind=kind,
        effort=effort,
        recall=min(measures[language](effort) for language in efforts),
        sample=len(questions),
        languages=tuple(sorted(efforts)) if languages else (),
    )


def _measure(
    index: faiss.Index,
    rows: Vectors,
    questions: Matrix,
    language: str,
    own: RowNumbers,
) -> Callable[[int], float]:
    """A function that gives the recall of an effort, 0 to 1, among the rows of a language."""
    exact = [rows.search(question, _K, own) for question in questions]

    def measured(effort: int) -> float:
        searched = Approximate(index, rows, effort, {language})
        found = [searched.search(question, _K, own, language) for question in questions]
        return approximation_recall(found, exact)

    return measured


def approximation_recall(found: Sequence[Sequence[Hit]], exact: Sequence[Sequence[Hit]]) -> float:
    """The mean share of hits as good as the exact ones among as many that are found, 0 to 1.

    A hit counts by its score, as in ann-benchmarks (Aumüller et al., Information Systems 87, 2020):
    of rows that are equally near none is wrong.
    """
    shares = []
    for own, wanted in zip(found, exact, strict=True):
        nearest = own[: len(wanted)]
        shares.append(sum(h.score >= wanted[-1].score - _EPSILON for h in nearest) / len(wanted))
    return sum(shares) / len(shares)


def _built(kind: SearchKind, rows: Vectors) -> faiss.Index:
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
