"""Detecting the language of a text and of each of its sections."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from corpus.languages import LANGUAGES, plain_code
from corpus.text.documents import Document, Section
from corpus.text.words import STOPWORDS, unaccented, words_of

_LEAST_LETTERS = 60
"""Shorter texts, such as a heading, do not say their language reliably."""


def language_of(text: str, otherwise: str) -> str:
    """The language of a text among `LANGUAGES`; `otherwise` where the text does not tell another.

    It does not where it is too short, or has no more function words of the language that its
    letters look like than of `otherwise`: a line in Dutch looks German. The code has no country.
    """
    beginning, otherwise = text[:2000], plain_code(otherwise)
    if sum(character.isalpha() for character in beginning) < _LEAST_LETTERS:
        return otherwise
    found = str(_classifier()(beginning)[0])
    if found == otherwise:
        return found
    words = [unaccented(word) for word in words_of(beginning)]
    return found if _function_words(words, found) > _function_words(words, otherwise) else otherwise


def with_languages(document: Document) -> Document:
    """The document with the language of each section, and the one of most of its text as its own.

    A section too short to tell has the language of the section before it; the language that the
    document came with holds before the first.
    """
    sections: list[Section] = []
    letters = dict.fromkeys((*LANGUAGES, document.language), 0)
    language = document.language
    for section in document.sections:
        language = language_of(document.cut(section.body), language)
        letters[language] = letters.get(language, 0) + section.end - section.start
        sections.append(replace(section, language=language))
    # Ties go to the language of the record, so that the result never depends on chance.
    most = max(letters, key=lambda name: (letters[name], name == document.language, name))
    return replace(document, sections=tuple(sections), language=most)


def _function_words(words: Sequence[str], code: str) -> int:
    """How many of some words without accents are function words of a language."""
    stop = STOPWORDS.get(code, frozenset())
    return sum(word in stop for word in words)


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    # Imported here, since its model takes a moment to unpack.
    import py3langid  # noqa: PLC0415

    py3langid.set_languages(list(LANGUAGES))
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
