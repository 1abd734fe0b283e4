"""Kinds and groups of questions that are named after languages."""

from itertools import product
from typing import get_args

import pytest

from corpus.languages import LANGUAGES
from corpus.wording import wording
from qa.evaluate.data.gold import GoldQuestion, QuestionKind
from qa.evaluate.data.language_kinds import group_of_kind, kind_words, languages_of_kind


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("spanish", ("es",)),
        ("german", ("de",)),
        ("english-on-spanish", ("en", "es")),
        ("French on German", ("fr", "de")),
        ("spanish-on-spanish", ("es", "es")),
        ("fact", ()),
        ("near-miss", ()),
        ("klingon", ()),
        ("english-on-klingon", ()),
        ("english-on-spanish-on-german", ()),
        ("", ()),
    ],
)
def test_a_kind_names_the_language_of_the_question_and_that_of_the_document(
    kind: str, codes: tuple[str, ...]
) -> None:
    assert languages_of_kind(kind) == codes


@pytest.mark.parametrize(("question", "document"), [*product(LANGUAGES, repeat=2)])
def test_questions_of_any_language_on_texts_of_any_are_a_kind_with_words(
    question: str, document: str
) -> None:
    names = [wording("en").words[f"lang.{code}"].lower() for code in (question, document)]
    kind = "-on-".join(names)
    row = {"id": "q", "question": "Why?", "kind": kind, "split": "fit", "answers": []}
    assert GoldQuestion.model_validate(row).kind == kind
    assert languages_of_kind(group_of_kind(kind) or "") == (question, document)
    assert kind_words(kind, wording("es")) != kind


def test_a_group_and_a_kind_have_the_words_of_their_languages() -> None:
    english, spanish = wording("en"), wording("es")
    assert group_of_kind("english-on-spanish") == "English on Spanish"
    assert kind_words("English on Spanish", english) == "English on Spanish"
    assert kind_words("english-on-spanish", spanish) == "inglés sobre español"
    assert kind_words("portuguese", spanish) == "portugués"
    assert kind_words("typo", spanish) == "errata"
    assert kind_words("my own", english) == "my own"


def test_a_kind_of_one_language_or_of_none_makes_no_group() -> None:
    assert group_of_kind("spanish") is None
    assert [kind for kind in get_args(QuestionKind) if group_of_kind(kind)] == []
