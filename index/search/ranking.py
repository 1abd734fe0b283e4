"""One question ranked in one version: each signal finds passages, and their scores are combined."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from index.search.bonuses import bonuses, early_bonuses
from index.search.fusion import fused, leveled, weights_of
from index.search.query import Candidate, Query
from index.search.signals.signal import (
    Allowed,
    LanguagePair,
    Passages,
    RowArray,
    Scores,
    Searcher,
    SentenceScores,
    Signal,
)
from index.search.weights import WEIGHTS
from index.versions.store import Store, StoredPassage

SignalScores = dict[str, Scores]
"""What signals say of the same passages, by name."""


class QuestionSearch:
    """A question with its signals, each encoded once; of one thread."""

    def __init__(self, query: Query, searchers: Iterable[Searcher], store: Store) -> None:
        self.query, self._store = query, store
        self._signals = [signal for one in searchers for signal in one.ask(query)]

    def candidates(self, allowed: Iterable[Allowed], k: int) -> list[Candidate]:
        """Up to `k` passages, best first.

        The passages of each language are ranked among themselves before they are put together,
        since every model prefers those in the language of the question.
        """
        found = [one for language in allowed for one in self._in_language(language, k)]
        return sorted(found, key=lambda one: (-one.score, one.passage.row))[:k]

    def with_sentence_scores(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """The candidates with how well each of their sentences fits; of few, since it may encode.

        Sentences of each language are compared by the tokens of the first model that knows it and
        that of the question, which costs nothing more; else by the first encoder that does, else by
        whichever there is: a model would choose a sentence of another language by its names.
        """
        found: dict[int, tuple[float, ...]] = {}
        for language in dict.fromkeys(one.language for one in candidates):
            own = [one.passage for one in candidates if one.language == language]
            pair = LanguagePair(self.query.language, language)
            told = self._sentence_scores(pair, self._passages(own))
            found |= {one.row: scores for one, scores in zip(own, told, strict=True)}
        return tuple(replace(one, sentence_scores=found[one.passage.row]) for one in candidates)

    def _passages(self, stored: Sequence[StoredPassage]) -> Passages:
        """Passages that are loaded already."""
        rows = np.array([one.row for one in stored], np.int64)
        return Passages(self._store, rows, tuple(stored))

    def _sentence_scores(self, pair: LanguagePair, passages: Passages) -> SentenceScores:
        """What the first of the signals that fit best says of sentences."""
        running = [one for one in self._signals if one.facts.runs(pair)]
        # Stable: of those that fit alike the first stays before the others.
        running.sort(key=lambda one: (not one.facts.knows(pair), one.facts.compared != "tokens"))
        told = (one.sentence_scores(passages) for one in running)
        return next(one for one in told if one is not None)

    def _in_language(self, allowed: Allowed, k: int) -> list[Candidate]:
        pair = LanguagePair(self.query.language, allowed.language)
        running = [one for one in self._signals if one.facts.runs(pair)]
        weights = weights_of([one.facts for one in self._signals], pair)
        passages = Passages(self._store, self._put_forward(allowed))
        if not len(passages):
            return []
        said = {s.facts.name: s.scores(passages) for s in running if not s.facts.detailed}
        first = fused(said, weights) + early_bonuses(self.query, passages, pair.passage)
        nearest = np.sort(np.argsort(-first, kind="stable")[: WEIGHTS.compared])
        passages = passages.at(nearest)
        said = {name: values[nearest] for name, values in said.items()}
        said |= {s.facts.name: s.scores(passages) for s in running if s.facts.detailed}
        totals = _leveled(running, said, fused(said, weights), pair)
        return _candidates(
            passages=passages,
            totals=totals + bonuses(self.query, passages, pair.passage),
            match=_match(running, said),
            said=said,
            language=pair.passage,
        )[:k]

    def _put_forward(self, allowed: Allowed) -> RowArray:
        """The rows that any signal finds, in order."""
        found: set[int] = set()
        for one in self._signals:
            if one.facts.counted:
                found.update(one.put_forward(allowed, WEIGHTS.depth))
        return np.array(sorted(found), np.int64)


def _leveled(
    running: Sequence[Signal], said: SignalScores, totals: Scores, pair: LanguagePair
) -> Scores:
    """The totals as they compare with those of other languages, by the first signal that can."""
    for one in running:
        if one.facts.match_range is not None:
            matches = said[one.facts.name]
            return leveled(totals, matches, one.facts.match_range, crosses=pair.crosses)
    return leveled(totals, None, crosses=pair.crosses)


def _match(running: Sequence[Signal], said: SignalScores) -> Scores:
    """How well passages match whatever the others are: by tokens, else by whole passages."""
    by_tokens = [one.facts.name for one in running if one.facts.compared == "tokens"]
    by_passages = [one.facts.name for one in running if one.facts.compared == "passages"]
    return said[(by_tokens + by_passages)[0]]


def _candidates(
    *,
    passages: Passages,
    totals: Scores,
    match: Scores,
    said: SignalScores,
    language: str,
) -> list[Candidate]:
    """The candidates of a language, best first."""
    stored = passages.stored
    order = sorted(range(len(stored)), key=lambda n: (-totals[n], stored[n].row))
    return [
        Candidate(
            stored[n],
            float(totals[n]),
            match=float(match[n]),
            signals={name: float(values[n]) for name, values in said.items()},
            language=language,
        )
        for n in order
    ]
