"""What the confidence is computed from, by hand."""

import math
from dataclasses import replace

import pytest

from corpus.text.documents import Span
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.search.query import Candidate, Query, WordMatches
from index.versions.store import StoredPassage
from qa.answering.confidence_features import FEATURES, features
from qa.answering.extracts import extract
from qa.question.terms import Terms

TEXT = "Mexico identified 740 victims in 2016."


def _candidate(row: int, score: float, text: str = TEXT) -> Candidate:
    span = Span(0, len(text))
    sentences = (span,)
    passage = StoredPassage(row, f"p{row}", "k", span, 0, None, "Title", text, sentences)
    signals = {"dense": 0.6, "multilingual": 0.9, "multilingual-tokens": 0.95, "lexical": score}
    return Candidate(passage, score, (0.7,), 0.8, signals)


def _features(
    question: str, words: WordMatches | None = None, text: str = TEXT
) -> dict[str, float]:
    candidates = [_candidate(0, 0.9, text), _candidate(1, 0.3)]
    terms = Terms(Query(question))
    (found,) = extract(candidates[:1])
    values = features(terms, found, candidates, words, ENGLISH_ALONE)
    return dict(zip(FEATURES, values, strict=True))


def test_the_features_of_an_extract() -> None:
    found = _features("How many victims did Mexico identify in 2016?")
    assert found["sentence"] == pytest.approx(0.7)
    assert found["passage"] == pytest.approx(0.8)
    assert found["lead"] == pytest.approx(0.6)  # .9 against .3
    assert found["agreement"] == pytest.approx(1.0)  # .9 of .9
    assert found["coverage"] == 1.0
    assert found["missing numbers"] == found["missing names"] == found["no number"] == 0.0


def test_another_year_and_another_country_are_missing() -> None:
    found = _features("How many victims did Mexico and Guatemala identify in 2018?")
    assert found["missing numbers"] == 1.0
    assert found["missing names"] == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Mexico identified 740 victims in 2016.", 0.0), ("In 2016 Mexico identified victims.", 1.0)],
)
def test_a_number_is_asked_for_and_another_than_the_year_must_be_quoted(
    text: str, expected: float
) -> None:
    assert _features("How many victims in 2016?", text=text)["no number"] == expected


def test_telling_words_are_matched_by_their_tokens_and_others_do_not_count() -> None:
    question = "What is the salary of victims?"
    starts = (-1, 0, 5, 8, 12, 19, 22, 29)  # [CLS] What is the salary of victims ?
    assert [question[start:].split(maxsplit=1)[0] for start in starts[1:4]] == ["What", "is", "the"]
    rows = (
        (0.1, 0.1, 0.1, 0.1, 0.4, 0.1, 0.9, 0.1),
        (0.1, 0.1, 0.1, 0.1, 0.6, 0.1, 0.5, 0.1),
    )
    found = _features(question, WordMatches(starts, rows))
    assert found["weakest word"] == pytest.approx(0.4)  # salary
    assert found["mean word"] == pytest.approx(0.65)  # (.4 + .9) / 2
    assert found["weakest word anywhere"] == pytest.approx(0.6)  # salary, by the second
    assert _features("What is the?", WordMatches((0,), ((0.1,), (0.1,))))["weakest word"] == 1.0


@pytest.mark.parametrize(
    ("languages", "language", "unknown"),
    [
        (ENGLISH_ALONE, "en", 0.0),
        (ENGLISH_ALONE, "es", 1.0),
        (frozenset({"es"}), "en", 1.0),
        (frozenset({"es"}), "es", 0.0),
        (EVERY_LANGUAGE, "es", 0.0),
    ],
)
def test_a_language_is_unknown_where_the_main_encoder_does_not_know_it(
    languages: Languages, language: str, unknown: float
) -> None:
    candidate = replace(_candidate(0, 0.9), language=language)
    (found,) = extract([candidate])
    values = features(Terms(Query("How many victims?")), found, [candidate], None, languages)
    assert dict(zip(FEATURES, values, strict=True))["unknown language"] == unknown


def test_what_did_not_run_is_unknown() -> None:
    candidate = _candidate(0, 0.9)
    bare = replace(candidate, signals={"dense": 0.5})
    (found,) = extract([bare])
    values = features(Terms(Query("How many victims?")), found, [bare], None, ENGLISH_ALONE)
    unknown = {name for name, value in zip(FEATURES, values, strict=True) if math.isnan(value)}
    assert unknown == {
        "multilingual", "multilingual words", "agreement",
        "weakest word", "mean word", "weakest word anywhere",
    }  # fmt: skip
