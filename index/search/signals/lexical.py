"""The signal of words: BM25 over the passages."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.manifest import Manifest
from index.search.query import Query
from index.search.signals.signal import Allowed, Opening, Passages, Scores, Signal, SignalFacts
from index.search.weights import WEIGHTS
from index.tables.lexical import LEXICAL, Lexical, read_vocabulary

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
    if not _holds_words(opening.manifest) or not opening.stages.lexical:
        return None
    return LexicalSearcher(Lexical.load(opening.folder))


def open_vocabulary(folder: Path, manifest: Manifest) -> Mapping[str, int]:
    """How often each word stands in the version in `folder`; empty where it has no such table.

    The keys are words in lower case without accents. Raises IndexDamagedError where the table
    cannot be read.
    """
    return read_vocabulary(folder) if _holds_words(manifest) else {}


def _holds_words(manifest: Manifest) -> bool:
    return LEXICAL in manifest.recipe.parts
