"""A build does only what is needed: documents, passages and vectors are reused."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.settings import KindRow, PassageSettings, Settings, VectorSettings
from corpus.text.documents import Document
from index.build.build import build, plan_build
from index.build.plan import Plan
from index.build.progress import Progress
from index.build.work import Options, Part
from index.manifest import read_manifest
from index.models.encoder import Matrix
from index.versions.published import Versions
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "alpha": "# Alpha\n\n## First\n\nThe red fox runs. It sleeps at night.",
    "beta": "# Beta\n\nThe cat sat on the mat. Nobody saw the cat.",
    "gamma": "# Gamma\n\nGulls cry over the sea.",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "packaged", TEXTS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=8))


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of documents that are read from now on."""
    from corpus.readers import read_document as read

    keys = list[str]()

    def spy(key: str, path: Path, language: str) -> Document:
        keys.append(key)
        return read(key, path, language)

    monkeypatch.setattr("corpus.readers.read_document", spy)
    return keys


def _bytes(settings: Settings, version: str, name: str) -> bytes:
    return (Versions(settings.home).path(version) / name).read_bytes()


def test_the_plan_counts_documents_and_passages_before_anything_is_encoded(
    library: Path, settings: Settings
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    write_library(library, TEXTS | {"delta": "Deer graze. Dogs bark at the deer in the park."})
    (library / "gamma.md").unlink()
    (library / "beta.md").write_text(TEXTS["beta"] + " It slept.", encoding="utf-8")
    encoder = ToyEncoder()
    plans: list[tuple[Plan, int]] = []
    options = Options(on_plan=lambda plan: plans.append((plan, len(encoder.encoded))))
    build(settings, encoder, packaged=library, options=options)
    ((plan, encoded_before),) = plans
    assert encoded_before == 0
    # delta: 2 + 8 words exceed 8, so two passages; beta: "Nobody saw the cat. It slept." is a new
    # passage of 6 words, "The cat sat on the mat." was one before.
    assert str(plan) == "1 new, 1 changed, 1 unchanged, 1 removed: 3 passages to encode"
    assert (plan.new, plan.changed, plan.removed) == (("delta",), ("beta",), ("gamma",))


def test_a_dry_run_tells_the_plan_and_leaves_the_data_folder_as_it_is(
    library: Path, settings: Settings
) -> None:
    encoder = ToyEncoder()
    plan, problems = plan_build(settings, encoder, packaged=library)
    assert str(plan) == "3 new, 0 changed, 0 unchanged, 0 removed: 4 passages to encode"
    assert (encoder.encoded, problems) == ([], ())
    assert not settings.home.exists()
    build(settings, encoder, packaged=library)
    before = sorted(settings.home.rglob("*"))
    (library / "alpha.md").unlink()
    plan, _ = plan_build(settings, encoder, packaged=library)
    assert str(plan) == "0 new, 0 changed, 2 unchanged, 1 removed: 0 passages to encode"
    assert sorted(settings.home.rglob("*")) == before


def test_a_full_build_encodes_everything_and_publishes_the_same_vectors(
    library: Path, settings: Settings
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    encoder = ToyEncoder()
    again = build(settings, encoder, packaged=library, options=Options(full=True))
    assert again.published
    assert again.encoded == first.encoded == len(encoder.encoded) > 0
    assert _bytes(settings, again.version, "passages.faiss") == _bytes(
        settings, first.version, "passages.faiss"
    )


def test_a_full_build_that_was_cut_off_goes_on_but_takes_nothing_from_before(
    library: Path, settings: Settings
) -> None:
    many = {"zeta": " ".join(f"Sentence number {n} is here." for n in range(100))}
    write_library(library, TEXTS | many)
    build(settings, ToyEncoder(), packaged=library)

    class CutOff(ToyEncoder):
        def passages(self, texts: Sequence[str]) -> Matrix:
            if self.encoded:
                raise KeyboardInterrupt
            return super().passages(texts)

    cut_off, encoder = CutOff(), ToyEncoder()
    with pytest.raises(KeyboardInterrupt):
        build(settings, cut_off, packaged=library, options=Options(full=True))
    report = build(settings, encoder, packaged=library, options=Options(full=True))
    assert report.encoded + len(cut_off.encoded) == len({*encoder.encoded, *cut_off.encoded})
    assert not {*encoder.encoded} & {*cut_off.encoded}


def test_only_the_document_that_changed_is_read(
    library: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    (library / "beta.md").write_text("# Beta\n\nThe cat left.", encoding="utf-8")
    keys = _reads(monkeypatch)
    build(settings, ToyEncoder(), packaged=library)
    assert keys == ["beta"]


def test_another_program_reads_everything_anew_and_keeps_the_vectors(
    library: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    monkeypatch.setattr("index.build.work.program_hash", lambda: "another")
    keys, encoder = _reads(monkeypatch), ToyEncoder()
    assert build(settings, encoder, packaged=library).published
    assert (keys, encoder.encoded) == (["alpha", "beta", "gamma"], [])


def test_a_file_that_was_touched_without_a_change_of_its_text_publishes_nothing(
    library: Path, settings: Settings
) -> None:
    first = build(settings, ToyEncoder(), packaged=library)
    (library / "beta.md").write_text(TEXTS["beta"] + "\n\n\n", encoding="utf-8")
    again = build(settings, ToyEncoder(), packaged=library)
    assert (again.published, again.version) == (False, first.version)
    assert not Versions(settings.home).staging.exists()


def test_a_new_record_is_cited_by_documents_that_were_taken_over(
    library: Path, settings: Settings
) -> None:
    from corpus.text.documents import Span
    from index.search.search import Index

    write_library(library, {"alpha": "Foxes run (Doe, 2020). They sleep."})
    build(settings, ToyEncoder(), packaged=library)
    write_library(library, {"alpha": "Foxes run (Doe, 2020). They sleep.", "beta": "Cats sit."})
    (library / "sources.json").write_text(
        (library / "sources.json").read_text().replace('"Doe"', '"Roe"', 1)
    )  # alpha is by Roe now, so the reference can only mean beta
    build(settings, ToyEncoder(), packaged=library)
    index = Index.open(settings, ToyEncoder())
    assert [one.key for one in index.references("alpha", Span(0, 22))] == ["beta"]
    index.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            lambda s, _: (s, ToyEncoder(fingerprint="e" * 8)), "the model is another", id="model"
        ),
        pytest.param(
            lambda s, e: (
                s.model_copy(update={"passages": PassageSettings(min_words=8, max_words=20)}),
                e,
            ),
            "settings of the passages",
            id="settings",
        ),
    ],
)
def test_the_plan_says_why_unchanged_documents_are_encoded(
    library: Path,
    settings: Settings,
    change: Callable[[Settings, ToyEncoder], tuple[Settings, ToyEncoder]],
    reason: str,
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    other, encoder = change(settings, ToyEncoder())
    plan, _ = plan_build(other, encoder, packaged=library)
    assert plan.passages > 0
    assert reason in str(plan)


def test_a_model_that_changed_under_the_same_name_is_told_by_its_hash(
    library: Path, settings: Settings
) -> None:
    build(settings, ToyEncoder(), packaged=library)
    changed = ToyEncoder(fingerprint="e" * 8)
    report = build(settings, changed, packaged=library)
    assert report.published
    assert report.reused < report.passages
    assert len(changed.encoded) == report.encoded > 0


def test_a_vector_set_of_another_encoder_and_a_part_lie_in_the_version(
    library: Path, settings: Settings
) -> None:
    class Words(Part):
        name, fingerprint = "words", "1"

        def write(self, folder: Path, _progress: Progress, _full: bool) -> None:
            (folder / "words").mkdir()
            (folder / "words" / "list.txt").write_text("cat")

    other = ToyEncoder(name="other", dimension=16, fingerprint="o" * 8)
    plans: list[Plan] = []
    options = Options(on_plan=plans.append, encoders={"multilingual": other}, parts=[Words()])
    report = build(settings, ToyEncoder(), packaged=library, options=options)
    # Both models encode each passage, which is one passage all the same.
    assert plans[0].passages == report.passages
    manifest = read_manifest(Versions(settings.home).path(report.version))
    assert manifest.recipe.models["multilingual"].dimension == 16
    assert {"multilingual.passages.faiss", "words/list.txt"} <= set(manifest.files)
    assert manifest.recipe.parts == {"words": "1"}
    other.encoded.clear()
    build(settings, ToyEncoder(), packaged=library, options=options)
    (library / "beta.md").unlink()
    assert build(settings, ToyEncoder(), packaged=library, options=options).published
    assert other.encoded == []


def test_a_library_that_grows_past_a_row_of_the_table_changes_its_kind_of_search(
    library: Path, settings: Settings
) -> None:
    table = VectorSettings(kinds=(KindRow(up_to=50, kind="exact"), KindRow(kind="hnsw")))
    settings = settings.model_copy(update={"vectors": table})
    build(settings, ToyEncoder(), packaged=library)
    many = " ".join(f"Thing{n} number{n * n} meets item{n + 7}." for n in range(100))
    write_library(library, TEXTS | {"zeta": many})
    encoder = ToyEncoder()
    report = build(settings, encoder, packaged=library)
    manifest = read_manifest(Versions(settings.home).path(report.version))
    tables = manifest.vectors["main"]
    assert (tables.kind, tables.passages.float16) == ("hnsw", True)
    assert tables.passages.approximate is not None
    assert tables.passages.approximate.recall >= 0.95
    assert not any("fox" in text for text in encoder.encoded)
    # Back to exact: vectors in 16 bits are no exact ones, so they are encoded anew.
    (library / "zeta.md").unlink()
    again = build(settings, ToyEncoder(), packaged=library)
    assert again.reused < again.passages


def test_a_change_of_one_document_among_100_reads_and_encodes_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"word{n}" for n in range(997)]
    texts = {
        f"doc{d:03}": f"# Document {d}\n\n"
        + "\n\n".join(
            " ".join(
                " ".join(words[(d * 31 + p * 17 + s * 7 + w * w) % 997] for w in range(12)) + "."
                for s in range(6)
            ).capitalize()
            for p in range(6)
        )
        for d in range(100)
    }
    library = write_library(tmp_path / "packaged", texts)
    settings = Settings(home=tmp_path / "home")
    spy, read = ToyEncoder(), _reads(monkeypatch)
    full = build(settings, spy, packaged=library)
    assert len(read) == 100
    (library / "doc042.md").write_text(texts["doc042"] + "\n\nA new end.", encoding="utf-8")
    spy.encoded.clear()
    read.clear()
    again = build(settings, spy, packaged=library)
    assert read == ["doc042"]
    assert full.documents == again.documents == 100
    assert spy.encoded
    assert all(text.startswith("Title of doc042") for text in spy.encoded)
    assert len(spy.encoded) == again.encoded < 10
    shutil.rmtree(settings.home)
