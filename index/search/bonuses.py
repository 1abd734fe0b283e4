"""Bonuses of passages for sources, states, provisions and numbers that a question names."""

import numpy as np

from corpus.text.numbers import numbers_of
from index.search.provisions import provisions_of
from index.search.query import Query
from index.search.signals.signal import Passages, Scores
from index.search.weights import WEIGHTS
from index.versions.store import StoredPassage


def early_bonuses(query: Query, passages: Passages, language: str) -> Scores:
    """Bonus before the best passages are chosen for comparison by tokens.

    It needs the texts of all passages, so it is given only for queries with numbers or provisions;
    `language` is that of the passages.
    Shape: (passages,).
    """
    if not query.provisions and not query.numbers:
        return np.zeros(len(passages))
    return bonuses(query, passages, language)


def bonuses(query: Query, passages: Passages, language: str) -> Scores:
    """The bonus of each passage, all of them in one language. Shape: (passages,)."""
    return np.array([_bonus(query, one, language) for one in passages.stored], np.float64)


def _bonus(query: Query, passage: StoredPassage, language: str) -> float:
    cited = query.provisions and query.provisions & provisions_of(passage.context)
    held = query.numbers and query.numbers <= numbers_of(passage.text, language, numerals=False)
    return (
        WEIGHTS.source_bonus * (passage.source in query.named)
        + WEIGHTS.state_law_bonus * (passage.source in query.near)
        + WEIGHTS.provision_bonus * bool(cited)
        + WEIGHTS.numbers_bonus * bool(held)
    )
