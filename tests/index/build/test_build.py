import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import BusyError, DocumentError, IndexDamagedError, LibraryError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.manifest import ModelEntry, Recipe, content_hash, read_manifest
from index.models.encoder import Matrix
from index.search.search import Index
from index.versions.integrity import verify
from index.versions.published import Versions
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "alpha": "# Alpha\n\n## First\n\nThe red fox runs. It sleeps at night."
    "\n\n## Second\n\nBees fly.",
    "beta": "# Beta\n\nThe cat sat on the mat. Nobody saw the cat.",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "packaged", TEXTS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=8))


class _CutOff(ToyEncoder):
    """Is cut off after a number of batches, as by a kill."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.left = batches

    def passages(self, texts: Sequence[str]) -> Matrix:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().passages(texts)


def test_build_publishes_a_version_that_agrees_with_itself(
    library: Path, settings: Settings
) -> None:
    report = build(settings, ToyEncoder(), packaged=library)
    versions = Versions(settings.home)
    manifest = verify(versions.path(versions.current()))
    assert report.published
    assert manifest.id == report.version
    assert [entry.key for entry in manifest.documents] == ["alpha", "beta"]
    # alpha: 4 + 4 words under First make one passage of two sentences, Second one of one;
    # beta: 6 + 4 words exceed 8, so two passages of one.
    assert (manifest.passages, manifest.sentences) == (4, 5)
    assert not versions.staging.exists()


def test_manifest_holds_model_settings_hashes_and_checksums(
    library: Path, settings: Settings
) -> None:
    report = build(settings, ToyEncoder(), packaged=library)
    manifest = read_manifest(Versions(settings.home).path(report.version))
    assert manifest.model.model_dump() == {"name": "toy", "fingerprint": "f" * 8, "dimension": 64}
    assert manifest.settings == settings.passages
    assert all(len(entry.sha256) == 64 for entry in manifest.documents)
    assert set(manifest.files) == {"store.sqlite", "passages.faiss"}


def test_each_passage_is_encoded_once_and_no_sentence(library: Path, settings: Settings) -> None:
    encoder = ToyEncoder()
    report = build(settings, encoder, packaged=library)
    # The first has two sentences, which are read together and never alone.
    assert encoder.encoded == [
        "Title of alpha › First\nThe red fox runs. It sleeps at night.",
        "Title of alpha › Second\nBees fly.",
        "Title of beta\nThe cat sat on the mat.",
        "Title of beta\nNobody saw the cat.",
    ]
    assert (report.encoded, report.reused) == (4, 0)


def test_building_again_without_a_change_publishes_nothing(
    library: Path, settings: Settings
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    encoder = ToyEncoder()
    again = build(settings, encoder, packaged=library)
    assert (again.published, again.version, encoder.encoded) == (False, first.version, [])


def test_a_change_encodes_only_what_changed_and_a_removed_document_leaves(
    library: Path, settings: Settings
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    (library / "beta.md").unlink()
    changed = TEXTS["alpha"].replace("Bees fly.", "Bees buzz.")
    (library / "alpha.md").write_text(changed, encoding="utf-8")
    encoder = ToyEncoder()
    report = build(settings, encoder, packaged=library)
    assert encoder.encoded == ["Title of alpha › Second\nBees buzz."]
    assert (report.encoded, report.documents) == (1, 1)
    index = Index.open(settings, ToyEncoder())
    assert index.keys == ("alpha",)
    found = index.candidates("Bees buzz", 9)
    assert found[0].passage.text == "Bees buzz."


def test_vectors_taken_over_are_those_of_a_build_from_nothing(
    library: Path, settings: Settings, tmp_path: Path
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    (library / "alpha.md").write_text(TEXTS["alpha"] + " New words.", encoding="utf-8")
    one = build(settings, ToyEncoder(), packaged=library)
    fresh = Settings(home=tmp_path / "fresh", passages=settings.passages)
    other = build(fresh, ToyEncoder(), packaged=library)
    bytes_of = [
        (Versions(s.home).path(r.version) / "passages.faiss").read_bytes()
        for s, r in ((settings, one), (fresh, other))
    ]
    assert bytes_of[0] == bytes_of[1]


def test_the_order_of_records_changes_nothing(library: Path, settings: Settings) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    path = library / "sources.json"
    path.write_text(json.dumps(json.loads(path.read_text())[::-1]))
    assert build(settings, ToyEncoder(), packaged=library).version == first.version


def test_the_content_of_a_version_does_not_depend_on_the_order_of_documents() -> None:
    model = ModelEntry(name="m", fingerprint="f", dimension=3)
    recipe = Recipe(models={"main": model}, settings=PassageSettings(), program="p")
    documents, records = {"x": "a", "y": "b"}, {"x": "c", "y": "d"}
    first = content_hash(recipe, documents, records)
    turned = dict(reversed(documents.items())), dict(reversed(records.items()))
    assert first == content_hash(recipe, *turned)
    assert first != content_hash(recipe, {"x": "b", "y": "a"}, records)
    assert first != content_hash(recipe, documents, records | {"z": "e"})
    other = recipe.model_copy(update={"parts": {"lexical": "f"}})
    assert first != content_hash(other, documents, records)


def test_a_build_that_was_cut_off_leaves_the_old_version_and_goes_on_from_there(
    library: Path, settings: Settings
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    many = " ".join(f"Sentence number {n} is here." for n in range(200))
    (library / "beta.md").write_text(many, encoding="utf-8")
    cut_off = _CutOff(batches=2)
    with pytest.raises(KeyboardInterrupt):
        build(settings, cut_off, packaged=library)
    assert Index.open(settings, ToyEncoder()).manifest.id == first.version
    encoder = ToyEncoder()
    build(settings, encoder, packaged=library)
    # Two batches of 32 passages.
    assert len(cut_off.encoded) == 64
    assert not set(cut_off.encoded) & set(encoder.encoded)


def test_what_a_cut_off_build_left_broken_hinders_no_build(
    library: Path, settings: Settings
) -> None:
    staging = Versions(settings.home).staging
    (staging / "version" / "stray").mkdir(parents=True)
    (staging / "version" / "store.sqlite").write_bytes(b"half")
    (staging / "encoded.sqlite").write_bytes(b"no database at all, but long enough" * 9)
    assert build(settings, ToyEncoder(), packaged=library).published


@pytest.mark.parametrize("moment", ["rename", "replace"])
def test_a_crash_while_publishing_leaves_the_old_version_serving(
    library: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    (library / "beta.md").unlink()

    def crash(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, moment, crash)
        with pytest.raises(KeyboardInterrupt):
            build(settings, ToyEncoder(), packaged=library)
    assert Index.open(settings, ToyEncoder()).manifest.id == first.version
    second = build(settings, ToyEncoder(), packaged=library)
    assert Index.open(settings, ToyEncoder()).manifest.id == second.version != first.version


def test_a_staged_version_that_fails_its_check_is_not_published(
    library: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    (library / "beta.md").unlink()

    def refuse(_folder: Path) -> None:
        raise IndexDamagedError("bad")

    with monkeypatch.context() as patch:
        patch.setattr("index.build.build.verify", refuse)
        with pytest.raises(IndexDamagedError):
            build(settings, ToyEncoder(), packaged=library)
    assert Versions(settings.home).current() == first.version


def test_an_unreadable_document_is_reported_and_the_others_are_indexed(
    library: Path, settings: Settings
) -> None:
    (library / "beta.md").write_bytes(b"\xff\xfe\x00broken")
    report = build(settings, ToyEncoder(), packaged=library)
    assert report.documents == 1
    (problem,) = report.problems
    assert "beta.md: no text (byte 8 is not UTF-16)" in str(problem)


def test_a_library_without_a_readable_document_is_an_error(
    library: Path, settings: Settings
) -> None:
    for file in library.glob("*.md"):
        file.write_text(" ")
    with pytest.raises(DocumentError, match="no document could be read"):
        build(settings, ToyEncoder(), packaged=library)


def test_a_broken_registry_stops_the_build_and_keeps_the_index(
    library: Path, settings: Settings
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    (library / "sources.json").write_text("[{")
    with pytest.raises(LibraryError, match=r"sources\.json"):
        build(settings, ToyEncoder(), packaged=library)
    assert Versions(settings.home).current() == first.version


def test_a_second_build_at_the_same_time_is_refused(library: Path, settings: Settings) -> None:
    with (
        Versions(settings.home).building(),
        pytest.raises(BusyError, match=r"another build is running .*process \d+ on .*, since"),
    ):
        build(settings, ToyEncoder(), packaged=library)


def test_sources_of_the_user_join_those_of_the_package(library: Path, settings: Settings) -> None:
    write_library(settings.library, {"gamma": "Gulls cry over the sea."})
    report = build(settings, ToyEncoder(), packaged=library)
    assert report.documents == 3


def test_a_damaged_version_is_replaced_by_the_next_build(library: Path, settings: Settings) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    path = Versions(settings.home).path(first.version) / "passages.faiss"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(IndexDamagedError, match=r"passages\.faiss: \d+ bytes, expected"):
        Index.open(settings, ToyEncoder())
    second = build(settings, ToyEncoder(), packaged=library)
    assert second.published
    assert second.version != first.version
    assert Index.open(settings, ToyEncoder()).manifest.id == second.version
