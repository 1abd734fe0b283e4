"""The confidence fitted to observed questions: a logistic regression and its thresholds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from corpus.errors import EvaluationError
from qa.answering.confidence import UNFITTED, Calibration
from qa.tools.calibration.certainty_thresholds import REFUSED, certainty_thresholds
from qa.tools.calibration.observation import Observations, ObservedRow

TUNING = 200
"""The fewest questions of the part `tune` that thresholds are chosen on without those of `fit`."""
WRONG_EXTRACT_WEIGHT = 0.3
"""What a wrong first extract of an answerable question counts in the fit."""
UNREAD_REFUSED = 0.1
"""The most of the right answers that may be refused where nothing was read.

Of those less is known: with the share of the others nothing would be refused, however strange to
the texts."""
_STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)
_FOLDS = 5
FeatureMatrix = NDArray[np.float64]
Truth = NDArray[np.bool_]
Numbers = NDArray[np.intp]


def fit_parts(found: Observations, model: str) -> Calibration:
    """The confidence fitted to the part `fit`, or to `tune` if the reader has learned from that.

    `model` is the name of the main model that the questions were searched with.
    """
    fitting, tuning = found.part("fit"), found.part("tune")
    if found.training.rows:
        # The reader knows what it learned from too well: the part `fit` says nothing of it. The
        # questions of training hold all words of a passage or none: they are not fitted to.
        data = f"gold: {found.files}, part tune; thresholds: that and part tune of training"
        return fit(tuning, found.training.rows, data, model, helped=True)
    helped = len(tuning) < TUNING
    data = f"gold: {found.files}, part fit; thresholds: {'fit and tune' if helped else 'tune'}"
    return fit(fitting, tuning, data, model, helped=helped)


def fit(
    rows: Sequence[ObservedRow],
    tuning: Sequence[ObservedRow],
    data: str,
    model: str,
    *,
    helped: bool = False,
) -> Calibration:
    """A logistic regression fitted to `rows`, with the thresholds for answers such as `tuning`.

    Where these are `helped`, `rows` count as well, each with the confidence by a regression that
    has not seen it, since the final one knows them too well. What no reader read has a fit of its
    own, to the same rows without what the reader says of them, and is never sure. Raises
    EvaluationError where too few rows are answered right, or too few have no answer.
    """
    right = sum(any(row.right[:1]) for row in rows)
    unanswerable = sum(not row.question.answerable for row in rows)
    if min(right, unanswerable) < _FOLDS:
        raise EvaluationError(
            "evaluate.too-few", found=right, others=unanswerable, least=_FOLDS, n=len(rows)
        )
    read = _fit(rows, tuning, REFUSED, helped=helped)
    unread = [row.unread for row in rows], [row.unread for row in tuning]
    without = _fit(*unread, UNREAD_REFUSED, helped=helped)
    named = replace(without, data=data, model=model, sure=1.0)
    return replace(read, data=data, model=model, unread=named)


def _fit(
    rows: Sequence[ObservedRow],
    tuning: Sequence[ObservedRow],
    refused: float,
    *,
    helped: bool,
) -> Calibration:
    """The regression and its thresholds, without the names of data and model."""
    regressed = _regressed(rows)
    rated = [row.rated(regressed.final) for row in tuning]
    if helped:
        rated += [
            rows[number].rated(fold) for unknown, fold in regressed.folds for number in unknown
        ]
    refusing, sure = certainty_thresholds(rated, refused)
    return replace(regressed.final, threshold=refusing, sure=sure)


class _Regressed(NamedTuple):
    """A regression on all rows, and others, each with the numbers of the rows it has not seen."""

    final: Calibration
    folds: tuple[tuple[Numbers, Calibration], ...]


def _regressed(rows: Sequence[ObservedRow]) -> _Regressed:
    """Logistic regression on the first extracts, without thresholds.

    Fitted is whether the sources answer at all: that is what a refusal says. A first extract that
    is wrong though there is an answer is neither a good answer nor a reason to refuse, and counts
    little. How strongly the weights are held back is chosen by cross-validation, whose predictions
    then give the probability that the first extract answers (Platt, 1999).
    """
    values = np.array([row.features[0] for row in rows])
    unknown = np.isnan(values)
    means = np.where(unknown, 0.0, values).sum(axis=0) / np.maximum(1, (~unknown).sum(axis=0))
    values = np.where(unknown, means, values)
    right = np.array([row.right[0] for row in rows])
    asked = np.array([row.question.answerable for row in rows])
    spread = values.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)  # a feature that never varies says nothing
    weights = np.where(asked & ~right, WRONG_EXTRACT_WEIGHT, 1.0)
    folds = {c: _folds(values / scale, asked, weights, c) for c in _STRENGTHS}
    seen = {c: _unseen(values / scale, own) for c, own in folds.items()}
    best = max(_STRENGTHS, key=lambda c: (roc_auc_score(asked, seen[c]), -c))
    platt = LogisticRegression(C=1.0, max_iter=10_000).fit(seen[best].reshape(-1, 1), right)
    slope, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])

    def calibrated(found: LogisticRegression) -> Calibration:
        return replace(
            UNFITTED,
            weights=tuple(map(float, slope * found.coef_[0] / scale)),
            intercept=slope * float(found.intercept_[0]) + shift,
            means=tuple(map(float, means)),
        )

    final = LogisticRegression(C=best, max_iter=10_000).fit(values / scale, asked, weights)
    parts = tuple((unknown, calibrated(found)) for unknown, found in folds[best])
    return _Regressed(calibrated(final), parts)


def _folds(
    values: FeatureMatrix, asked: Truth, weights: FeatureMatrix, strength: float
) -> list[tuple[Numbers, LogisticRegression]]:
    """Regressions, each with the numbers of the rows that it has not seen; all rows are in one."""
    found = []
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for known, unknown in folds.split(values, asked):
        regression = LogisticRegression(C=strength, max_iter=10_000)
        regression.fit(values[known], asked[known], weights[known])
        found.append((unknown, regression))
    return found


def _unseen(
    values: FeatureMatrix, folds: Sequence[tuple[Numbers, LogisticRegression]]
) -> FeatureMatrix:
    """The logit of each row by the regression that has not seen it."""
    found = np.zeros(len(values))
    for unknown, regression in folds:
        found[unknown] = regression.decision_function(values[unknown])
    return found
