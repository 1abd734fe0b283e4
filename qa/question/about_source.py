"""Questions on a document itself, answered from its record: author, title, date, sources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from corpus.languages import LANGUAGES
from corpus.sources.library_file import MainDocument
from corpus.sources.registry import Source
from corpus.text.words import stems_of
from qa.answers import Field
from qa.question.courtesies import is_courtesy
from qa.question.language import language_of_question
from qa.question.named_sources import sources_named

_LOOKED_BACK = 50
"""Earlier questions among which the source is looked for that a question leaves out."""


@dataclass(frozen=True)
class RecordQuestion:
    """A question on a document itself: which of its fields, of which source."""

    field: Field
    source: str


def asked_about(
    question: str,
    language: str,
    sources: Mapping[str, Source],
    main: MainDocument | None = None,
    history: Sequence[str] = (),
) -> RecordQuestion | None:
    """What a question on a document itself asks for, None where it asks for what the texts say.

    The question must name the document and nothing else: by one of its names or, if it is the
    main document of the library, by what that is called (“the article”). So “Who wrote the report
    that the article cites?” is none. One that names nothing (“Who is the author?”) is on the
    source of the last question of `history` (oldest first) or, if that names none, on the main
    document.
    """
    for field, found in _matches(question, language):
        name = next(filter(None, found.groups()), "")
        source = (
            _meant(name, language, sources, main) if name else _spoken_of(history, sources, main)
        )
        if source is not None:
            return RecordQuestion(cast(Field, field), source)
    return None


def names_no_source(question: str, language: str) -> bool:
    """Whether a question is on a source itself and does not say which: `Who is the author?`"""
    return any(not any(found.groups()) for _, found in _matches(question, language))


def _matches(question: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The fields of a record that the words of a question may ask for."""
    words = LANGUAGES[language]
    text = " ".join(question.strip(" ¿?¡!.").split())
    going_on = words.going_on.match(text)
    text = text[going_on.end() :] if going_on else text
    for field, pattern in words.on_sources.items():
        found = pattern.fullmatch(text)
        if found is not None:
            yield field, found


def _spoken_of(
    history: Sequence[str], sources: Mapping[str, Source], main: MainDocument | None
) -> str | None:
    """The source that the last question was on or named, else the main document.

    None where it named several, or where the library has no main document.
    """
    asking = [one for one in history[-_LOOKED_BACK:] if not is_courtesy(one)]
    if asking:
        *earlier, last = asking
        language = language_of_question(last)
        asked = asked_about(last, language, sources, main, earlier)
        if asked is not None:
            return asked.source
        named = sources_named(last, language, sources)
        if named:
            return next(iter(named)) if len(named) == 1 else None
    return main.key if main is not None and main.key in sources else None


def _meant(
    words: str, language: str, sources: Mapping[str, Source], main: MainDocument | None
) -> str | None:
    """The source that some words name, and nothing besides."""
    said = set(stems_of(words, language))
    generic = set(stems_of(LANGUAGES[language].kinds_of_sources, language))
    if not said:
        return None
    if main is not None and main.key in sources:
        called = main.called.get(language, ())
        if said <= set(stems_of(" ".join(called), language)):
            return main.key
    if said <= generic:
        return None
    for key, source in sorted(sources.items()):
        for name in (source.title, *source.aliases):
            stems = set(stems_of(name, language))
            if stems and stems <= said <= stems | generic:
                return key
    return None
