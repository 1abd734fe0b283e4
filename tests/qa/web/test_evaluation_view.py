"""The tab Evaluation: which questions went wrong, and how."""

import re
from html import unescape

import pytest

from corpus.wording import wording
from qa.answers import Certainty
from qa.evaluate.data.datasets import Question
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.web.evaluation_view import evaluation_view

EN = wording("en")


def _case(name: str, certainty: Certainty, *, answerable: bool, right: bool) -> Case:
    return Case(
        id=name,
        group="",
        kind="fact",
        answerable=answerable,
        scores={"right decision": float(right)},
        milliseconds=1.0,
        certainty=certainty,
        right=right,
        confidence=0.5,
    )


@pytest.fixture(scope="module")
def faults() -> dict[str, str]:
    """What is said of each question that went wrong."""
    cases = (
        _case("right and sure", "sure", answerable=True, right=True),
        _case("right and unsure", "unsure", answerable=True, right=True),
        _case("right and refused", "refused", answerable=True, right=True),
        _case("wrong and unsure", "unsure", answerable=True, right=False),
        _case("open and sure", "sure", answerable=False, right=False),
        _case("open and unsure", "unsure", answerable=False, right=False),
        _case("open and refused", "refused", answerable=False, right=False),
    )
    found = Evaluation("gold, part measure", 1, (Outcome("all", "all", cases),), ())
    asked = {case.id: Question(case.id, case.id) for case in cases}
    markup = unescape(evaluation_view(found, asked, ["fox"], EN))
    rows = re.findall(r'class="fault">(.*?)</span> <a [^>]*>(.*?)</a>', markup)
    return {question: fault for fault, question in rows}


def test_a_sure_answer_and_an_unsure_one_to_what_nothing_answers_are_different_faults(
    faults: dict[str, str],
) -> None:
    assert faults["open and sure"] == "sure, though nothing answers"
    assert faults["open and unsure"] == "unsure, though nothing answers"
    assert "open and refused" not in faults


def test_to_be_unsure_of_what_is_right_is_no_fault(faults: dict[str, str]) -> None:
    assert faults["right and refused"] == "refused"
    assert faults["wrong and unsure"] == "other words first"
    assert not {"right and sure", "right and unsure"} & faults.keys()
