"""Scores of several kinds of search, brought to one."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

DEPTH = 50
"""Passages that each kind of search puts forward in each language."""
WEIGHTS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "en": {"lexical": 1.0, "dense": 1.0, "sentence": 1.0, "late": 3.0},
        "other": {"lexical": 1.0, "multilingual": 1.0},
    }
)
"""What each kind of search counts, by the language of the passages: the main encoder and the
encoder of tokens know English. Measured in docs/quality.md."""
FOREIGN = 0.8
"""What a passage in another language than the question's counts."""
NAMED = 1.3
"""What a passage of a source that the question names counts."""


def scaled(scores: Scores, depth: int = DEPTH) -> Scores:
    """Scores brought to 0 to 1: the best is 1, the `depth`-th best and all below it are 0."""
    if not len(scores):
        return scores
    least = np.sort(scores)[-min(depth, len(scores))]
    spread = float(scores.max() - least)
    if spread <= 0:
        return np.zeros_like(scores)
    found: Scores = np.clip((scores - least) / spread, 0, 1)
    return found


def fused(found: Mapping[str, Scores], language: str) -> Scores:
    """The weighted mean, 0 to 1, of what the kinds of search say of the passages of a language.

    Scores are scaled each by its own range and then summed, since ranks alone would lose how far
    the best stands out. A kind that was not run counts nowhere.
    """
    weights = WEIGHTS.get(language, WEIGHTS["other"])
    known = {kind: weight for kind, weight in weights.items() if kind in found}
    if not known:
        known = dict.fromkeys(found, 1.0)
    total = sum(known.values())
    return sum(
        (weight / total * scaled(found[kind]) for kind, weight in known.items()),
        np.zeros(len(next(iter(found.values())))),
    )
