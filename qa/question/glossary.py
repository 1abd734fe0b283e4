"""The field's terms: words of a question in the other language, and what texts say for them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from corpus.sources.library import PACKAGED
from corpus.text.words import stems_of, unaccented, words_of

GLOSSARY_FILE = PACKAGED / "glossary.tsv"
THESAURUS_FILE = GLOSSARY_FILE.with_name("thesaurus.tsv")
LANGUAGES = ("en", "es")
_LONGEST = 5

Phrase = tuple[str, ...]


def translated(text: str, language: str) -> dict[str, list[str]]:
    """For each other language of the glossary, the stems of what it has for the words of a text.

    The longest term counts: `forced labor` is not looked up as `labor` again.
    """
    stems = stems_of(text, language)
    terms = _glossary().get(language, {})
    found: dict[str, list[str]] = {other: [] for other in LANGUAGES if other != language}
    start = 0
    while start < len(stems):
        for length in range(min(_LONGEST, len(stems) - start), 0, -1):
            forms = terms.get(tuple(stems[start : start + length]))
            if forms is not None:
                for other, words in forms.items():
                    found[other] += words
                start += length - 1
                break
        start += 1
    return {other: list(dict.fromkeys(words)) for other, words in found.items()}


def related(text: str, language: str) -> list[str]:
    """The stems of what texts say for the words of a question, in its own language."""
    stems = tuple(stems_of(text, language))
    found = [
        stem
        for phrase, others in _thesaurus().get(language, {}).items()
        if any(stems[at : at + len(phrase)] == phrase for at in range(len(stems)))
        for stem in others
        if stem not in stems
    ]
    return list(dict.fromkeys(found))


@cache
def _thesaurus() -> Mapping[str, Mapping[Phrase, tuple[str, ...]]]:
    terms: dict[str, dict[Phrase, tuple[str, ...]]] = {one: {} for one in LANGUAGES}
    for line in THESAURUS_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words, others = line.split("\t")
            stems = tuple(s for other in others.split("|") for s in stems_of(other, language))
            for word in words.split("|"):
                terms[language][tuple(stems_of(word, language))] = stems
    return MappingProxyType(terms)


@cache
def known_words() -> frozenset[str]:
    """All words of the glossary, in lower case without accents."""
    return frozenset(unaccented(word) for word in words_of(_text()))


def _text() -> str:
    return GLOSSARY_FILE.read_text(encoding="utf-8")


@cache
def _glossary() -> Mapping[str, Mapping[Phrase, Mapping[str, tuple[str, ...]]]]:
    """Language → stems of a term → other language → stems of all its forms there."""
    terms: dict[str, dict[Phrase, dict[str, tuple[str, ...]]]] = {one: {} for one in LANGUAGES}
    for line in _text().splitlines():
        if not line or line.startswith("#"):
            continue
        sides = dict(zip(LANGUAGES, (side.split("|") for side in line.split("\t")), strict=True))
        for language, forms in sides.items():
            others = {
                other: tuple(dict.fromkeys(s for form in words for s in stems_of(form, other)))
                for other, words in sides.items()
                if other != language
            }
            for form in forms:
                entry = terms[language].setdefault(tuple(stems_of(form, language)), {})
                for other, stems in others.items():
                    entry[other] = tuple(dict.fromkeys(entry.get(other, ()) + stems))
    return MappingProxyType(terms)
