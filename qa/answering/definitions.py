"""Questions for a definition, and the sentences that define."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.sources.library import NO_LIBRARY, Library
from corpus.text.words import stems_of, words_of
from index.search.query import Candidate, Query
from index.search.weights import WEIGHTS

_ASKED = {
    "en": re.compile(
        r"(?:how (?:is|are) (?P<a>.+?) defined|define (?P<b>.+)|definition of (?P<c>.+)"
        r"|what does (?P<d>.+?) mean|what is meant by (?P<e>.+)|meaning of (?P<f>.+))",
        re.I,
    ),
    "es": re.compile(
        r"(?:c[oó]mo se define(?:n)? (?P<a>.+)|qu[eé] se entiende por (?P<b>.+)"
        r"|definici[oó]n de (?P<c>.+)|qu[eé] significa(?:n)? (?P<d>.+))",
        re.I,
    ),
}
_BEFORE = {
    "en": re.compile(
        r"\b(?:shall mean|means|is defined as|are defined as|refers? to|involves|consists? of)\b",
        re.I,
    ),
    "es": re.compile(r"\b(?:significa|consiste en|se define como|es el delito)\b", re.I),
}
"""The term stands before these words."""
_AFTER = {"es": re.compile(r"\bse (?:entiende|entender[aá]|considera) por\b", re.I)}
"""The term stands behind these words."""
_WINDOW = 8


def asked_term(query: Query, library: Library = NO_LIBRARY) -> frozenset[str]:
    """The stems of the term whose definition a question asks for, empty where it asks for none."""
    pattern = _ASKED.get(query.language)
    found = pattern.search(query.text) if pattern else None
    term = next(filter(None, found.groups()), "") if found else ""
    whose = "|".join(["the", "la", "el", *sorted(frozenset().union(*library.places))])
    term = re.split(rf"\b(?:in|under|by|en|seg[uú]n) (?:{whose})\b|[?,]", term)[0]
    return frozenset(stems_of(term, query.language))


def defines(sentence: str, term: frozenset[str], language: str) -> bool:
    """Whether a sentence defines a term: half of its stems stand beside a word that defines."""
    beside: list[list[str]] = []
    if language in _BEFORE:
        found = _BEFORE[language].finditer(sentence)
        beside += [sentence[: verb.start()].split()[-_WINDOW:] for verb in found]
    if language in _AFTER:
        found = _AFTER[language].finditer(sentence)
        beside += [sentence[verb.end() :].split()[:_WINDOW] for verb in found]
    return any(
        2 * len(term & frozenset(stems_of(" ".join(words), language))) >= len(term)
        for words in beside
        if words_of(" ".join(words))
    )


def prefer_definitions(
    query: Query, candidates: Sequence[Candidate], library: Library = NO_LIBRARY
) -> list[Candidate]:
    """The candidates, best first, those that define what the question asks for with a bonus.

    Only passages in the language of the question are looked at.
    """
    term = asked_term(query, library)
    if not term:
        return list(candidates)
    found = [_preferred(one, term) if one.language == query.language else one for one in candidates]
    return sorted(found, key=lambda one: (-one.score, one.passage.row))


def _preferred(candidate: Candidate, term: frozenset[str]) -> Candidate:
    passage = candidate.passage
    offset = passage.span.start
    own = [
        defines(passage.text[s.span.start - offset : s.span.end - offset], term, candidate.language)
        for s in passage.sentences
    ]
    if not any(own):
        return candidate
    bonus = WEIGHTS.definition_bonus
    scores = zip(candidate.sentence_scores, own, strict=True)
    return replace(
        candidate,
        score=candidate.score + bonus,
        sentence_scores=tuple(score + bonus * defining for score, defining in scores),
    )
