import json
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.settings import Settings
from corpus.sources.library import PACKAGED, Library, texts_in
from corpus.sources.library_file import GoldFile
from tests.toys import toy_source


def folder(path: Path, *keys: str, title: str = "A toy") -> Path:
    path.mkdir()
    records = [toy_source(key, title).record for key in keys]
    (path / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    return path


def texts(path: Path, *names: str) -> Path:
    path.mkdir()
    for name in names:
        (path / name).write_text("x", encoding="utf-8")
    return path


def test_a_later_folder_replaces_the_record_of_the_same_key(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", "moss", "reed")
    second = folder(tmp_path / "b", "moss", "fern", title="Mine")
    sources = Library((first, second)).sources
    assert list(sources) == ["fern", "moss", "reed"]
    assert sources["moss"].title == "Mine"


def test_a_folder_of_the_user_needs_no_records(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", "moss")
    assert list(Library((first, tmp_path / "missing")).sources) == ["moss"]


def test_the_packaged_folder_must_have_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.sources.library.PACKAGED", tmp_path / "missing")
    with pytest.raises(LibraryError, match=r"missing/sources\.json: not readable \(No such file"):
        _ = Library.of(Settings(home=tmp_path)).sources


def test_a_data_folder_has_the_packaged_library_unless_it_is_turned_off(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert Library.of(settings).folders == (PACKAGED, tmp_path / "library")
    alone = Library.of(settings.model_copy(update={"packaged": False}))
    assert alone.folders == (tmp_path / "library",)
    assert alone.sources == {}
    assert alone.files == {}


def test_text_files_are_found_by_key_and_a_later_folder_wins(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", "moss", "reed")
    (first / "moss.md").write_text("x", encoding="utf-8")
    (first / "reed.md").write_text("x", encoding="utf-8")
    second = texts(tmp_path / "b", "reed.PDF", "c.xls")
    library = Library((first, second, tmp_path / "no"))
    assert list(library.files.items()) == [
        ("moss", first / "moss.md"), ("reed", second / "reed.PDF"),
    ]  # fmt: skip
    assert library.problems == ()


def test_a_data_file_is_that_of_the_last_folder_that_has_it(tmp_path: Path) -> None:
    first, second = texts(tmp_path / "a", "one.tsv", "two.tsv"), texts(tmp_path / "b", "two.tsv")
    library = Library((first, second))
    assert library.data_file("one.tsv") == first / "one.tsv"
    assert library.data_file("two.tsv") == second / "two.tsv"
    assert library.data_file("three.tsv") is None


def test_a_text_file_of_no_source_is_reported_and_left_out(tmp_path: Path) -> None:
    found = texts(tmp_path / "a", "x.md", "a.md", "README.md", ".b.md", "sources.json")
    files, problems = texts_in(found, {"a", ".b"})
    assert list(files) == ["a"]
    assert tuple(map(str, problems)) == (
        f"{found / 'x.md'}: no source has the key 'x'; add its record to "
        f"{found / 'sources.json'} or rename the file",
    )


def test_of_two_text_files_of_one_key_the_pdf_counts_and_the_other_is_reported(
    tmp_path: Path,
) -> None:
    found = texts(tmp_path / "a", "b.md", "b.pdf", "c.md")
    files, problems = texts_in(found, {"b", "c"})
    assert files == {"b": found / "b.pdf", "c": found / "c.md"}
    assert tuple(map(str, problems)) == (
        f"{found / 'b.md'}: b.pdf is the text of 'b' already; remove one of the two",
    )


def test_a_text_file_in_a_format_without_a_reader_is_reported(tmp_path: Path) -> None:
    found = texts(tmp_path / "a", "b.xls")
    files, problems = texts_in(found, {"b"})
    assert files == {}
    (problem,) = map(str, problems)
    assert problem.startswith(f"{found / 'b.xls'}: no reader for '.xls'; save it as one of .docx,")


@pytest.mark.parametrize("target", ["../secret.md", "nosuch.md", "."])
def test_a_link_that_leads_out_of_the_folder_is_left_out(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.md").write_text("x", encoding="utf-8")
    found = texts(tmp_path / "a", "c.md")
    (found / "b.md").symlink_to(target)
    (found / "d.md").symlink_to("c.md")
    files, problems = texts_in(found, set("bcd"))
    assert files == {"c": found / "c.md", "d": found / "d.md"}
    assert tuple(map(str, problems)) == (
        f"{found / 'b.md'}: a link that leads out of the folder; copy the file itself into it",
    )


def test_texts_of_a_folder_that_is_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"a: not readable \(Not a directory\)"):
        texts_in(tmp_path / "a", {"a"})


def test_labelled_questions_are_those_of_the_last_folder_with_what_is_said_of_them_there(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for home in (first, second):
        (home / "gold").mkdir(parents=True)
    for name in ("one", "two"):
        (first / "gold" / f"{name}.jsonl").write_text("")
    (first / "thresholds.toml").write_text("")
    (second / "library.toml").write_text("about = 'On herbs.'")
    library = Library((first, second))
    assert library.gold == tuple(
        (first / "gold" / f"{name}.jsonl", GoldFile(file=f"{name}.jsonl", group=name))
        for name in ("one", "two")
    )
    assert library.thresholds == first / "thresholds.toml"
    (second / "gold" / "own.jsonl").write_text("")
    (second / "library.toml").write_text("[[gold]]\nfile = 'own.jsonl'\ngroup = 'herbs'")
    library = Library((first, second))
    told = GoldFile(file="own.jsonl", group="herbs")
    assert library.gold == ((second / "gold" / "own.jsonl", told),)
    # The thresholds of other questions say nothing of these.
    assert library.thresholds is None


def test_without_labelled_questions_there_is_nothing_to_hold(tmp_path: Path) -> None:
    library = Library((texts(tmp_path / "a", "thresholds.toml"),))
    assert library.gold == ()
    assert library.thresholds is None
    assert library.calibration is None
