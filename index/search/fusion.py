"""Scores of several kinds of search, brought to one."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

DEPTH = 50
"""Passages that each kind of search puts forward in each language."""
READ = 40
"""Passages of each language whose sentences and tokens are compared."""
WEIGHTS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "en": {
            "lexical": 0.5,
            "dense": 0.5,
            "sentence": 0.5,
            "tokens": 3.0,
            "multilingual sentence": 0.5,
            "multilingual-tokens": 1.0,
        },
        "same language": {
            "lexical": 4.0,
            "multilingual": 1.0,
            "multilingual sentence": 1.0,
            "multilingual-tokens": 2.0,
        },
        "cross language": {
            "lexical": 1.0,
            "multilingual": 1.0,
            "multilingual sentence": 1.0,
            "multilingual-tokens": 2.0,
        },
    }
)
"""What each kind of search counts: where question and passage are English, in another language that
is that of both, or in two, since the main encoder and one encoder of tokens know English alone, and
words are compared best in one language (docs/quality.md)."""
FOREIGN = 0.05
"""What a passage in another language than the question's is given, since every model prefers those
of the same language."""
UNLIKE = 0.8
"""What such a passage counts where no model of many languages compares the two."""
NAMED = 0.2
"""What a passage of a source that the question names is given."""
NEAR = 0.05
"""What a passage of a law is given whose state the question names: the law itself seldom does."""
CITED = 0.4
"""What a passage of an article or section is given that the question cites by its number."""
HELD = 0.1
"""What a passage is given that holds every other number of the question."""
RELATED = 0.4
"""What words count that texts use in the place of those of the question."""
_LEAST, _MOST = 0.8, 1.0


def spread(cosine: float) -> float:
    """A cosine of multilingual-e5-small, which lie between about .7 and 1, brought to 0 to 1.

    The range is that of the model card of intfloat/multilingual-e5-small.
    """
    return min(1.0, max(0.0, (cosine - 0.7) / 0.3))


def scaled(scores: Scores, depth: int = DEPTH) -> Scores:
    """Scores brought to 0 to 1: the best is 1, the `depth`-th best and all below it are 0."""
    if not len(scores):
        return scores
    least = np.sort(scores)[-min(depth, len(scores))]
    width = float(scores.max() - least)
    if width <= 0:
        return np.zeros_like(scores)
    found: Scores = np.clip((scores - least) / width, 0, 1)
    return found


def fused(found: Mapping[str, Scores], language: str, asked: str) -> Scores:
    """The weighted mean, 0 to 1, of what the kinds of search say of the passages of a language.

    `asked` is the language of the question.

    Scores are scaled each by its own range and then summed, since ranks alone would lose how far
    the best stands out. A kind that was not run counts nowhere.
    """
    weights = WEIGHTS[
        "cross language" if language != asked else "en" if asked == "en" else "same language"
    ]
    known = {kind: weight for kind, weight in weights.items() if kind in found}
    if not known:
        known = dict.fromkeys(found, 1.0)
    total = sum(known.values())
    return sum(
        (weight / total * scaled(found[kind]) for kind, weight in known.items()),
        np.zeros(len(next(iter(found.values())))),
    )


def leveled(scores: Scores, matches: Scores | None, *, foreign: bool) -> Scores:
    """The scores of the passages of a language as they compare with those of another, 0 to 1.

    `scores`, from `fused`, tell how a passage stands among its own; `matches`, the interaction of
    tokens of the model of many languages, how well it does whatever the others are.
    """
    if matches is None:
        return scores * (UNLIKE if foreign else 1.0)
    level = np.clip((matches - _LEAST) / (_MOST - _LEAST), 0, 1)
    found: Scores = (scores + level) / 2 + (FOREIGN if foreign else 0.0)
    return found
