"""The questions that the reader learns from: their form, parts, counts and places."""

import os
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from corpus.law.pinpoints import pinpoint
from corpus.passages.units import units
from corpus.readers import read_document
from corpus.sources.library import GOLD_FOLDER, PACKAGED
from corpus.sources.registry import REGISTRY_FILE, read_registry
from corpus.text.documents import Document, Span
from qa.evaluate.data.gold import GoldPlace, GoldQuestion, read_gold
from tests.toys import SHARED

FOLDER = PACKAGED / "training"
FILES = {path.stem: read_gold(path) for path in sorted(FOLDER.glob("*.jsonl"))}
QUESTIONS = [question for rows in FILES.values() for question in rows]
TEXTS = tomllib.loads((FOLDER / "texts.toml").read_text(encoding="utf-8"))
MEASURED_ALONE = {"coe2005", "jvta2015"}
_ITEM = re.compile(r"\(|, (?:inserting|fracci|inciso|numeral|para\. )")


def _places(question: GoldQuestion) -> tuple[GoldPlace, ...]:
    return question.answers or ((question.near,) if question.near else ())


def _provision(place: GoldPlace) -> tuple[str, str]:
    """The article or section of a place, without its items."""
    return place.source, _ITEM.split(place.pinpoint)[0].strip()


def test_no_provision_lies_in_two_parts_unless_it_is_measured() -> None:
    """A question whose further answers lie elsewhere is measured, so nothing of it is learned."""
    parts = defaultdict(set)
    for question in QUESTIONS:
        parts[_provision(_places(question)[0])].add(question.split)
    fitted = {one for one, of in parts.items() if "fit" in of}
    assert {one for one in fitted if parts[one] != {"fit"}} == set()
    for question in QUESTIONS:
        if question.split == "fit":
            assert {_provision(one) for one in question.answers} <= fitted


def test_there_are_enough_of_each() -> None:
    learned = [one for one in QUESTIONS if one.answers[:1] or one.near]
    learned = [one for one in learned if _places(one)[0].source not in MEASURED_ALONE]
    assert sum(one.answerable for one in learned) >= 4000
    assert sum(not one.answerable for one in learned) >= 2000
    assert sum(bool(one.history) for one in learned) >= 380
    spanish = [
        one for one in QUESTIONS if one.language == "es" or _places(one)[0].source == "camara2014"
    ]
    assert len(spanish) >= 900
    kinds = Counter(one.kind for one in QUESTIONS)
    assert min(kinds.values()) >= 200


def test_two_laws_are_measured_alone() -> None:
    for key in MEASURED_ALONE:
        assert {one.split for one in FILES[key]} == {"measure"}
        assert sum(one.answerable for one in FILES[key]) >= 120


def test_ids_and_questions_are_unique() -> None:
    assert len({one.id for one in QUESTIONS}) == len(QUESTIONS)
    asked = Counter((one.question.casefold(), one.history) for one in QUESTIONS)
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_labeled_question_stands_in_another_part_of_these() -> None:
    parts = defaultdict(set)
    labeled = [row for path in (PACKAGED / GOLD_FOLDER).glob("*.jsonl") for row in read_gold(path)]
    for one in (*labeled, *QUESTIONS):
        parts[one.question.casefold(), one.history].add(one.split)
    assert [question for question, splits in parts.items() if len(splits) > 1] == []


def test_a_near_miss_has_the_place_that_it_misses_and_others_have_none() -> None:
    for question in QUESTIONS:
        assert question.answerable == (question.near is None), question.id
        assert (question.kind == "near-miss") == (question.near is not None), question.id
        assert (question.kind == "follow-up") <= bool(question.history), question.id


def _document(key: str) -> Document:
    if key in TEXTS:
        return read_document(key, SHARED / "sources" / "extra" / TEXTS[key]["file"], "en")
    source = read_registry(PACKAGED / REGISTRY_FILE)[key]
    own = PACKAGED / f"{key}.md"
    at_hand = sorted((SHARED / "sources").glob(f"{key}.*"))
    path: Path = own if own.exists() else at_hand[0]
    return read_document(key, path, source.language)


@pytest.mark.skipif(
    not (SHARED / "sources").exists() and "CI" not in os.environ, reason="no texts at hand"
)
@pytest.mark.slow
@pytest.mark.parametrize("key", FILES)
def test_each_place_stands_in_one_sentence_under_its_pinpoint(key: str) -> None:
    document = _document(key)
    sentences = defaultdict(list)
    for section in document.sections:
        start, end = section.body
        for unit in units(document.text[start:end], section.language):
            span = Span(start + unit.start, start + unit.end)
            sentences[pinpoint(document, span.start)].append(" ".join(document.cut(span).split()))
    for question in FILES[key]:
        for place in _places(question):
            holding = [one for one in sentences[place.pinpoint] if place.phrase in one]
            assert len(holding) == 1, question.id
