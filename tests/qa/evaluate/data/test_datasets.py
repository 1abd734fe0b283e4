"""Labelled questions in one form, and as an engine takes them."""

import json
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from qa.answers import Answer, Fact
from qa.evaluate.data.datasets import Question, from_gold
from qa.evaluate.data.gold import GoldFact, GoldQuestion, read_gold
from qa.request import Request

ROW = {"id": "q", "question": "Who wrote it?", "kind": "fact", "split": "fit", "answers": []}


def _gold(**more: object) -> GoldQuestion:
    return GoldQuestion.model_validate(ROW | more)


def test_a_labelled_question_is_asked_with_its_history_and_of_its_sources() -> None:
    gold = _gold(history=["What is it?"])
    assert gold.request() == Request("Who wrote it?", ("What is it?",))
    assert gold.request(["a"]).sources == frozenset("a")
    asked = from_gold(gold, sources=("a", "b"))
    assert asked.request() == Request("Who wrote it?", ("What is it?",), frozenset({"a", "b"}))
    assert Question("q", "Why?").request() == Request("Why?")


def test_a_record_answers_a_question_without_places() -> None:
    gold = _gold(record={"source": "a", "field": "author"})
    assert gold.answerable
    assert gold.sources == frozenset()  # no text is needed
    assert from_gold(gold).answerable
    assert not from_gold(_gold()).answerable


def test_a_fact_of_that_source_and_field_alone_tells_the_label() -> None:
    label = GoldFact(source="a", field="author")
    for fact, tells in (
        (Fact("author", "Jane Doe", "a"), True),
        (Fact("author", "Jane Doe", "b"), False),
        (Fact("title", "A", "a"), False),
    ):
        answer = Answer("q", "q", 1.0, "sure", None, (), (), "v", 1.0, about=(fact,))
        assert label.told_by(answer) is tells
        assert Question("q", "q", record=label).told_by(answer) is tells
        assert not Question("q", "q").told_by(answer)


def test_a_record_is_read_from_a_gold_file_and_an_unknown_field_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(json.dumps(ROW | {"record": {"source": "a", "field": "date"}}))
    (question,) = read_gold(file)
    assert question.record == GoldFact(source="a", field="date")
    file.write_text(json.dumps(ROW | {"record": {"source": "a", "field": "color"}}))
    with pytest.raises(LibraryError, match="line 1"):
        read_gold(file)
