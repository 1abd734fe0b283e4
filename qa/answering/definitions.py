"""Questions for a definition, and the sentences that define."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.languages import LANGUAGES
from corpus.sources.library import NO_LIBRARY, Library
from corpus.text.words import stems_of, words_of
from index.search.query import Candidate, Query
from index.search.weights import WEIGHTS

_WINDOW = 8


def asked_term(query: Query, library: Library = NO_LIBRARY) -> frozenset[str]:
    """The stems of the term whose definition a question asks for, empty where it asks for none."""
    words = LANGUAGES[query.language]
    found = words.definitions.asked.search(query.text)
    term = next(filter(None, found.groups()), "") if found else ""
    whose = "|".join([*words.articles, *sorted(frozenset().union(*library.places))]) or "(?!)"
    term = re.split(rf"\b{words.definitions.bounds} (?:{whose})\b|[?,]", term)[0]
    return frozenset(stems_of(term, query.language))


def defines(sentence: str, term: frozenset[str], language: str) -> bool:
    """Whether a sentence defines a term: half of its stems stand beside a word that defines."""
    words = LANGUAGES[language].definitions
    beside = [sentence[: one.start()].split()[-_WINDOW:] for one in words.before.finditer(sentence)]
    beside += [sentence[one.end() :].split()[:_WINDOW] for one in words.after.finditer(sentence)]
    return any(
        2 * len(term & frozenset(stems_of(" ".join(words), language))) >= len(term)
        for words in beside
        if words_of(" ".join(words))
    )


def prefer_definitions(
    query: Query, term: frozenset[str], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates, best first, those that define the term with a bonus.

    `term` is the `asked_term` of the question: where it is empty nothing changes. Only passages in
    the language of the question are looked at.
    """
    if not term:
        return list(candidates)
    bonus = WEIGHTS.definition_bonus
    found = [
        replace(one, score=one.score + bonus) if any(_defining(query, one, term)) else one
        for one in candidates
    ]
    return sorted(found, key=lambda one: (-one.score, one.passage.row))


def prefer_defining_sentences(
    query: Query, term: frozenset[str], candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The candidates, as they are in order, with the same bonus for each sentence that defines.

    Their sentences were compared before.
    """
    if not term:
        return tuple(candidates)
    return tuple(_with_bonus(one, _defining(query, one, term)) for one in candidates)


def _defining(query: Query, candidate: Candidate, term: frozenset[str]) -> list[bool]:
    """Whether each sentence defines the term; none does in another language than the question's."""
    passage, language = candidate.passage, candidate.language
    asked = language == query.language
    return [asked and defines(passage.cut(one), term, language) for one in passage.sentences]


def _with_bonus(candidate: Candidate, defining: Sequence[bool]) -> Candidate:
    scores = zip(candidate.sentence_scores, defining, strict=True)
    bonus = WEIGHTS.definition_bonus
    return replace(candidate, sentence_scores=tuple(s + bonus * own for s, own in scores))
