"""What list, doctor and page say of the twelve cited sources."""

import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from corpus.errors import LibraryError
from corpus.fetching.addresses import NO_ADDRESS
from corpus.settings import Settings
from corpus.sources.library import PACKAGED, Library
from corpus.sources.provenance import Provenance, note_provenance
from corpus.sources.user_library import write_record
from corpus.wording import Message, wording
from index.build.build import build
from qa.cli.diagnosis import diagnose
from qa.cli.fetch_progress import fetch_progress
from qa.cli.main import main
from qa.cli.sources_table import show_sources
from qa.library.coverage import (
    NOT_BUILT,
    NOT_FETCHED,
    CitedSourceState,
    Coverage,
    read_coverage,
    retrieved,
)
from qa.library.source_states import source_inventory, states
from qa.web.chat.masthead import masthead
from tests.toys import ToyEncoder, toy_source

CITED = sorted(set(Library((PACKAGED,)).sources) - {"delgado"})

EN = wording("en")
MAIN = {"en": "the article", "es": "el artículo"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def _coverage(
    indexed: int, total: int = 12, note: Message = NOT_FETCHED, **fields: int
) -> Coverage:
    cited = [
        CitedSourceState(f"k{n}", f"T{n}", n < indexed, None if n < indexed else note)
        for n in range(total)
    ]
    return Coverage(tuple(cited), MAIN, main_indexed=True, **fields)


def test_nothing_is_indexed_before_the_first_build(settings: Settings) -> None:
    coverage = read_coverage(settings)
    assert [one.key for one in coverage.cited] == CITED
    assert coverage.summary == "0 of the 12 sources that the article cites"


def test_the_shelf_tells_which_are_indexed_and_why_the_others_are_not(settings: Settings) -> None:
    library = settings.library
    library.mkdir(parents=True)
    (library / "un2000a.md").write_text("The States Parties agree.")
    write_record(library, toy_source("mine").record)
    (library / "mine.md").write_text("My own words.")
    build(settings, ToyEncoder())
    (library / "un2000b.md").write_text("New words.")
    note_provenance(
        library, "dos2017", Provenance(tried="2026-01-05", reason=Message("answered 404"))
    )
    coverage = read_coverage(settings)
    assert (
        coverage.summary
        == "the article and 1 of the 12 sources that it cites, and 1 that you added"
    )
    notes = {one.key: one.note for one in coverage.cited}
    assert notes["un2000a"] is None
    assert notes["un2000b"] == NOT_BUILT
    assert str(notes["dos2017"]) == "tried 2026-01-05: answered 404"
    assert notes["garza2011"] == notes["pope2012"] == NO_ADDRESS
    assert notes["ice2017"] == NOT_FETCHED


@pytest.mark.parametrize(
    ("coverage", "step"),
    [
        (_coverage(12), None),
        (_coverage(5, note=NOT_BUILT), "'footnote build' adds the rest"),
        (
            _coverage(5),
            "'make library' (or 'footnote sources fetch' and 'footnote build') adds what can be "
            "had; without a network: 'footnote sources import FOLDER' and 'footnote build'",
        ),
    ],
)
def test_the_step_is_the_one_that_adds_the_rest(coverage: Coverage, step: str | None) -> None:
    assert coverage.step == step


def test_a_broken_record_of_fetches_stops_no_chat_and_is_a_fault_of_doctor(
    settings: Settings,
) -> None:
    settings.library.mkdir(parents=True)
    (settings.library / "fetched.json").write_text("{")
    assert len(read_coverage(settings).cited) == 12
    with pytest.raises(LibraryError, match=r"fetched\.json: not readable"):
        states(settings)
    faults = [one.message for one in diagnose(settings) if one.state == "fault"]
    assert any("fetched.json: not readable" in message for message in faults)


def test_doctor_names_the_cited_sources_that_are_indexed_and_the_step(settings: Settings) -> None:
    settings.library.mkdir(parents=True)
    (settings.library / "un2000a.md").write_text("The States Parties agree.")
    build(settings, ToyEncoder())
    (note,) = (one for one in diagnose(settings) if one.message.startswith("indexed: "))
    assert note.state == "note"
    assert "the article and 1 of the 12 sources that it cites (un2000a); not: cam" in note.message
    assert note.message.endswith(f": {_coverage(1).step}")


def test_list_tells_state_reason_and_step(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.library.mkdir(parents=True)
    (settings.library / "stray.md").write_text("Words.")
    monkeypatch.setattr(sys, "argv", ["footnote", "sources", "list", "--home", str(settings.home)])
    with pytest.raises(SystemExit):
        main()
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].split() == "key state words passages language pages of sha256 title".split()
    assert [line.split()[0] for line in lines[1:14]] == sorted([*CITED, "delgado"])
    # In a pipe no title is cut, however long.
    assert Library((PACKAGED,)).sources["camara2014"].title in lines[1]
    assert "garza2011, pope2012: the record has no address; import a file of it" in lines
    assert any(line.endswith(f"unodc2008: {NOT_FETCHED}") for line in lines)
    assert "delgado: new or changed since the last build: run 'footnote build'" in lines
    assert lines[-2] == "Indexed: 0 of the 12 sources that the article cites."
    assert lines[-1].startswith("'make library'")
    assert "stray.md: no source has the key 'stray'" in printed.err


def _listed(settings: Settings, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    out = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width)
    monkeypatch.setattr("qa.cli.console.output", lambda: out)
    show_sources(source_inventory(settings), read_coverage(settings))
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


@pytest.mark.parametrize("width", [110, 120, 200])
def test_a_wide_terminal_gets_a_table_in_which_only_titles_are_cut(
    settings: Settings, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, ToyEncoder())
    lines = _listed(settings, width, monkeypatch).splitlines()
    table = lines[:14]
    assert max(map(len, table)) <= width
    (found,) = (one for one in states(settings) if one.key == "delgado")
    row = next(line for line in table if line.startswith("delgado")).split()
    told = ["delgado", "indexed", "2,178", str(found.passages), "en", (found.sha256 or "")[:12]]
    assert row[:7] == [*told, "Human"]
    keys = [line.split()[0] for line in table[1:]]
    assert keys == sorted([*CITED, "delgado"])


@pytest.mark.parametrize("width", [40, 60, 80, 109])
def test_a_narrow_terminal_gets_every_word_one_source_below_the_other(
    settings: Settings, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, ToyEncoder())
    shown = _listed(settings, width, monkeypatch)
    words = " ".join(shown.split())
    assert "…" not in shown
    for key, source in Library((PACKAGED,)).sources.items():
        assert key in words
        assert source.title in words
    sha256 = next(one.sha256 for one in states(settings) if one.key == "delgado")
    assert f"2,178 words, {_passages(settings)} passages, en, sha256 {(sha256 or '')[:12]}" in words


def _passages(settings: Settings) -> int | None:
    return next(one.passages for one in states(settings) if one.key == "delgado")


def test_a_download_shows_a_bar_on_a_terminal_that_is_gone_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = Console(file=io.StringIO(), force_terminal=True, width=80)
    monkeypatch.setattr("qa.cli.console.errors", lambda: out)
    with fetch_progress("dos2017") as watch:
        watch("https://x.org", 500_000, 1_000_000)
    assert isinstance(out.file, io.StringIO)
    shown = out.file.getvalue()
    assert "dos2017" in shown
    assert "0.5/1.0 MB" in shown
    assert shown.endswith("\x1b[2K")  # the line is cleared


def test_a_download_says_plain_lines_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.cli.fetch_progress._SECONDS_A_LINE", -1.0)
    with fetch_progress("dos2017") as watch:
        watch("https://x.org", 500_000, 1_000_000)
        watch("https://x.org", 600_000, None)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "fetching dos2017 …", "dos2017: 0.5 of 1.0 MB", "dos2017: 0.6 MB",
    ]  # fmt: skip


def test_pages_without_text_are_told(settings: Settings) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_font("Helvetica", size=9)
    for words in ("Gulls cry over the harbor at dawn.", "", "Ferries run late in winter."):
        pdf.add_page()
        pdf.text(20, 20, words)
    settings.library.mkdir(parents=True)
    (settings.library / "dos2017.pdf").write_bytes(bytes(pdf.output()))
    build(settings, ToyEncoder())
    (found,) = (one for one in states(settings) if one.key == "dos2017")
    assert str(found.note) == "no text on 1 of 3 pages, blank or scanned: 2"


def test_a_date_of_access_needs_the_text_that_was_fetched(settings: Settings) -> None:
    settings.library.mkdir(parents=True)
    entry = Provenance(
        tried="2026-01-05", address="https://x.org", sha256="0", retrieved="2026-01-05"
    )
    note_provenance(settings.library, "un2000b", entry)
    assert retrieved(settings) == {}


def test_the_head_of_the_page_escapes_titles_and_reasons() -> None:
    evil = "<img src=x onerror=alert(1)>"
    coverage = Coverage(
        cited=(
            CitedSourceState("a", evil, False, Message(evil)),
            CitedSourceState("b", evil, True, None),
        ),
    )
    head = masthead([evil], coverage, EN)
    assert "<img" not in head
    assert head.count("&#60;img src") == 3
    assert "<img" not in masthead([evil], None, EN)


def test_the_head_offers_no_step_where_all_is_indexed_and_only_a_build_where_that_is_missing() -> (
    None
):
    assert "All of them are indexed&#46;" in masthead([], _coverage(12), EN)
    assert "make library" not in masthead([], _coverage(12), EN)
    assert "make library" not in masthead([], _coverage(3, note=NOT_BUILT), EN)
    assert "footnote build" in masthead([], _coverage(3, note=NOT_BUILT), EN)


def test_json_of_the_list_has_every_field(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["footnote", "sources", "list", "--json", "--home", str(settings.home)]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit):
        main()
    rows = json.loads(capsys.readouterr().out)
    fields = (
        "key title state words passages language pages sha256 date file note address retrieved"
    ).split()
    assert all(list(row) == fields for row in rows)
