"""What a record says, as data and in the words of a reader."""

import pytest

from corpus.wording import wording
from qa.answering.record_facts import record_facts
from qa.answers import Fact, Field
from qa.question.about_source import RecordQuestion
from tests.toys import toy_source


def _fact(field: Field, language: str = "en", words: int = 2178) -> Fact:
    (fact,) = record_facts(RecordQuestion(field, "toy"), toy_source(language=language), (), words)
    return fact


@pytest.mark.parametrize(
    ("fact", "value", "english", "spanish"),
    [
        (_fact("length"), "2,178 words", "2,178 words", "2,178 palabras"),
        (_fact("length", words=1), "1 word", "1 word", "1 palabra"),
        (_fact("language"), "en", "English", "inglés"),
        (_fact("language", "es-MX"), "es-MX", "Spanish", "español"),
        (_fact("language", "nl"), "nl", "nl", "nl"),
        (_fact("title"), "A toy", "A toy", "A toy"),
    ],
)
def test_a_number_and_a_language_are_said_in_the_language_of_the_reader(
    fact: Fact, value: str, english: str, spanish: str
) -> None:
    assert fact.to_json() == {"field": fact.field, "value": value, "source": "toy"}
    assert wording("en").say(fact.said) == english
    assert wording("es").say(fact.said) == spanish
