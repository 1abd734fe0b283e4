import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import FootnoteError, IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.manifest import read_manifest, write_manifest
from index.search.query import Query
from index.search.search import Index
from index.versions.integrity import verify
from index.versions.published import Versions
from tests.toys import ToyEncoder, write_library


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    texts = {"one": "Cats purr. Dogs bark.", "two": "Ships sail. Trains roll."}
    library = write_library(tmp_path / "packaged", texts)
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=2))
    build(settings, ToyEncoder(), packaged=library)
    return settings


def _folder(settings: Settings) -> Path:
    versions = Versions(settings.home)
    return versions.path(versions.current())


def test_candidates_come_best_first_with_a_score_for_each_sentence(settings: Settings) -> None:
    found = Index.open(settings, ToyEncoder()).candidates("dogs bark", 99)
    assert found[0].passage.text == "Dogs bark."
    assert len(found) == 4  # all passages there are, though 99 were asked for
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(len(c.sentence_scores) == len(c.passage.sentences) for c in found)


def test_candidates_come_from_the_chosen_sources_alone(settings: Settings) -> None:
    found = Index.open(settings, ToyEncoder()).candidates("dogs bark", 99, {"two"})
    assert {c.passage.source for c in found} == {"two"}


def test_no_chosen_source_gives_no_candidate(settings: Settings) -> None:
    assert Index.open(settings, ToyEncoder()).candidates("dogs", 5, set()) == []


@pytest.mark.parametrize(
    ("encoder", "message"),
    [
        pytest.param(
            ToyEncoder(dimension=32),
            r"has 64 dimensions, the encoder toy gives 32: run 'footnote build'",
            id="dimensions",
        ),
        pytest.param(
            ToyEncoder(fingerprint="e" * 8), r"other weights .*run 'footnote build'", id="weights"
        ),
    ],
)
def test_another_model_is_refused(settings: Settings, encoder: ToyEncoder, message: str) -> None:
    with pytest.raises(IndexStaleError, match=message):
        Index.open(settings, encoder)


@pytest.mark.parametrize(
    "change",
    [{"encoder": "other"}, {"passages": PassageSettings(min_words=2, max_words=9)}],
    ids=["model", "passages"],
)
def test_other_settings_are_refused(settings: Settings, change: dict[str, object]) -> None:
    with pytest.raises(IndexStaleError, match="run 'footnote build'"):
        Index.open(settings.model_copy(update=change), ToyEncoder())


def test_a_missing_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run 'footnote build'"):
        Index.open(Settings(home=tmp_path), ToyEncoder())


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-3] ^= 1
    path.write_bytes(raw)


def _edit_manifest(folder: Path, **fields: object) -> None:
    write_manifest(folder, read_manifest(folder).model_copy(update=fields))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda f: _half(f / "passages.faiss"), "passages.faiss", id="half vectors"),
        pytest.param(lambda f: _half(f / "store.sqlite"), "store.sqlite", id="half store"),
        pytest.param(lambda f: _half(f / "manifest.json"), "manifest.json", id="half manifest"),
        pytest.param(lambda f: _append(f / "passages.faiss"), "bytes, expected", id="longer file"),
        pytest.param(lambda f: _flip(f / "passages.faiss"), "altered", id="one bit of a vector"),
        pytest.param(
            lambda f: (f / "manifest.json").write_text(
                (f / "manifest.json").read_text().replace('"float16": false', '"float16": true ', 1)
            ),
            "altered",
            id="one word of the manifest",
        ),
        pytest.param(lambda f: (f / "store.sqlite").unlink(), "missing", id="no store"),
        pytest.param(lambda f: (f / "manifest.json").unlink(), "missing", id="no manifest"),
        pytest.param(lambda f: _edit_manifest(f, format=99), "format 99", id="foreign format"),
        pytest.param(lambda f: _edit_manifest(f, id="other"), "of version other", id="other id"),
        pytest.param(
            lambda f: (f / "manifest.json").write_text("[1]"), "format None", id="other JSON"
        ),
        pytest.param(
            lambda f: (f.parents[1] / "CURRENT").write_text("../../etc"), "CURRENT", id="path out"
        ),
        pytest.param(
            lambda f: (f.parents[1] / "CURRENT").write_text("gone"), "gone", id="missing version"
        ),
    ],
)
def test_a_damaged_or_foreign_index_is_refused_with_the_command_that_mends(
    settings: Settings, damage: Callable[[Path], None], message: str
) -> None:
    damage(_folder(settings))
    with pytest.raises(FootnoteError, match=message) as caught:
        Index.open(settings, ToyEncoder())
    assert "run 'footnote build'" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_deep_verification_finds_one_changed_byte(settings: Settings) -> None:
    _flip(_folder(settings) / "passages.faiss")
    with pytest.raises(IndexDamagedError, match=r"passages\.faiss: altered"):
        verify(_folder(settings))


def test_an_index_with_vectors_of_sentences_is_built_anew(
    settings: Settings, tmp_path: Path
) -> None:
    # What an edition of the program before wrote, whole by its checksum.
    path = _folder(settings) / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    del raw["checksum"]
    raw["vectors"]["main"]["sentences"] = raw["vectors"]["main"]["passages"]
    checksum = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
    path.write_text(json.dumps(raw | {"checksum": checksum}), encoding="utf-8")
    edition = r"manifest\.json: written by an earlier edition .*run 'footnote build'"
    with pytest.raises(IndexDamagedError, match=edition):
        Index.open(settings, ToyEncoder())
    assert build(settings, ToyEncoder(), packaged=tmp_path / "packaged").published
    assert Index.open(settings, ToyEncoder()).candidates("dogs bark", 1)


def test_the_store_refuses_a_passage_that_is_no_slice(settings: Settings) -> None:
    from index.versions.store import Store

    path = _folder(settings) / "store.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("UPDATE passages SET start = start + 1, finish = finish + 1 WHERE row = 0")
    db.close()
    with pytest.raises(IndexDamagedError, match="not in its text"):
        Store(path).check()


def test_the_article_that_a_question_cites_comes_first(tmp_path: Path) -> None:
    text = "# Treaty\n\n" + "\n\n".join(
        f"## Article {n}. Aims\n\nCats purr and dogs bark." for n in range(1, 46)
    )
    library = write_library(tmp_path / "packaged", {"one": text})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=8))
    encoder = ToyEncoder(dimension=2048)  # so that no number looks like a word
    build(settings, encoder, packaged=library)
    asked = Query("dogs bark article", provisions=frozenset({"44"}))
    found = Index.open(settings, encoder).candidates(asked, 2)
    assert ["Article 44." in one.passage.context for one in found] == [True, False]


def test_of_many_passages_that_are_alike_the_one_that_holds_the_number_comes_first(
    tmp_path: Path,
) -> None:
    lines = [f"Dogs bark in {n + 1000:,} houses." for n in range(45)]
    library = write_library(tmp_path / "packaged", {"one": "\n\n".join(lines)})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=5))
    build(settings, ToyEncoder(), packaged=library)
    asked = Query("dogs bark in houses", numbers=frozenset({"1044"}))
    assert "1,044" in Index.open(settings, ToyEncoder()).candidates(asked, 1)[0].passage.text
