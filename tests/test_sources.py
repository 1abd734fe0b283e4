import json
import os
import sys
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.imports import import_folder, remove_source, write_record
from corpus.readers import READERS, read_document
from corpus.registry import Source, read_registry
from corpus.settings import Settings
from index.build import build
from index.library import read_library
from index.search import Index
from qa.cli import main
from qa.states import states
from tests.toys import SHARED, ToyEncoder, toy_source

SUFFIXES = frozenset(READERS)


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
    library, texts = tmp_path / "library", tmp_path / "texts"
    texts.mkdir()
    sources = [toy_source("one")]
    (texts / "one.txt").write_text("Old words.")
    import_folder(texts, library, sources, SUFFIXES, read_document)
    (texts / "one.txt").unlink()
    (texts / "one.md").write_text("New words.")
    import_folder(texts, library, sources, SUFFIXES, read_document)
    assert [path.name for path in library.iterdir()] == ["one.md"]
    (texts / "one.md").write_text("  ")
    (bad,) = import_folder(texts, library, sources, SUFFIXES, read_document)
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
    assert "'roe2011' is taken by “On gulls”: give --key" in capsys.readouterr().err
    assert _run(monkeypatch, home, "remove", "roe2011") == 0
    assert "roe2011" not in read_library(Settings(home=home)).sources
    assert (home / "library" / "removed" / "roe2011.txt").read_text() == "Gulls cry over the sea."


def test_removing_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no text and no record of 'nosuch'"):
        remove_source(tmp_path, "nosuch", SUFFIXES)


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
    sources: list[Source] = list(read_library(settings).sources.values())
    import_folder(folder, settings.library, sources, SUFFIXES, read_document)
    build(settings, ToyEncoder())
    (settings.library / "un2000a.txt").write_text("Other words.")
    (settings.library / "ice2017.pdf").write_bytes(b"cut")
    found = {one.key: one for one in states(settings)}
    assert len(found) == 13
    assert found["un2000b"].state == "indexed"
    assert (found["un2000b"].words, found["un2000b"].passages) == (5, 1)
    assert found["un2000a"].state == "not indexed"
    assert found["ice2017"].state == "unreadable"
    assert "not a PDF" in (found["ice2017"].note or "")
    assert found["pope2012"].state == "record only"


def test_list_shows_each_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, tmp_path / "home", "list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 26  # a line of names, thirteen sources, twelve reasons
    assert "garza2011: the record has no address; import a file of it" in lines
    assert "dos2017: not fetched yet: run 'footnote sources fetch'" in lines
    assert ["delgado", "not", "indexed"] in [line.split()[:3] for line in lines]


def test_check_lists_references_that_no_source_answers_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home")
    write_record(settings.library, toy_source("one").record)
    (settings.library / "one.md").write_text("So it is (Poe, 1999). So it was (DOS, 2017).")
    build(settings, ToyEncoder())
    assert _run(monkeypatch, settings.home, "check", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"source": "one", "start": 9, "text": "(Poe, 1999)"}
    ]


def _shared() -> Path:
    if not SHARED.exists() and "CI" not in os.environ:
        pytest.skip(f"the texts of the cited sources are not at {SHARED / 'sources'}")
    return SHARED / "sources"


def test_the_five_cited_sources_at_hand_are_indexed_with_the_article(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    sources = list(read_library(settings).sources.values())
    import_folder(_shared(), settings.library, sources, SUFFIXES, read_document)
    report = build(settings, ToyEncoder())
    assert report.documents == 6
    assert report.problems == ()
    index = Index.open(settings, ToyEncoder())
    law = index.document("camara2014")
    assert (law.language, len(law.pages), law.pages[-1].label) == ("es", 60, "60")
    for key in index.keys:
        document = index.document(key)
        assert "".join(document.text[s.start : s.end] for s in document.sections) == document.text


# Key, words that stand once in the text, and where a reader of the text finds them.
PINPOINTS = [
    ("un2000a", "Producing a fraudulent travel or identity document", "Art. 6(1)(b)(i)"),
    ("un2000a", "Enabling a person who is not a national", "Art. 6(1)(c)"),
    ("un2000a", "attempting to commit an offence established", "Art. 6(2)(a)"),
    ("un2000a", "That entail inhuman or degrading treatment", "Art. 6(3)(b)"),
    ("un2000a", "Nothing in this Protocol shall prevent a State Party", "Art. 6(4)"),
    ("un2000a", "shall mean any type of water craft", "Art. 3(d)"),
    ("un2000a", "That is being used by a person other than", "Art. 3(c)(iii)"),
    ("un2000a", "States Parties shall cooperate to the fullest extent possible", "Art. 7"),
    ("un2000b", "shall mean the recruitment, transportation", "Art. 3(a)"),
    ("un2000b", "The consent of a victim of trafficking", "Art. 3(b)"),
    ("un2000b", "shall mean any person under eighteen", "Art. 3(d)"),
    ("un2000b", "To prevent and combat trafficking in persons, paying", "Art. 2(a)"),
    ("un2000b", "To promote cooperation among States Parties", "Art. 2(c)"),
    ("un2000b", "It shall be interpreted together with the Convention", "Art. 1(1)"),
    ("congress2017", "This Act may be cited as the", "sec. 1"),
    ("congress2017", "means an individual who has not attained 18", "sec. 3772(a)(1)"),
    ("congress2017", "a crime of violence; or", "sec. 3772(a)(2)(B)(i)"),
    ("congress2017", "a public defender's office", "sec. 3772(a)(5)(C)"),
    ("congress2017", "has the meaning given that term in section 16", "sec. 3772(a)(4)"),
    ("tvpa2000", "be provided protection if a victim’s safety", "sec. 107(c)(1)(C)"),
    ("tvpa2000", "has made a bona fide application for a visa", "sec. 107(b)(1)(E)(i)(II)(aa)"),
    ("tvpa2000", "testimony at proceedings against such persons", "sec. 107(b)(1)(E)(iii)(III)"),
    ("tvpa2000", "three percent for research, evaluation", "sec. 107(b)(2)(B)(i)"),
    ("tvpa2000", "shall have access to information about their rights", "sec. 107(c)(2)"),
    ("camara2014", "Toda acción u omisión dolosa de una o varias", "Artículo 10"),
    ("camara2014", "La adopción ilegal de persona menor", "Artículo 10, fracción VIII"),
    ("camara2014", "Tráfico de órganos, tejidos y células", "Artículo 10, fracción X"),
    ("camara2014", "dejándola sin capacidad de disponer", "Artículo 11"),
    ("camara2014", "Establecer los tipos penales en materia", "Artículo 2, fracción II"),
]


@pytest.mark.parametrize(("key", "words", "place"), PINPOINTS, ids=lambda value: str(value)[:30])
def test_pinpoints_of_the_cited_sources_are_those_read_from_the_texts(
    key: str, words: str, place: str
) -> None:
    from corpus.pinpoints import pinpoint

    file = next(
        _shared() / f"{key}{s}" for s in (".pdf", ".md") if (_shared() / f"{key}{s}").exists()
    )
    document = read_document(key, file, "es" if key == "camara2014" else "en")
    assert document.text.count(words) == 1
    assert pinpoint(document, document.text.index(words)) == place
