"""Rows of an evaluation are taken for what was asked alike, no more."""

from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from corpus.wording import Message
from index.build.build import build
from index.models.models import Models
from qa.answering.reader import OpenedReader
from qa.evaluate.data.datasets import DataSet, Question, Text
from qa.evaluate.measures.evaluation import Evaluation
from qa.evaluate.runs.data_sets import run_documents
from qa.evaluate.runs.gold import SHIPPED, run_gold
from qa.evaluate.runs.rows import CaseRows
from tests.toys import PhraseReader, ToyEncoder, write_library

ASKED = Question("q", "What do foxes eat?")
WITHOUT = OpenedReader(None, Message.of("reader.missing", reason="cut"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an index of a fox; models are toys."""
    for module in ("gold", "data_set_index"):
        name = f"qa.evaluate.runs.{module}.load_models"
        monkeypatch.setattr(name, lambda *_, **__: Models(ToyEncoder()))
    library = write_library(tmp_path / "packaged", {"fox": "# About\n\nFoxes eat red berries."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1))
    build(settings, ToyEncoder(), packaged=library)
    return settings.home


def _of_the_library(home: Path, rows: CaseRows) -> Evaluation:
    settings = Settings(home=home, passages=PassageSettings(min_words=1))
    return run_gold(settings, rows=rows, ask=lambda *_: ([ASKED], []))


def _of_a_data_set(home: Path, rows: CaseRows) -> Evaluation:
    question = Question("q", ASKED.text, grades={"d": 1})
    data = DataSet("toy", (question,), (Text("d", "Foxes eat red berries."),))
    return run_documents(data, [SHIPPED], home, multilingual=False, rows=rows)


@pytest.mark.parametrize("run", [_of_the_library, _of_a_data_set])
def test_rows_of_a_run_without_the_reader_are_none_of_a_run_with_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: object
) -> None:
    assert callable(run)
    reader, path = PhraseReader("red berries"), tmp_path / "rows.jsonl"
    for opened, others, written in (
        (WITHOUT, 0, 1),
        (WITHOUT, 0, 1),
        (OpenedReader(reader), 1, 2),
        (OpenedReader(reader), 1, 2),
    ):
        monkeypatch.setattr("qa.answering.engine.open_reader", lambda *_, one=opened: one)
        with CaseRows(path) as rows:
            run(home, rows)
            assert rows.others == others
        assert len(path.read_text(encoding="utf-8").splitlines()) == written
    assert reader.questions
