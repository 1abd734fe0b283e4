"""The language of a text, found and not assumed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from corpus.text.documents import Document, Section

LANGUAGES = ("en", "es")
_LEAST_LETTERS = 60
"""Shorter texts, such as a heading, do not say their language reliably."""


def language_of(text: str, otherwise: str) -> str:
    """The language of a text among `LANGUAGES`; `otherwise` where it is too short to tell."""
    if sum(character.isalpha() for character in text[:2000]) < _LEAST_LETTERS:
        return otherwise
    return str(_classifier()(text[:2000])[0])


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


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    # Imported here, since its model takes a moment to unpack.
    import py3langid  # noqa: PLC0415

    py3langid.set_languages(list(LANGUAGES))
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
