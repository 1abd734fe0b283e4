import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.settings import Settings
from corpus.sources.library import Library
from corpus.sources.provenance import Provenance, note_provenance
from corpus.sources.registry import read_registry
from corpus.sources.user_library import import_folder, remove_source, write_record
from index.build.build import build
from index.build.scan import read_library
from index.search.search import Index
from qa.cli.main import main
from qa.library.source_states import states
from tests.toys import SHARED, ToyEncoder, toy_source, write_library


def _run(monkeypatch: pytest.MonkeyPatch, home: Path, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footnote", "sources", *arguments])
    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "un2000b.md").write_text("# Protocol\n\nThe States Parties agree.")
    (folder / "un2000a.txt").write_text("The States Parties to this Protocol agree.")
    (folder / "dos2017.pdf").write_bytes(b"%PDF cut")
    (folder / "nosuch.md").write_text("Words.")
    (folder / "ice2017.xls").write_bytes(b"x")
    (folder / "README.md").write_text("About.")
    return folder


def test_import_takes_what_can_be_read_and_says_why_not_of_the_rest(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run(monkeypatch, tmp_path / "home", "import", str(folder), "--json") == 0
    results = {Path(one["file"]).name: one for one in json.loads(capsys.readouterr().out)}
    assert {name for name, one in results.items() if one["key"]} == {"un2000a.txt", "un2000b.md"}
    assert "not a PDF" in results["dos2017.pdf"]["reason"]
    assert "no source has the key 'nosuch'" in results["nosuch.md"]["reason"]
    assert "no reader for '.xls'" in results["ice2017.xls"]["reason"]
    assert "README.md" not in results
    assert sorted(p.name for p in (tmp_path / "home" / "library").iterdir()) == [
        "un2000a.txt",
        "un2000b.md",
    ]


def test_an_import_replaces_the_former_text_and_a_bad_one_leaves_it(tmp_path: Path) -> None:
    library, texts = write_library(tmp_path / "library", {"one": ""}), tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text("Old words.")
    import_folder(texts, Library((library,)))
    (texts / "one.txt").unlink()
    (texts / "one.md").write_text("New words.")
    import_folder(texts, Library((library,)))
    assert sorted(path.name for path in library.iterdir()) == ["one.md", "sources.json"]
    (texts / "one.md").write_text("  ")
    (bad,) = import_folder(texts, Library((library,)))
    assert bad.key is None
    assert (library / "one.md").read_text() == "New words."


def test_an_import_of_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, tmp_path / "home", "import", str(tmp_path / "nosuch")) == 1
    assert "no folder" in capsys.readouterr().err


def test_add_writes_the_record_and_the_text_and_remove_keeps_them_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, file = tmp_path / "home", tmp_path / "a file.txt"
    file.write_text("Gulls cry over the sea.")
    added = ["add", str(file), "--title", "On gulls", "--author", "Roe, R.", "--year", "2011"]
    assert _run(monkeypatch, home, *added) == 0
    assert "added roe2011" in capsys.readouterr().out
    source = read_registry(home / "library" / "sources.json")["roe2011"]
    assert (source.title, source.year) == ("On gulls", 2011)
    assert source.record["author"] == [{"family": "Roe", "given": "R."}]
    assert "roe2011" in read_library(Settings(home=home)).documents
    assert _run(monkeypatch, home, *added) == 1
    assert "is there as 'roe2011': add the file as the text of" in capsys.readouterr().err
    other = ["On other gulls" if one == "On gulls" else one for one in added]
    assert _run(monkeypatch, home, *other) == 0
    assert "added roe2011b" in capsys.readouterr().out
    assert _run(monkeypatch, home, "remove", "roe2011") == 0
    assert "roe2011" not in read_library(Settings(home=home)).sources
    assert (home / "library" / "removed" / "roe2011.txt").read_text() == "Gulls cry over the sea."


def test_removing_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no text and no record of 'nosuch'"):
        remove_source(tmp_path, "nosuch")


def test_a_record_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    for title in ("Old", "New"):
        write_record(tmp_path, toy_source("one", title).record)
        write_record(tmp_path, toy_source("two", "Other").record)
    titles = {key: source.title for key, source in read_registry(tmp_path / "sources.json").items()}
    assert titles == {"one": "New", "two": "Other"}


def test_states_tell_indexed_from_new_unreadable_and_record_only(
    folder: Path, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home")
    import_folder(folder, Library.of(settings))
    build(settings, ToyEncoder())
    (settings.library / "un2000a.txt").write_text("Other words.")
    (settings.library / "ice2017.pdf").write_bytes(b"cut")
    found = {one.key: one for one in states(settings)}
    assert len(found) == 13
    assert found["un2000b"].state == "indexed"
    assert (found["un2000b"].words, found["un2000b"].passages) == (5, 1)
    assert found["un2000a"].state == "not indexed"
    assert found["ice2017"].state == "unreadable"
    assert "not a PDF" in str(found["ice2017"].note)
    assert found["pope2012"].state == "record only"


def test_check_lists_references_that_no_source_answers_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home")
    write_record(settings.library, toy_source("one").record)
    text = "So it is (Poe, 1999). So it was (DOS, 2017).\n\nAnd others say so [3, 4]."
    (settings.library / "one.md").write_text(text)
    build(settings, ToyEncoder())
    assert _run(monkeypatch, settings.home, "check", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"source": "one", "start": 9, "pinpoint": "para. 1", "text": "(Poe, 1999)"},
        {"source": "one", "start": 64, "pinpoint": "para. 2", "text": "[3, 4]"},
    ]
    assert _run(monkeypatch, settings.home, "check") == 0
    printed = capsys.readouterr()
    assert printed.out == "one, para. 1: (Poe, 1999)\none, para. 2: [3, 4]\n"
    assert printed.err == "2 references without a source\n"


def test_check_finds_nothing_unresolved_in_the_article(
    article: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, article.home, "check", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_without_an_index_names_the_command_that_makes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, tmp_path / "home", "check") == 1
    assert "run 'footnote build'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("apa", "U.S. Department of State. (2017). 2017 Trafficking"),
        ("mla", "U.S. Department of State. 2017 Trafficking"),
        ("chicago", "U.S. Department of State. 2017. 2017 Trafficking"),
        ("bibtex", "@techreport{dos2017,"),
        ("ris", "ID  - dos2017"),
        ("csl-json", '"id": "dos2017"'),
    ],
)
def test_cite_prints_the_named_sources_in_each_form(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    style: str,
    shown: str,
) -> None:
    assert _run(monkeypatch, tmp_path, "cite", "dos2017", "pope2012", "--style", style) == 0
    printed = capsys.readouterr().out
    assert shown in printed
    assert "Pope" in printed
    assert "Garza" not in printed


def test_cite_without_keys_prints_the_whole_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, tmp_path, "cite") == 0
    assert len(capsys.readouterr().out.splitlines()) == 13


def test_cite_gives_what_an_answer_quotes_with_its_places_and_the_day_of_the_fetch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = b"The States Parties agree."
    library = tmp_path / "library"
    library.mkdir()
    (library / "un2000b.md").write_bytes(text)
    entry = Provenance(
        tried="2026-01-05",
        address="https://x.org/a",
        sha256=hashlib.sha256(text).hexdigest(),
        retrieved="2026-01-05",
    )
    note_provenance(library, "un2000b", entry)
    note_provenance(library, "un2000a", entry)  # its text is not here any more
    quotes = [
        {"source": "un2000b", "pinpoint": "Art. 3(a)", "page": None},
        {"source": "un2000a", "pinpoint": "Art. 6", "page": "4"},
    ]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"quotes": quotes}))
    assert _run(monkeypatch, tmp_path, "cite", "delgado", "--quotes", str(file)) == 0
    delgado, smuggling, palermo = capsys.readouterr().out.splitlines()
    assert delgado.startswith("Delgado")
    assert smuggling.endswith("[Cited: Art. 6, p. 4]")
    assert "Retrieved" not in smuggling
    assert "Retrieved January 5, 2026, from http://www.ohchr.org/" in palermo
    assert palermo.endswith("[Cited: Art. 3(a)]")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["cite", "nosuch"], 1, "no source nosuch"),
        (["cite", "--style", "x"], 2, "no style 'x'"),
        (["cite", "--quotes", "nosuch.json"], 1, "nosuch.json: not readable"),
    ],
)
def test_cite_refuses_what_it_does_not_know(  # noqa: PLR0917
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    assert _run(monkeypatch, tmp_path, *arguments) == code
    assert message in capsys.readouterr().err


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose engine is a toy, with a text that cites another."""
    from qa.answering.engine import Engine

    settings = Settings(home=tmp_path / "home")
    write_record(settings.library, toy_source("essay").record)
    report = toy_source("gulls", author=[{"family": "Roe"}], issued={"date-parts": [[2011]]})
    write_record(settings.library, report.record)
    (settings.library / "essay.md").write_text(
        "Inspectors counted 740 gulls over the harbor (Roe, 2011). Bakers rest here (DOS, 2017)."
    )
    (settings.library / "gulls.md").write_text("Inspectors counted 740 gulls over the harbor.")
    build(settings, ToyEncoder())
    opened = Engine.open(settings, ToyEncoder())
    monkeypatch.setattr(Engine, "open", lambda _: opened)
    return settings.home


def test_follow_prints_each_claim_with_its_passage_or_the_reason(
    followed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, followed, "follow", "essay") == 0
    printed = capsys.readouterr().out
    assert "“Inspectors counted 740 gulls over the harbor (Roe, 2011).”" in printed
    assert "gulls, para. 1 (" in printed
    assert "dos2017: The text of the cited source is not in the index." in printed
    assert "2 claims with a reference: 1 supported, 0 not, 1 cite a source that is" in printed


def test_follow_prints_json(
    followed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, followed, "follow", "essay", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["key"], row["supported"]) for row in rows] == [("gulls", True), ("dos2017", False)]


def test_follow_of_what_is_not_indexed_names_what_is(
    followed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, followed, "follow", "nosuch") == 1
    assert (
        "no indexed source 'nosuch'; indexed are delgado, essay, gulls" in capsys.readouterr().err
    )


def _shared() -> Path:
    if not SHARED.exists() and "CI" not in os.environ:
        pytest.skip(f"the texts of the cited sources are not at {SHARED / 'sources'}")
    return SHARED / "sources"


@pytest.mark.slow
def test_the_five_cited_sources_at_hand_are_indexed_with_the_article(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    import_folder(_shared(), Library.of(settings))
    report = build(settings, ToyEncoder())
    assert report.documents == 6
    assert report.problems == ()
    index = Index.open(settings, ToyEncoder())
    law = index.document("camara2014")
    assert (law.language, len(law.pages), law.pages[-1].label) == ("es", 60, "60")
    for key in index.keys:
        document = index.document(key)
        assert "".join(document.text[s.start : s.end] for s in document.sections) == document.text
