"""What the confidence is computed from, by hand."""

import math

import pytest

from corpus.text.documents import Span
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.search.query import Candidate, Query
from index.versions.store import StoredPassage
from qa.answering.confidence_features import FEATURES, features
from qa.answering.extracts import extract
from qa.answering.reading import READ
from qa.question.terms import Terms

TEXT = "Mexico identified 740 victims in 2016."
SIGNALS = {"multilingual": 0.95, READ: 2.5}


def _features(
    question: str, signals: dict[str, float] | None = None, text: str = TEXT
) -> dict[str, float]:
    span = Span(0, len(text))
    passage = StoredPassage(0, "p0", "k", span, 0, None, "Title", text, (span,))
    given = SIGNALS if signals is None else signals
    candidates = [Candidate(passage, 0.9, (0.7,), 0.8, given)]
    (found,) = extract(candidates)
    values = features(Terms(Query(question)), found, candidates, EVERY_LANGUAGE)
    return dict(zip(FEATURES, values, strict=True))


def test_the_features_of_an_extract() -> None:
    found = _features("How many victims did Mexico identify in 2016?")
    assert found["reader"] == 2.5
    assert found["multilingual"] == pytest.approx(0.95)
    assert found["missing numbers"] == found["missing names"] == 0.0
    assert found["no number"] == 0.0


@pytest.mark.parametrize(("text", "expected"), [(TEXT, 0.0), ("In 2016 it identified some.", 1.0)])
def test_a_number_is_asked_for_and_another_than_the_year_must_be_quoted(
    text: str, expected: float
) -> None:
    assert _features("How many victims in 2016?", text=text)["no number"] == expected


def test_another_year_and_another_country_are_missing() -> None:
    found = _features("How many victims did Mexico and Guatemala identify in 2018?")
    assert found["missing numbers"] == 1.0
    assert found["missing names"] == 1.0


def test_what_is_missing_counts_twice_at_most() -> None:
    found = _features("Did Guatemala, Belize and Honduras identify 1, 15 or 1,000 in 2001?")
    assert found["missing names"] == found["missing numbers"] == 2.0


def test_what_was_not_read_or_not_compared_is_unknown() -> None:
    found = _features("How many victims?", {})
    assert math.isnan(found["reader"])
    assert math.isnan(found["multilingual"])


def _candidate(row: int, language: str = "en", **signals: float) -> Candidate:
    span = Span(0, len(TEXT))
    passage = StoredPassage(row, f"p{row}", "k", span, 0, None, "Title", TEXT, (span,))
    return Candidate(passage, 0.9, (0.7,), 0.8, signals, language=language)


def _logits(*candidates: Candidate, languages: Languages = EVERY_LANGUAGE) -> list[float]:
    terms = Terms(Query("How many?"))
    return [features(terms, one, candidates, languages)[0] for one in extract(candidates)]


def test_what_stands_behind_rejected_passages_is_no_likelier_than_they_are() -> None:
    read = (_candidate(0, reader=-3.0), _candidate(1, reader=-5.0))
    assert _logits(*read, _candidate(2)) == [-3.0, -5.0, -5.0]


def test_what_stands_behind_a_likely_answer_is_as_likely_as_not() -> None:
    assert _logits(_candidate(0, reader=6.0), _candidate(1)) == [6.0, 0.0]


@pytest.mark.parametrize("languages", [frozenset({"en", "es"}), EVERY_LANGUAGE])
def test_a_passage_in_another_language_that_the_reader_knows_is_as_likely_as_one_in_its_own(
    languages: Languages,
) -> None:
    likely, unlikely = _candidate(0, reader=6.0), _candidate(0, reader=-3.0)
    assert _logits(likely, _candidate(1, "es"), languages=languages) == [6.0, 0.0]
    assert _logits(unlikely, _candidate(1, "es"), languages=languages) == [-3.0, -3.0]


def test_a_passage_in_a_language_that_no_reader_knows_has_no_logit() -> None:
    given = (_candidate(0, reader=-3.0), _candidate(1, "es"))
    first, second = _logits(*given, languages=ENGLISH_ALONE)
    assert first == -3.0
    assert math.isnan(second)


def test_where_nothing_was_read_no_passage_has_a_logit() -> None:
    assert all(map(math.isnan, _logits(_candidate(0), _candidate(1))))
