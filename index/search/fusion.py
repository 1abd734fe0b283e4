"""Scores of several signals, brought to one."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.search.signals.signal import LanguagePair, Scores, SignalFacts
from index.search.weights import WEIGHTS


def scaled(scores: Scores, depth: int = WEIGHTS.depth) -> Scores:
    """Scores brought to 0 to 1: the best is 1, the `depth`-th best and all below it are 0."""
    if not len(scores):
        return scores
    least = np.sort(scores)[-min(depth, len(scores))]
    width = float(scores.max() - least)
    if width <= 0:
        return np.zeros_like(scores)
    found: Scores = np.clip((scores - least) / width, 0, 1)
    return found


def weights_of(facts: Sequence[SignalFacts], pair: LanguagePair) -> dict[str, float]:
    """What each of the signals that are there counts for a pair of languages, by name.

    Those that are not counted are left out; one whose model does not know both languages counts 0.
    """
    all_know = all(one.knows(pair) for one in facts)
    found: dict[str, float] = {}
    for one in facts:
        if one.counted:
            weight = WEIGHTS.of(one.name)
            same = weight.known if all_know else weight.same_language
            own = weight.cross_language if pair.crosses else same
            found[one.name] = own if one.knows(pair) else 0.0
    return found


def fused(found: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted mean, 0 to 1, of what signals say of the same passages, at least one signal.

    Scores are scaled each by its own range and then summed, since ranks alone would lose how far
    the best stands out. A signal that is not among the weights counts nowhere; where all weights
    are 0 those that are among them count the same.
    """
    known = {name: weights[name] for name in found if weights.get(name)}
    known = known or {name: 1.0 for name in found if name in weights}
    total = sum(known.values())
    return sum(
        (weight / total * scaled(found[name]) for name, weight in known.items()),
        np.zeros(len(next(iter(found.values())))),
    )


def leveled(
    scores: Scores,
    matches: Scores | None,
    match_range: tuple[float, float] = (0.0, 1.0),
    *,
    crosses: bool,
) -> Scores:
    """The scores of the passages of a language as they compare with those of another, 0 to 1.

    `scores`, from `fused`, tell how a passage stands among its own; `matches`, of a model that
    compares languages and whose matches lie in `match_range`, how well it does whatever the others
    are. `crosses`: question and passages are in two languages.
    """
    if matches is None:
        return scores * (WEIGHTS.cross_language_factor if crosses else 1.0)
    least, most = match_range
    level = np.clip((matches - least) / (most - least), 0, 1)
    found: Scores = (scores + level) / 2 + (WEIGHTS.cross_language_bonus if crosses else 0.0)
    return found
