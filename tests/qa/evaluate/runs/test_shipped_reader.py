"""Figures that are held to thresholds are made with the reader that ships."""

import sys
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.settings import Settings
from qa.answering.reader import OpenedReader
from qa.cli.main import main
from qa.evaluate.runs.shipped_reader import need_reader
from tests.toys import PhraseReader


def test_a_bundled_reader_that_cannot_be_had_is_an_error_of_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    with pytest.raises(EvaluationError, match=r"reader cannot be had.*nowhere") as caught:
        need_reader(Settings(home=tmp_path))
    assert "\n" not in str(caught.value)


def test_settings_that_do_without_a_reader_are_taken_at_their_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    need_reader(Settings(home=tmp_path, reader="none"))


def test_a_reader_that_is_there_is_all_that_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenedReader(PhraseReader("x"))
    monkeypatch.setattr("qa.evaluate.runs.shipped_reader.open_reader", lambda *_: opened)
    need_reader(Settings(home=tmp_path))


def test_the_gate_holds_nothing_where_the_reader_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr("qa.evaluate.runs.gold.run_gold", None)
    line = ["footnote", "evaluate", "gold", "--gate", "--home", str(tmp_path / "home")]
    monkeypatch.setattr(sys, "argv", line)
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "reader cannot be had" in " ".join(capsys.readouterr().err.split())
