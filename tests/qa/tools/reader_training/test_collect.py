"""What an index puts before the reader, written down for training."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FootnoteError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.progress import silent
from index.models.models import Models
from qa.answering.engine import Engine
from qa.answering.reader import OpenedReader
from qa.tools.reader_training.collect import collect, main
from qa.tools.reader_training.training_set import QUESTIONS_FILE, read_passages, read_questions
from tests.toys import PhraseReader, ToyEncoder, write_library

PLACE = {"source": "fox", "pinpoint": "About, para. 1", "phrase": "eats red berries"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("collected")
    texts = {
        "fox": "# About\n\nThe fox runs all day. It eats red berries at night.",
        "owl": "# About\n\nThe owl hoots in old barns.",
    }
    passages = PassageSettings(min_words=1, max_words=6)
    settings = Settings(home=folder / "home", passages=passages, threshold=0)
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", texts))
    return settings


@pytest.fixture(scope="module")
def home(settings: Settings) -> Path:
    return settings.home


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[Engine]:
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


def test_a_question_that_does_not_point_back_is_learned_alone(
    engine: Engine, tmp_path: Path
) -> None:
    asked = "Which barns are old barns of owls?"
    row = {"id": "q1", "question": asked, "history": ["The fox?"]}
    collect(engine, [_file(tmp_path, row)], tmp_path / "set", silent)
    (found,) = read_questions(tmp_path / "set")
    assert found.text == asked


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


@pytest.fixture
def asked_as(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What runs in each engine that the command asks; models are toys."""
    parts: list[tuple[str, ...]] = []

    def collected(opened: Engine, *_: object) -> tuple[int, int]:
        parts.append(opened.parts)
        return 0, 0

    module = "qa.tools.reader_training.collect"
    monkeypatch.setattr("index.search.search.models_of_version", lambda *_: Models(ToyEncoder()))
    monkeypatch.setattr(f"{module}.load_settings", lambda _: settings)
    monkeypatch.setattr(f"{module}.collect", collected)
    monkeypatch.setattr(f"{module}.training_files", tuple)
    monkeypatch.setattr(f"{module}.OnnxReader", lambda _: PhraseReader("berries"))
    monkeypatch.setattr(
        "qa.answering.engine.open_reader", lambda *_: OpenedReader(PhraseReader("berries"))
    )
    return parts


def test_a_set_is_collected_without_the_reader_that_ships(
    home: Path, asked_as: list[tuple[str, ...]], tmp_path: Path
) -> None:
    main([str(home), str(tmp_path / "set")])
    assert len(asked_as) == 1
    assert "read" not in asked_as[0]


def test_candidates_of_a_trained_reader_are_a_set_of_their_own(
    home: Path, asked_as: list[tuple[str, ...]], tmp_path: Path
) -> None:
    trained = tmp_path / "reader"
    trained.mkdir()
    (trained / "model.onnx").write_bytes(b"weights")
    main([str(home), str(tmp_path / "renewed"), "--reader", str(trained)])
    assert "read" in asked_as[0]
    (tmp_path / "renewed" / QUESTIONS_FILE).touch()
    main([str(home), str(tmp_path / "renewed"), "--reader", str(trained)])  # goes on
    with pytest.raises(FootnoteError, match="give another folder"):
        main([str(home), str(tmp_path / "renewed")])
    first = tmp_path / "first"
    first.mkdir()
    (first / QUESTIONS_FILE).touch()  # begun before sets had a note
    with pytest.raises(FootnoteError, match="give another folder"):
        main([str(home), str(first), "--reader", str(trained)])
