"""Figures that are held to thresholds are made with the reader that ships."""

import sys
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.models.models import Models
from qa.answering.reader import OpenedReader
from qa.cli.main import main
from qa.evaluate.data.datasets import Question
from qa.evaluate.runs.gold import run_gold
from qa.evaluate.runs.setups import Setup
from qa.evaluate.runs.shipped_reader import need_reader
from tests.toys import PhraseReader, ToyEncoder, write_library


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
    assert need_reader(Settings(home=tmp_path)) is opened


@pytest.mark.parametrize(("stages", "reads"), [(("all", "-tokens"), True), (("-read",), False)])
def test_the_reader_that_is_needed_is_loaded_once_and_asked_by_set_ups_that_read(
    stages: tuple[str, ...], reads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"fox": "# About\n\nFoxes eat red berries."}
    library = write_library(tmp_path / "packaged", texts)
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1))
    build(settings, ToyEncoder(), packaged=library)
    monkeypatch.setattr("qa.evaluate.runs.gold.load_models", lambda *_: Models(ToyEncoder()))
    loaded: list[PhraseReader] = []

    def load(*_: object) -> PhraseReader:
        loaded.append(PhraseReader("red berries"))
        return loaded[-1]

    monkeypatch.setattr("qa.answering.reader.load_reader", load)
    setups = [Setup(name=one, stages=one) for one in stages]
    asked = Question("q", "What do foxes eat?")
    opened = need_reader(settings)
    run_gold(settings, setups, ask=lambda *_: ([asked], []), opened=opened)
    (reader,) = loaded
    assert bool(reader.questions) is reads


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
