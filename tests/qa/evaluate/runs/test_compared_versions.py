"""Labelled questions asked of several versions of an index."""

from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.settings import PassageSettings, Settings
from corpus.wording import Message
from index.build.build import build
from qa.answering.engine import Engine
from qa.evaluate.data.datasets import Question, from_gold
from qa.evaluate.data.gold import GoldPlace, GoldQuestion, Split
from qa.evaluate.runs.compared_versions import run_versions
from tests.toys import ToyEncoder, write_library

FIRST = "# Foxes\n\nA fox eats grapes in autumn.\n\nNobody counted the cranes."
SECOND = "# Foxes\n\nA fox eats grapes in autumn.\n\nThe cranes leave in winter."


def _question(number: int, text: str, phrase: str = "") -> Question:
    places = (GoldPlace(source="foxes", pinpoint="para. 1", phrase=phrase),) if phrase else ()
    kind = "fact" if phrase else "other"
    gold = GoldQuestion(id=f"q{number}", question=text, kind=kind, split="measure", answers=places)
    return from_gold(gold, "toy")


ASKED = [
    _question(1, "What does a fox eat in autumn?", "eats grapes"),
    _question(2, "How deep is the ocean?"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[str]]:
    folder = Path(tmp_path_factory.mktemp("versions"))
    settings = Settings(
        home=folder / "home", threshold=0, passages=PassageSettings(min_words=1, max_words=8)
    )
    ids = []
    for text in (FIRST, SECOND):
        library = write_library(folder / "packaged", {"foxes": text})
        ids.append(build(settings, ToyEncoder(), packaged=library).version)
    return settings, ids


def test_each_version_is_asked_the_same_questions_and_compared_with_the_first(
    shop: tuple[Settings, list[str]],
) -> None:
    settings, ids = shop
    told: list[tuple[Message, int, int]] = []
    found = run_versions(
        ids,
        lambda version: Engine.open(settings, ToyEncoder(), version),
        progress=lambda *step: told.append(step),
        ask=lambda keys, _split: (ASKED, [Message(f"asked of {', '.join(keys)}")]),
    )
    assert [one.index_version for one in found.outcomes] == ids
    assert [[case.id for case in one.cases] for one in found.outcomes] == [["q1", "q2"]] * 2
    first = found.outcomes[0].figures["all"]
    assert first["first quotation"].value == 1.0
    assert {one.second for one in found.comparisons} == {ids[1]}
    assert all(one.difference == 0 for one in found.comparisons if one.measure == "first quotation")
    assert [*map(str, found.left_out)] == ["asked of foxes"]
    assert told[-1] == (Message.of("step.asking", setup=ids[1]), 2, 2)


def _nothing(_keys: object, _split: Split) -> tuple[list[Question], list[Message]]:
    return [], [Message("all left out")]


def test_without_a_version_or_a_question_an_error_says_so(
    shop: tuple[Settings, list[str]],
) -> None:
    settings, ids = shop

    def opened(version: str) -> Engine:
        return Engine.open(settings, ToyEncoder(), version)

    with pytest.raises(EvaluationError, match="choose at least one"):
        run_versions([], opened, _nothing)
    with pytest.raises(EvaluationError, match=r"no question .*all left out"):
        run_versions(ids, opened, ask=_nothing)
