"""Labelled questions are asked as readers ask them: what a record answers is measured, too."""

import json
from collections.abc import Iterator

import pytest

from corpus.errors import DocumentError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from qa.answering.engine import Engine
from qa.evaluate.data.datasets import AnswerPlace, Question
from qa.evaluate.data.gold import GoldFact
from qa.evaluate.runs.ask_question import MeasuredEngine
from tests.toys import ToyEncoder, toy_source, write_library

WHO = "Who wrote Title of fox?"
AUTHOR = GoldFact(source="fox", field="author")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on two toys that refuses all that it searches; the owl has no known author."""
    folder = tmp_path_factory.mktemp("records")
    texts = {"fox": "# About\n\nThe fox runs all day.", "owl": "# About\n\nThe owl hoots."}
    library = write_library(folder / "packaged", texts)
    records = [
        json.loads(toy_source("fox", "Title of fox").csl),
        json.loads(toy_source("owl", "Title of owl", author=[]).csl),
    ]
    (library / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    passages = PassageSettings(min_words=1, max_words=8)
    settings = Settings(home=folder / "home", passages=passages, threshold=1)
    build(settings, ToyEncoder(), packaged=library)
    engine = Engine.open(settings, ToyEncoder())
    yield engine
    engine.close()


def test_what_readers_are_told_from_a_record_is_measured_as_that(asked: Engine) -> None:
    case = MeasuredEngine(asked).case(Question("q", WHO))
    # The search refuses everything; the record tells an author though nothing is labelled.
    assert (case.answered, case.confidence, case.right) == (True, 1.0, False)
    assert case.scores == {"right decision": 0.0}
    assert case.found == ()


def test_a_question_that_a_record_answers_is_right_where_that_record_tells_it(
    asked: Engine,
) -> None:
    case = MeasuredEngine(asked).case(Question("q", WHO, record=AUTHOR))
    assert (case.answerable, case.answered, case.right, case.confidence) == (True, True, True, 1.0)
    assert case.scores == {"right decision": 1.0}


@pytest.mark.parametrize(
    "record", [GoldFact(source="fox", field="date"), GoldFact(source="owl", field="author")]
)
def test_another_field_or_source_than_the_labelled_one_is_wrong(
    asked: Engine, record: GoldFact
) -> None:
    case = MeasuredEngine(asked).case(Question("q", WHO, record=record))
    assert (case.answered, case.right) == (True, False)
    assert case.scores == {"right decision": 0.0}


def test_a_labelled_record_that_is_searched_for_instead_is_wrong(asked: Engine) -> None:
    case = MeasuredEngine(asked).case(
        Question("q", "Whose words on the fox are these?", record=AUTHOR)
    )
    assert (case.answered, case.right) == (False, False)
    assert case.scores["right decision"] == 0.0
    assert case.found  # it was searched


def test_a_question_on_the_text_that_is_answered_from_a_record_finds_nothing(
    asked: Engine,
) -> None:
    place = AnswerPlace("fox", "runs all day")
    case = MeasuredEngine(asked).case(Question("q", WHO, grades={"fox": 1}, places=(place,)))
    assert (case.answered, case.right) == (True, False)
    for score in ("right decision", "first quotation", "one of three", "nDCG@10", "passage AP"):
        assert case.scores[score] == 0.0


def test_to_refuse_what_a_record_lacks_is_right(asked: Engine) -> None:
    case = MeasuredEngine(asked).case(Question("q", "Who wrote Title of owl?"))
    assert (case.answered, case.right, case.confidence) == (False, False, 0.0)
    assert case.scores == {"right decision": 1.0}


def test_first_words_that_a_record_comes_with_are_checked_as_quotations(asked: Engine) -> None:
    label = GoldFact(source="fox", field="about")
    case = MeasuredEngine(asked).case(Question("q", "What is Title of fox about?", record=label))
    assert (case.answered, case.right) == (True, True)
    assert case.scores == {"exact slices": 1.0, "right decision": 1.0}


def test_a_label_of_an_unknown_source_is_an_error(asked: Engine) -> None:
    label = GoldFact(source="nosuch", field="author")
    with pytest.raises(DocumentError, match="no source 'nosuch'"):
        MeasuredEngine(asked).case(Question("q", WHO, record=label))
