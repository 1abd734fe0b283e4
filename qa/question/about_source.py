"""Questions on a document itself, answered from its record: author, title, date, sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from corpus.languages import LANGUAGES
from corpus.sources.library_file import MainDocument
from corpus.sources.registry import Source
from corpus.text.words import stems_of
from qa.answers import Field


@dataclass(frozen=True)
class Asked:
    """A question on a document itself: which of its fields, of which source."""

    field: Field
    source: str


def asked_about(
    question: str,
    language: str,
    sources: Mapping[str, Source],
    main: MainDocument | None = None,
) -> Asked | None:
    """What a question on a document itself asks for, None where it asks for what the texts say.

    The question must name the document and nothing else: by one of its names or, if it is the
    main document of the library, by what that is called (“the article”). So “Who wrote the report
    that the article cites?” is none.
    """
    words = LANGUAGES[language]
    text = " ".join(question.strip(" ¿?¡!.").split())
    going_on = words.going_on.match(text)
    text = text[going_on.end() :] if going_on else text
    for field, pattern in words.on_sources.items():
        found = pattern.fullmatch(text)
        if found is None:
            continue
        source = _meant(next(filter(None, found.groups())), language, sources, main)
        if source is not None:
            return Asked(cast(Field, field), source)
    return None


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
