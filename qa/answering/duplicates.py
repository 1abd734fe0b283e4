"""Extracts that say the same, merged into one that names all their places."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from corpus.text.numbers import numbers_of
from corpus.text.words import words_of
from qa.answering.extracts import Extract

_ALIKE = 90.0
"""Least similarity, 0 to 100, of texts that say the same in nearly the same words."""
_FEWEST = 6
"""Shorter texts say the same only in the same words."""


def distinct(extracts: Iterable[Extract], most: int) -> tuple[Extract, ...]:
    """The first `most` extracts that differ; each has those that say the same as its `twins`.

    An extract of the same document that overlaps one before it is left out.
    """
    kept: list[Extract] = []
    for one in extracts:
        at = next((n for n, other in enumerate(kept) if _overlap(one, other)), None)
        if at is not None:
            continue
        language = one.candidate.language
        at = next((n for n, other in enumerate(kept) if same(one.text, other.text, language)), None)
        if at is not None:
            kept[at] = replace(kept[at], twins=(*kept[at].twins, one))
        elif len(kept) < most:
            kept.append(one)
    return tuple(kept)


def _overlap(one: Extract, other: Extract) -> bool:
    return (
        one.passage.source == other.passage.source
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )


def same(one: str, other: str, language: str) -> bool:
    """Whether two texts in a language say the same, but for a few words.

    Numbers that differ make them differ.
    """
    first, second = _words(one), _words(other)
    if first == second:
        return True
    if min(first.count(" "), second.count(" ")) < _FEWEST - 1:
        return False
    if fuzz.ratio(first, second, score_cutoff=_ALIKE) == 0:
        return False
    return numbers_of(one, language) == numbers_of(other, language)


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    # Each extract of a question is compared with each that is kept.
    return " ".join(words_of(text))
