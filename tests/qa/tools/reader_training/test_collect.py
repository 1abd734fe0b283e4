"""What an index puts before the reader, written down for training."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.progress import silent
from qa.answering.engine import Engine
from qa.tools.reader_training.collect import collect
from qa.tools.reader_training.training_set import QUESTIONS_FILE, read_passages, read_questions
from tests.toys import ToyEncoder, write_library

PLACE = {"source": "fox", "pinpoint": "About, para. 1", "phrase": "eats red berries"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("collected")
    texts = {
        "fox": "# About\n\nThe fox runs all day. It eats red berries at night.",
        "owl": "# About\n\nThe owl hoots in old barns.",
    }
    passages = PassageSettings(min_words=1, max_words=6)
    settings = Settings(home=folder / "home", passages=passages, threshold=0)
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", texts))
    engine = Engine.open(settings, ToyEncoder())
    yield engine
    engine.close()


def _file(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    plain = {"kind": "fact", "split": "fit", "answers": [], "history": []}
    path.write_text("".join(f"{json.dumps(plain | row)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_question_comes_with_its_passage_its_words_and_its_candidates(
    engine: Engine, tmp_path: Path
) -> None:
    row = {"id": "q1", "question": "What does it eat?", "answers": [PLACE], "history": ["The fox?"]}
    assert collect(engine, [_file(tmp_path, row)], tmp_path / "set", silent) == (1, 0)
    (found,) = read_questions(tmp_path / "set")
    passages = read_passages(tmp_path / "set")
    (right,) = found.right
    assert passages[right.passage].text[right.start : right.end] == "eats red berries"
    assert found.text == "The fox? / What does it eat?"
    assert found.candidates
    assert set(found.candidates) <= passages.keys()


def test_a_near_miss_comes_with_the_passage_that_it_misses(engine: Engine, tmp_path: Path) -> None:
    row = {"id": "n1", "question": "Why does it eat berries?", "kind": "near-miss", "near": PLACE}
    collect(engine, [_file(tmp_path, row)], tmp_path / "set", silent)
    (found,) = read_questions(tmp_path / "set")
    (near,) = found.near
    assert not found.answerable
    assert "berries" in read_passages(tmp_path / "set")[near].text


def test_questions_that_the_set_holds_are_not_asked_again(engine: Engine, tmp_path: Path) -> None:
    first, second = ({"id": f"q{n}", "question": f"Where is owl {n}?"} for n in (1, 2))
    collect(engine, [_file(tmp_path, first)], tmp_path / "set", silent)
    before = (tmp_path / "set" / QUESTIONS_FILE).read_text(encoding="utf-8")
    collect(engine, [_file(tmp_path, first, second)], tmp_path / "set", silent)
    after = (tmp_path / "set" / QUESTIONS_FILE).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [one.id for one in read_questions(tmp_path / "set")] == ["q1", "q2"]


def test_a_row_that_a_killed_run_cut_off_is_written_anew(engine: Engine, tmp_path: Path) -> None:
    rows = [{"id": f"q{n}", "question": f"Where is owl {n}?"} for n in (1, 2)]
    collect(engine, [_file(tmp_path, *rows)], tmp_path / "set", silent)
    path = tmp_path / "set" / QUESTIONS_FILE
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    collect(engine, [_file(tmp_path, *rows)], tmp_path / "set", silent)
    assert path.read_bytes() == whole


def test_a_question_on_a_text_that_is_not_indexed_is_left_out(
    engine: Engine, tmp_path: Path
) -> None:
    row = {"id": "q1", "question": "What?", "answers": [PLACE | {"source": "elk"}]}
    assert collect(engine, [_file(tmp_path, row)], tmp_path / "set", silent) == (0, 1)
