import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.readers import read_document
from corpus.registry import PACKAGED
from qa.evaluate.calibrate import ARTICLE_GOLD
from qa.evaluate.gold import GoldQuestion, read_gold, resolve

QUESTIONS = read_gold(ARTICLE_GOLD) if ARTICLE_GOLD.exists() else ()


def test_ids_and_questions_are_unique() -> None:
    assert len(QUESTIONS) >= 140
    assert len({q.id for q in QUESTIONS}) == len(QUESTIONS)
    assert len({q.question.casefold() for q in QUESTIONS}) == len(QUESTIONS)


def test_each_kind_is_split_in_halves() -> None:
    halves = Counter((q.kind, q.split) for q in QUESTIONS)
    for kind in {q.kind for q in QUESTIONS}:
        assert abs(halves[kind, "fit"] - halves[kind, "measure"]) <= 1


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.answers], ids=lambda q: q.id)
def test_each_place_that_answers_can_be_found(question: GoldQuestion) -> None:
    for place in question.answers:
        document = read_document(place.source, Path(PACKAGED / f"{place.source}.md"), "en")
        span = resolve(document, place)
        assert document.cut(span) == place.phrase
        assert len(re.findall(r"\S+", place.phrase)) <= 8
