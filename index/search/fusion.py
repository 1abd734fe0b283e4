"""The scores of several signals combined into one score a passage."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.search.signals.signal import LanguagePair, Scores, SignalFacts
from index.search.weights import WEIGHTS


def scaled(scores: Scores, depth: int = WEIGHTS.depth) -> Scores:
    """Scores scaled linearly: the best is 1, the `depth`-th best and all below it are 0.

    All are 0 where the best and the `depth`-th best are equal. Shape of both: (passages,).
    """
    if not len(scores):
        return scores
    least = np.sort(scores)[-min(depth, len(scores))]
    width = float(scores.max() - least)
    if width <= 0:
        return np.zeros_like(scores)
    found: Scores = np.clip((scores - least) / width, 0, 1)
    return found


def weights_of(facts: Sequence[SignalFacts], pair: LanguagePair) -> dict[str, float]:
    """The weight of each signal for a pair of languages, by name, from `WEIGHTS`.

    Signals that are not `counted` are left out; one whose model does not know both languages has
    the weight 0.
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
    """The weighted mean of the scores of signals, each scaled by `scaled`, 0 to 1.

    `found` has at least one signal, each with the scores of the same passages, shape (passages,),
    which is that of the result, too. Scores and not ranks are combined, since ranks would lose how
    far the best stands out. A signal without a weight is left out; where all weights are 0, the
    signals that have one count the same.
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
    """The scores of passages of one language made comparable with those of another language.

    `scores`, from `fused`, rank a passage among those of its language, 0 to 1; `matches`, by a
    model of several languages, say how well it matches whatever the other passages are, within
    `match_range`. The result is their mean, both from 0 to 1; where question and passages are in
    two languages (`crosses`) it gets a bonus or, without `matches`, a factor. All have the shape
    (passages,).
    """
    if matches is None:
        return scores * (WEIGHTS.cross_language_factor if crosses else 1.0)
    least, most = match_range
    level = np.clip((matches - least) / (most - least), 0, 1)
    found: Scores = (scores + level) / 2 + (WEIGHTS.cross_language_bonus if crosses else 0.0)
    return found
