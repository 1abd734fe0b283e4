"""Typing errors: words of a question that the library lacks → the word it has that is nearest."""

import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.words import STOPWORDS, unaccented
from qa.glossary import known_words

_SHORTEST = 4
_LIKENESS = 0.75
"""Least normalized similarity: one slip in a word of four letters, two in one of eight."""
_WORD = re.compile(r"[^\W\d_]+")


def corrected(question: str, vocabulary: Mapping[str, int]) -> str:
    """The question with words that nobody here writes replaced by the nearest one of the library.

    `vocabulary` maps the words of the library, in lower case without accents, to how often they
    stand there; among equally near ones the most frequent counts. Words of fewer than four letters,
    names in capitals and what the glossary or the function words know stay as typed.
    """
    if not vocabulary:
        return question
    return _WORD.sub(lambda found: _corrected(found[0], vocabulary), question)


def _corrected(word: str, vocabulary: Mapping[str, int]) -> str:
    plain = unaccented(word)
    known = plain in vocabulary or any(plain in words for words in STOPWORDS.values())
    if len(word) < _SHORTEST or known or word.isupper() or plain in known_words():
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
