"""The files of a training set."""

from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from qa.tools.reader_training.training_set import (
    QUESTIONS_FILE,
    ReadPassage,
    RightPassage,
    TrainingQuestion,
    question_row,
    read_passages,
    read_questions,
    write_passages,
)

QUESTION = TrainingQuestion(
    "q1", "¿Qué?", "es", "fact", "fit", (RightPassage("p1", 0, 4),), ("p2",), ("p1", "p2")
)


def test_passages_and_questions_come_back_as_they_were_written(tmp_path: Path) -> None:
    passages = [ReadPassage(f"p{n}", "law", "es", "Ley", "Más.") for n in (2, 1)]
    write_passages(tmp_path, passages)
    (tmp_path / QUESTIONS_FILE).write_text(question_row(QUESTION), encoding="utf-8")
    assert list(read_passages(tmp_path)) == ["p1", "p2"]
    assert read_passages(tmp_path)["p2"] == passages[0]
    assert read_questions(tmp_path) == (QUESTION,)


def test_a_row_that_a_killed_run_cut_off_is_left_out_and_a_bad_one_named(tmp_path: Path) -> None:
    path = tmp_path / QUESTIONS_FILE
    path.write_text(question_row(QUESTION) + question_row(QUESTION)[:40], encoding="utf-8")
    assert read_questions(tmp_path) == (QUESTION,)
    path.write_text("{\n" + question_row(QUESTION), encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl, line 1"):
        read_questions(tmp_path)


def test_a_missing_set_names_the_command_that_writes_it(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="collect HOME FOLDER"):
        read_passages(tmp_path)
