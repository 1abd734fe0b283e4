import gc
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from corpus.errors import ConfigurationError, IndexDamagedError
from corpus.settings import (
    KindRow,
    PassageSettings,
    SearchKind,
    Settings,
    VectorSettings,
    load_settings,
)
from corpus.text.documents import Document
from index.build.build import build
from index.manifest import VectorTable, read_manifest
from index.models.encoder import Matrix
from index.search.query import Query
from index.search.search import Index
from index.tables.approximate import Approximate, open_table
from index.tables.approximation_build import approximation, approximation_recall
from index.tables.vectors import Hit, Vectors, search_one
from index.versions.published import Versions
from tests.toys import ToyEncoder, write_library


def _units(count: int, dimension: int = 32, seed: int = 0) -> Matrix:
    made = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    length: Matrix = made / np.linalg.norm(made, axis=1, keepdims=True)
    return length


def _rows(vectors: Matrix, *, float16: bool = True) -> Vectors:
    rows = Vectors(vectors.shape[1], float16=float16)
    rows.add(vectors)
    return rows


@pytest.mark.parametrize("kind", ["hnsw", "ivf"])
def test_an_approximate_search_finds_what_exact_search_finds(
    tmp_path: Path, kind: SearchKind
) -> None:
    vectors, questions = _units(3000), _units(50, seed=1)
    rows = _rows(vectors)
    rows.save(tmp_path / "rows")
    found = approximation(kind, rows, questions, 0.95, tmp_path / "fast")
    assert found is not None
    assert (found.kind, found.sample) == (kind, 50)
    table = VectorTable(file="rows", count=3000, float16=True, approximate=found)
    searched = open_table(tmp_path, table)
    assert isinstance(searched, Approximate)
    exact = [
        sorted(range(3000), key=lambda row: -float(vectors[row] @ question))[:10]
        for question in questions
    ]
    shared = [
        len(set(wanted) & {hit.row for hit in searched.search(question, 10)}) / 10
        for question, wanted in zip(questions, exact, strict=True)
    ]
    # What is stored is what anyone can measure; 16 bits can swap two rows that are nearly equal.
    assert float(np.mean(shared)) == pytest.approx(found.recall, abs=0.01)
    assert found.recall >= 0.95


def test_scores_of_an_approximate_search_are_those_of_the_rows(tmp_path: Path) -> None:
    vectors = _units(500)
    rows = _rows(vectors)
    rows.save(tmp_path / "rows")
    found = approximation("hnsw", rows, vectors[:20], 0.9, tmp_path / "fast")
    searched = open_table(tmp_path, VectorTable(file="rows", count=500, approximate=found))
    best = searched.search(vectors[7], 3)
    assert best[0].row == 7
    assert best[0].score == pytest.approx(1, abs=1e-3)
    assert [hit.score for hit in best] == sorted((hit.score for hit in best), reverse=True)
    assert searched.search(vectors[7], 3, rows=[1, 2]) == rows.search(vectors[7], 3, rows=[1, 2])
    assert searched.search(vectors[7], 0) == []
    assert len(searched.search(vectors[7], 9999)) <= 500


def test_a_kind_that_cannot_reach_the_recall_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One cell of 77 holds few of the ten nearest of 3,000 vectors without any order.
    monkeypatch.setattr("index.tables.approximation_build._EFFORTS", {"ivf": (1,)})
    rows, questions = _rows(_units(3000)), _units(20, seed=1)
    assert approximation("ivf", rows, questions, 0.95, tmp_path / "fast") is None
    assert not (tmp_path / "fast").exists()


def test_recall_counts_rows_that_are_equally_near() -> None:
    found = [[Hit(5, 0.9), Hit(6, 0.8), Hit(7, 0.1)]]
    # Of the three exact ones the worst has 0.8: two of the three found are as good.
    exact = [[Hit(1, 0.9), Hit(2, 0.8), Hit(3, 0.8)]]
    assert approximation_recall(found, exact) == pytest.approx(2 / 3)


def test_half_vectors_stay_the_same_when_they_are_added_again() -> None:
    once = _rows(_units(100))
    again = _rows(once.block(0, 100))
    assert np.array_equal(once.block(0, 100), again.block(0, 100))


def test_an_approximation_of_another_number_of_rows_is_refused(tmp_path: Path) -> None:
    rows = _rows(_units(300))
    found = approximation("hnsw", rows, _units(5, seed=2), 0.5, tmp_path / "fast")
    _rows(_units(299)).save(tmp_path / "rows")
    with pytest.raises(IndexDamagedError, match="fast: 300 vectors, the manifest lists 299"):
        open_table(tmp_path, VectorTable(file="rows", count=299, approximate=found))


def test_an_approximate_index_is_the_same_at_each_build(tmp_path: Path) -> None:
    for kind in ("hnsw", "ivf"):
        for name in ("one", "two"):
            approximation(kind, _rows(_units(2000)), _units(9, seed=3), 0.1, tmp_path / name)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_kind_follows_the_table_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        "[vectors]\nrecall = 0.9\n"
        '[[vectors.kinds]]\nup_to = 10\nkind = "exact"\n'
        '[[vectors.kinds]]\nup_to = 20\nkind = "hnsw"\n'
        '[[vectors.kinds]]\nkind = "ivf"\n'
    )
    table = load_settings(tmp_path).vectors
    assert [table.kind(n) for n in (1, 10, 11, 20, 21)] == ["exact", "exact", "hnsw", "hnsw", "ivf"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("[]", id="none"),
        pytest.param('[{up_to = 5, kind = "exact"}]', id="no last row"),
        pytest.param(
            '[{up_to = 5, kind = "exact"}, {up_to = 5, kind = "hnsw"}, {kind = "ivf"}]', id="equal"
        ),
        pytest.param('[{kind = "exact"}, {kind = "ivf"}]', id="two last rows"),
        pytest.param('[{kind = "best"}]', id="unknown kind"),
    ],
)
def test_a_table_that_leaves_a_size_open_is_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "settings.toml").write_text(f"vectors.kinds = {rows}\n")
    with pytest.raises(ConfigurationError, match=r"vectors"):
        load_settings(tmp_path)


def test_an_approximate_version_answers_and_says_how_well(tmp_path: Path) -> None:
    table = VectorSettings(kinds=(KindRow(kind="hnsw"),))
    settings = Settings(
        home=tmp_path / "home",
        passages=PassageSettings(min_words=1, max_words=4),
        vectors=table,
    )
    many = " ".join(f"Thing{n} number{n * n} meets item{n + 7}." for n in range(100))
    library = write_library(tmp_path / "packaged", {"zeta": many})
    report = build(settings, ToyEncoder(), packaged=library)
    manifest = read_manifest(Versions(settings.home).path(report.version))
    stored = manifest.vectors["main"].passages.approximate
    assert stored is not None
    assert 0.95 <= stored.recall <= 1
    assert stored.file in manifest.files
    index = Index.open(settings, ToyEncoder())
    found = index.candidates("Thing42 number1764 meets item49.", 3)
    assert found[0].passage.text == "Thing42 number1764 meets item49."
    index.close()


def test_recall_is_measured_on_first_sentences_as_questions(tmp_path: Path) -> None:
    class Asked(ToyEncoder):
        def passages(self, texts: Sequence[str]) -> Matrix:
            self.encoded.extend(texts)
            return np.stack([super(Asked, self).query(text) for text in texts])

        def query(self, text: str) -> Matrix:
            questions.append(text)
            return super().query(text)

    questions: list[str] = []
    settings = Settings(
        home=tmp_path / "home",
        passages=PassageSettings(min_words=8, max_words=8),
        vectors=VectorSettings(kinds=(KindRow(kind="hnsw"),)),
    )
    pairs = "\n\n".join(f"Thing{n} meets item{n + 7} here. It is {n * n}." for n in range(250))
    library = write_library(tmp_path / "packaged", {"zeta": pairs})
    report = build(settings, encoder := Asked(), packaged=library)
    # Of 250 passages 200 at equal distances: row 0, 249 / 199 = 1.25, 2.5, …, 249.
    assert len(questions) == 200
    assert questions[:3] == [f"Thing{n} meets item{n + 7} here." for n in (0, 1, 2)]
    assert questions[-1] == "Thing249 meets item256 here."
    assert report.encoded == len(encoder.encoded) == report.passages == 250
    stored = read_manifest(Versions(settings.home).path(report.version)).vectors["main"].passages
    assert stored.approximate is not None
    assert stored.approximate.sample == 200


@pytest.fixture
def two_languages(tmp_path: Path) -> Settings:
    """An index of 100 English and 60 Spanish passages, searched by HNSW from 50 passages on."""
    texts = {
        "en": " ".join(f"Thing{n} number{n * n} meets item{n + 7}." for n in range(100)),
        "es": " ".join(f"Cosa{n} cifra{n * n} busca objeto{n + 7}." for n in range(60)),
    }
    library = write_library(tmp_path / "packaged", texts, {"en": "en", "es": "es"})
    settings = Settings(
        home=tmp_path / "home",
        passages=PassageSettings(min_words=1, max_words=4),
        vectors=VectorSettings(kinds=(KindRow(up_to=50, kind="exact"), KindRow(kind="hnsw"))),
    )
    build(settings, ToyEncoder(), packaged=library)
    return settings


def _searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The classes of FAISS's indexes that are searched from now on."""
    kinds: list[str] = []

    def spy(index: faiss.Index, *given: Any) -> tuple[Any, Any]:
        kinds.append(type(index).__name__)
        return search_one(index, *given)

    for module in ("vectors", "approximate"):
        monkeypatch.setattr(f"index.tables.{module}.search_one", spy)
    return kinds


def test_a_library_of_two_languages_is_searched_by_its_approximation(
    two_languages: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = Versions(two_languages.home)
    stored = read_manifest(versions.path(versions.current())).vectors["main"].passages.approximate
    assert stored is not None
    assert 0.95 <= stored.recall <= 1
    index = Index.open(two_languages, ToyEncoder())
    kinds = _searched(monkeypatch)
    for language, text in (
        ("en", "Thing42 number1764 meets item49."),
        ("es", "Cosa42 cifra1764 busca objeto49."),
    ):
        assert index.candidates(Query(text, language), 3)[0].passage.text == text
    assert kinds == ["IndexHNSWSQ"] * 4  # two languages for each of two questions
    assert stored.languages == ("en", "es")


def test_filters_in_a_library_that_is_searched_approximately_find_what_they_let_through(
    two_languages: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.open(two_languages, ToyEncoder())
    kinds = _searched(monkeypatch)
    found = index.candidates("Thing42 number1764 meets item49.", 160, languages=["es"])
    assert {one.language for one in found} == {"es"}
    assert kinds == ["IndexHNSWSQ"]
    found = index.candidates("Cosa42 cifra1764 busca objeto49.", 160, sources=["es"])
    assert {one.passage.source for one in found} == {"es"}


@pytest.mark.parametrize("kind", ["hnsw", "ivf"])
def test_among_the_rows_of_a_language_it_finds_what_exact_search_finds(
    tmp_path: Path, kind: SearchKind
) -> None:
    rows, questions = _rows(_units(3000)), _units(30, seed=1)
    third = np.arange(0, 3000, 3)
    rest = np.setdiff1d(np.arange(3000), third)
    languages = {"en": rest, "es": third}
    found = approximation(kind, rows, questions, 0.95, tmp_path / "fast", languages=languages)
    assert found is not None
    assert found.languages == ("en", "es")
    rows.save(tmp_path / "rows")
    table = VectorTable(file="rows", count=3000, float16=True, approximate=found)
    searched = open_table(tmp_path, table)
    shares = []
    for question in questions:
        hits = {hit.row for hit in searched.search(question, 10, third, "es")}
        assert all(row % 3 == 0 for row in hits)
        exact = {hit.row for hit in rows.search(question, 10, third)}
        shares.append(len(exact & hits) / 10)
    # What is stored is the worse of both languages, by the same questions.
    assert float(np.mean(shares)) >= found.recall - 0.01
    # A choice that no recall was measured on is searched exactly.
    some = third[:400]
    assert searched.search(questions[0], 5, some) == rows.search(questions[0], 5, some)


def test_a_language_with_few_passages_is_searched_exactly(
    two_languages: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "packaged"
    (library / "es.md").write_text("Cosa una.\n\nCosa otra.")
    report = build(two_languages, ToyEncoder(), packaged=library)
    manifest = read_manifest(Versions(two_languages.home).path(report.version))
    stored = manifest.vectors["main"].passages.approximate
    assert stored is not None
    assert stored.languages == ("en",)
    index = Index.open(two_languages, ToyEncoder())
    kinds = _searched(monkeypatch)
    assert index.candidates("Cosa otra.", 9, languages=["es"])[0].passage.text == "Cosa otra."
    assert "IndexHNSWSQ" not in kinds


@pytest.fixture
def _small_heap() -> Iterator[None]:
    """What was made before is left out of each collection, which would else take a second."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_small_heap")
def test_documents_are_read_as_a_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers import read_document as read

    alive = weakref.WeakSet[Document]()
    most = 0

    def spy(key: str, path: Path, language: str) -> Document:
        nonlocal most
        gc.collect()
        most = max(most, len(alive))
        document = read(key, path, language)
        alive.add(document)
        return document

    monkeypatch.setattr("corpus.readers.read_document", spy)
    texts = {f"doc{n}": f"Cats purr {n} times." for n in range(20)}
    library = write_library(tmp_path / "packaged", texts)
    build(Settings(home=tmp_path / "home"), ToyEncoder(), packaged=library)
    assert most <= 1
