from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from index.tables.vectors import Hit, Vectors


def _axes(n: int = 3) -> Vectors:
    vectors = Vectors(n)
    vectors.add(np.eye(n, dtype=np.float32))
    return vectors


def test_search_omits_padding_when_k_exceeds_rows() -> None:
    query = np.array([0.6, 0.8, 0], np.float32)
    hits = _axes().search(query, 50)
    assert [(hit.row, round(hit.score, 6)) for hit in hits] == [(1, 0.8), (0, 0.6), (2, 0.0)]


def test_search_omits_padding_when_k_exceeds_the_chosen_rows() -> None:
    query = np.array([0.6, 0.8, 0], np.float32)
    (hit,) = _axes().search(query, 3, rows=[0])
    assert hit == Hit(0, np.float32(0.6).item())


def test_search_of_nothing_finds_nothing() -> None:
    query = np.array([1, 0, 0], np.float32)
    assert Vectors(3).search(query, 5) == []
    assert _axes().search(query, 5, rows=[]) == []
    assert _axes().search(query, 0) == []


def test_equal_scores_come_in_order_of_rows() -> None:
    vectors = Vectors(2)
    vectors.add(np.array([[1, 0]] * 5, np.float32))
    assert [hit.row for hit in vectors.search(np.array([1, 0], np.float32), 5)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([[1.0, 0.0]], "shape", id="other dimension"),
        pytest.param([[0.0, 0.0, 0.0]], "length", id="zero"),
        pytest.param([[float("nan"), 0.0, 0.0]], "length", id="not a number"),
        pytest.param([[2.0, 0.0, 0.0]], "length", id="not normalized"),
    ],
)
def test_add_refuses_what_is_no_unit_vector(rows: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Vectors(3).add(np.array(rows, np.float32))


def test_saved_vectors_come_back_the_same(tmp_path: Path) -> None:
    _axes().save(tmp_path / "v")
    again = Vectors.load(tmp_path / "v")
    assert len(again) == 3
    assert again.rows([2, 0]).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_a_file_that_is_no_index_is_named(tmp_path: Path) -> None:
    path = tmp_path / "v"
    path.write_bytes(b"not an index at all")
    with pytest.raises(IndexDamagedError, match=r"v: not a FAISS index; run 'footnote build'"):
        Vectors.load(path)
