"""Typing errors: words of a question that nobody writes → the nearest of the library."""

import re
from collections.abc import Collection, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.languages import LANGUAGES, with_spoken
from corpus.text.words import STOPWORDS, stemmed, stems_of, unaccented

_SHORTEST = 4
_LIKENESS = 0.75
"""Least normalized similarity: one slip in a word of four letters, two in one of eight."""
_WORD = re.compile(r"[^\W\d_]+")


def corrected(
    question: str,
    vocabulary: Mapping[str, int],
    language: str,
    known: Collection[str] = frozenset(),
) -> str:
    """The question with words that are in no dictionary replaced by the nearest of the library.

    `vocabulary` maps the words of the library, in lower case without accents, to how often they
    stand there; among equally near ones the most frequent counts. Words of fewer than four letters,
    names in capitals and what a dictionary of the language, the function words or `known` hold (the
    words of a glossary, in lower case without accents) stay as typed: a word that the library lacks
    is not wrong, and another one says something else.
    """
    if not vocabulary:
        return question
    return _WORD.sub(lambda found: _corrected(found[0], vocabulary, language, known), question)


def _corrected(
    word: str, vocabulary: Mapping[str, int], language: str, terms: Collection[str]
) -> str:
    plain = unaccented(word)
    stop = (STOPWORDS[one] for one in with_spoken(language))
    known = plain in vocabulary or any(plain in words for words in stop)
    if len(word) < _SHORTEST or known or word.isupper() or plain in terms:
        return word
    if not _dictionary(language) or _in_dictionary(word.lower(), language):
        return word
    near = process.extract(
        plain,
        vocabulary.keys(),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_LIKENESS,
        limit=10,
    )
    if not near:
        return word
    best = max(near, key=lambda one: (round(one[1], 6), vocabulary[one[0]], one[0]))
    return best[0]


def _in_dictionary(word: str, language: str) -> bool:
    """Whether a dictionary holds a word; of a language whose words have many forms, its stem."""
    if word in _dictionary(language):
        return True
    return LANGUAGES[language].inflected and not _stems(language).isdisjoint(
        stems_of(word, language)
    )


@cache
def _dictionary(language: str) -> frozenset[str]:
    """The words of a language; none where there is no dictionary, so that nothing is corrected."""
    from spellchecker import SpellChecker  # noqa: PLC0415

    try:
        return frozenset(SpellChecker(language=language).word_frequency.words())
    except ValueError:  # what it raises for a language that it does not bring
        return frozenset()


@cache
def _stems(language: str) -> frozenset[str]:
    # Without accents after stemming: there are far fewer stems than words.
    return frozenset(map(unaccented, set(stemmed(_dictionary(language), language))))
