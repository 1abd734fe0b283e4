"""Words: BM25 over the passages."""

from collections.abc import Sequence

import numpy as np

from index.search.query import Query
from index.search.signals.signal import Allowed, Opening, Passages, Scores, Signal, SignalFacts
from index.search.weights import WEIGHTS
from index.tables.lexical import LEXICAL, Lexical

_FACTS = SignalFacts("lexical", "words", shown="lexical")


class LexicalSignal(Signal):
    """BM25 of every passage for a question; words that may stand for its own count less."""

    facts = _FACTS

    def __init__(self, table: Lexical, query: Query) -> None:
        related = np.float32(WEIGHTS.related_words) * table.scores(query.related)
        self._all = table.scores(query.words) + related

    def put_forward(self, allowed: Allowed, depth: int) -> Sequence[int]:
        """The best of those that share a word with the question."""
        own = self._all[allowed.rows]
        best = np.argsort(-own, kind="stable")[:depth]
        found: list[int] = allowed.rows[best[own[best] > 0]].tolist()
        return found

    def scores(self, passages: Passages) -> Scores:
        """BM25, 0 where no word is shared. Shape: (passages,)."""
        return self._all[passages.rows].astype(np.float64)


class LexicalSearcher:
    """The words of one version."""

    facts = (_FACTS,)

    def __init__(self, table: Lexical) -> None:
        self._table = table

    def ask(self, query: Query) -> tuple[Signal, ...]:
        """The signal of a question."""
        return (LexicalSignal(self._table, query),)


def open_lexical(opening: Opening) -> LexicalSearcher | None:
    """The words of a version, None where it has none or they are left out."""
    if LEXICAL not in opening.manifest.recipe.parts or not opening.stages.lexical:
        return None
    return LexicalSearcher(Lexical.load(opening.folder))
