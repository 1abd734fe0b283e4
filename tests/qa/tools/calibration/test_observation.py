"""Which questions are observed, and what the index says of them."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from corpus.settings import PassageSettings, Settings
from corpus.sources.library import Library
from index.build.build import build
from qa.answering.confidence import UNFITTED
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.evaluate.data.gold import GoldQuestion
from qa.tools.calibration.observation import observe, observed
from tests.toys import ToyEncoder, write_library


def test_a_fit_is_made_of_what_was_searched_and_needs_no_earlier_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=3))
    build(settings, ToyEncoder(), packaged=library)
    monkeypatch.setattr("qa.answering.weighing.calibration", None)  # there is none to be read
    row = {"kind": "fact", "split": "fit"}
    cats = {"source": "one", "pinpoint": "para. 1", "phrase": "Cats purr loudly"}
    questions = [
        GoldQuestion.model_validate(row | more)
        for more in (
            {"id": "a", "question": "Do cats purr loudly?", "answers": [cats]},
            {"id": "b", "question": "Who wrote Title of one?", "answers": []},
        )
    ]
    engine = Engine.open(settings, ToyEncoder(), fitted=UNFITTED)
    (only,) = observe(engine, questions)
    engine.close()
    assert only.question.id == "a"  # a record answers the other
    assert only.right == (True, False)  # of the two passages the first is on cats
    assert [len(one) for one in only.features] == [len(FEATURES)] * 2


def test_of_the_questions_of_training_those_of_the_tuning_part_are_asked_that_can_be(
    tmp_path: Path,
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=3))
    build(settings, ToyEncoder(), packaged=library)
    cats = {"source": "one", "pinpoint": "para. 1", "phrase": "Cats purr loudly"}
    rows: list[dict[str, object]] = [
        {"id": "fit", "split": "fit", "answers": [cats]},
        {"id": "tune", "split": "tune", "answers": [cats]},
        {"id": "unindexed", "split": "tune", "answers": [cats | {"source": "two"}]},
        {
            "id": "near",
            "kind": "near-miss",
            "split": "tune",
            "answers": [],
            "near": cats | {"source": "two"},
        },
    ]
    folder = tmp_path / "training"
    folder.mkdir()
    usual: dict[str, object] = {"question": "Do cats purr?", "kind": "fact"}
    lines = [json.dumps(usual | row) for row in rows]
    (folder / "cats.jsonl").write_text("\n".join(lines))
    engine = Engine.open(settings, ToyEncoder(), fitted=UNFITTED)
    told: list[tuple[int, int]] = []
    with_them, without = (
        observed(engine, _library(own), lambda _, done, total: told.append((done, total)))
        for own in (tmp_path, tmp_path / "none")
    )
    engine.close()
    assert [one.question.id for one in with_them.training.rows] == ["tune"]
    assert with_them.training.unindexed == 2
    assert without.training == ([], 0)
    assert told == [(0, 1), (1, 1), (0, 0)]


def _library(own: Path) -> Library:
    """One without labelled questions, whose folder is `own`."""
    return cast("Library", SimpleNamespace(gold=(), gold_home=None, own=own))
