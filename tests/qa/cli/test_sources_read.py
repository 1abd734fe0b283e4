"""`footnote sources read`: what it prints, at 80 columns and as JSON; it writes nothing."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from qa.cli.main import main

Command = Callable[..., int]
TEXT = (
    "# On gulls\n\nGulls cry. They fly.\n\n## At sea [1]\n\nWaves are high. Ships sink.\n\n"
    "## On land, where nobody who has ever had the pleasure would go for a walk in winter\n\n"
    "Nobody cries.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "gulls.md"
    file.write_text(TEXT)
    return file


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command with a data folder that is not there: exit code."""

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["footnote", "sources", "read", *arguments])
        monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "home"))
        with pytest.raises(SystemExit) as caught:
            main()
        return int(caught.value.code or 0)

    return run


def test_the_overview_names_title_counts_and_sections_at_80_columns(
    file: Path, read: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=80)
    monkeypatch.setattr("qa.cli.console.output", lambda: out)
    assert read(str(file)) == 0
    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    assert lines[0] == "gulls.md: “On gulls”"
    assert lines[1].startswith("no pages, 3 sections, 3 passages, 5 sentences, ")
    assert max(map(len, lines)) <= 80
    rows = [line.split() for line in lines if line.strip().startswith("2 ")]
    assert [(row[1], row[-2], row[-1]) for row in rows] == [("At", "1", "2"), ("On", "1", "1")]
    assert any("…" in line for line in lines)  # the long heading gave way


def test_in_a_file_no_heading_is_cut(
    file: Path, read: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(str(file)) == 0
    assert "would go for a walk in winter" in capsys.readouterr().out


def test_passages_and_sentences_come_with_place_and_offsets(
    file: Path, read: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(str(file), "--passages") == 0
    shown = capsys.readouterr().out
    assert "At sea [1], para. 1 [44:71]\nWaves are high. Ships sink.\n" in shown
    assert read(str(file), "--sentences") == 0
    shown = capsys.readouterr().out
    assert "At sea [1], para. 1 [44:59]\nWaves are high.\n" in shown
    assert "At sea [1], para. 1 [60:71]\nShips sink.\n" in shown


def test_a_section_is_shown_by_words_of_its_heading(
    file: Path, read: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(str(file), "--section", "at  SEA") == 0
    shown = capsys.readouterr().out
    assert "Waves are high. Ships sink." in shown
    assert "Gulls cry." not in shown
    assert read(str(file), "--section", "harbor") == 1
    assert "no heading of gulls.md holds “harbor”" in capsys.readouterr().err


def test_json_is_complete_and_its_offsets_are_exact(
    file: Path, read: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(str(file), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"sections": 3, "pages": 0, "sentences": 5, "passages": 3}
    for passage in told["passages"]:
        for one in (passage, *passage["sentences"]):
            assert told["text"][one["start"] : one["end"]] == one["text"]


def test_nothing_is_written(file: Path, read: Command, tmp_path: Path) -> None:
    assert read(str(file)) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["gulls.md"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nosuch.md"], 1, "nosuch.md: not readable"),
        (["a.xls"], 1, "no reader for '.xls'"),
        ([".", "--json", "--passages"], 2, "--json prints all"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    read: Command,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    assert read(*arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_help_has_an_example(read: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert read("--help") == 0
    assert "footnote sources read" in capsys.readouterr().out.split("Example", 1)[1]
