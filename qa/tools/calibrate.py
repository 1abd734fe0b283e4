"""Fit the confidence on labelled questions: `make calibrate` writes it beside them."""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from corpus.errors import FootnoteError
from corpus.settings import Settings, load_settings
from corpus.sources.library import CALIBRATION_FILE, TRAINING_FOLDER, Library
from qa.answering.confidence import UNFITTED, Calibration
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.answering.reader import BUNDLED_READER
from qa.evaluate.data.gold import SPLITS, GoldQuestion, Split, answers, read_gold, resolve
from qa.evaluate.measures.certainties import (
    right_called_sure,
    right_refused,
    sure_and_wrong,
    unanswerable_called_sure,
)
from qa.evaluate.runs.gold import gold_of
from qa.evaluate.runs.shipped_reader import need_reader
from qa.library.indexing import build_index
from qa.tools.certainty_thresholds import RatedAnswer, certainty_thresholds

TUNING = 200
"""The fewest questions of the part `tune` that thresholds are chosen on without those of `fit`."""
FOLLOW_UPS = "follow-ups"
NEAR_MISS = "near-miss"
WRONG_EXTRACT_WEIGHT = 0.3
"""What a wrong first extract of an answerable question counts in the fit."""
_STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)
_FOLDS = 5
FeatureMatrix = NDArray[np.float64]
Truth = NDArray[np.bool_]
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class ObservedRow:
    """A question with what the confidence in each extract is computed from, and which are right."""

    question: GoldQuestion
    features: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]


def observe(
    engine: Engine, questions: Sequence[GoldQuestion], sources: Sequence[str] | None = None
) -> list[ObservedRow]:
    """What the confidence in the answer to each question hangs on; of `sources` where given.

    Without those that a record answers: what it says is certain, and nothing is searched.
    """
    rows = []
    for question in questions:
        answer, found = engine.explain(question.request(sources))
        if found is None or question.record is not None:
            continue
        places = [(p.source, resolve(engine.indexed(p.source), p)) for p in question.answers]
        hits = [answers(one, places) for one in answer.quotes or answer.closest]
        rows.append(ObservedRow(question, found.features, tuple(hits)))
    return rows


def observed(engine: Engine, library: Library) -> tuple[dict[str, list[ObservedRow]], str]:
    """The labelled questions that an index can be asked, by group, and the names of their files.

    Each file is asked of what `library.toml` says, where all sources that it needs are indexed.
    Follow-ups are a group of their own.
    """
    groups = [*(told.group for _, told in library.gold), FOLLOW_UPS]
    rows: dict[str, list[ObservedRow]] = {group: [] for group in groups}
    files = []
    for path, told in library.gold:
        questions = read_gold(path)
        needed = {key for one in questions for key in one.sources} | set(told.sources)
        if needed <= set(engine.keys):
            for row in observe(engine, questions, told.sources or None):
                rows[FOLLOW_UPS if row.question.history else told.group].append(row)
            files.append(path.name)
    return rows, ", ".join(files)


class TrainingRows(NamedTuple):
    """Rows of questions that the reader learns from, and how many need a text not indexed."""

    rows: list[ObservedRow]
    unindexed: int

    def __str__(self) -> str:
        left_out = f", without {self.unindexed:,} whose texts are not indexed"
        return f"{len(self.rows):,} questions{left_out if self.unindexed else ''}"


def of_training(engine: Engine, folder: Path) -> TrainingRows:
    """The rows of the part `tune` of the questions that the reader learns from, all sources asked.

    Without those that need a document which is not indexed.
    """
    questions = [
        one
        for path in sorted(folder.glob("*.jsonl"))
        for one in read_gold(path)
        if one.split == "tune"
    ]
    asked = [one for one in questions if one.needed <= set(engine.keys)]
    return TrainingRows(observe(engine, asked), len(questions) - len(asked))


def part_names(*, training: bool) -> dict[Split, str]:
    """What each part is called where it is reported: what a fit has seen says so.

    `training`: the reader has learned from the part `fit`, so that `tune` was fitted on.
    """
    own: dict[Split, str] = {split: split for split in SPLITS}
    if training:
        return own | {"tune": "tune, fitted on"}
    return own | {"fit": "fit, fitted on", "tune": "tune, thresholds chosen on"}


def fit(
    rows: Sequence[ObservedRow], tuning: Sequence[ObservedRow], data: str, model: str
) -> Calibration:
    """A logistic regression fitted to `rows`, with the thresholds for answers such as `tuning`.

    Of fewer than `TUNING` questions no thresholds are chosen. Then `rows` help, each with the
    confidence by a regression that has not seen it, since the final one knows them too well.
    """
    regressed = _regressed(rows, data, model)
    rated = [_rated(regressed.final, row) for row in tuning]
    if len(tuning) < TUNING:
        rated += [
            _rated(fold, rows[number]) for unknown, fold in regressed.folds for number in unknown
        ]
    refusing, sure = certainty_thresholds(rated)
    return replace(regressed.final, threshold=refusing, sure=sure)


class _Regressed(NamedTuple):
    """A regression on all rows, and others, each with the numbers of the rows it has not seen."""

    final: Calibration
    folds: tuple[tuple[Numbers, Calibration], ...]


def _regressed(rows: Sequence[ObservedRow], data: str, model: str) -> _Regressed:
    """Logistic regression on the first extracts, without thresholds.

    Fitted is whether the sources answer at all: that is what a refusal says. A first extract that
    is wrong though there is an answer is neither a good answer nor a reason to refuse, and counts
    little. How strongly the weights are held back is chosen by cross-validation, whose predictions
    then give the probability that the first extract answers (Platt, 1999).
    """
    values = np.array([row.features[0] for row in rows])
    means = np.nan_to_num(np.nanmean(values, axis=0))
    values = np.where(np.isnan(values), means, values)
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
            data=data,
            model=model,
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


def _scores(fitted: Calibration, row: ObservedRow) -> list[float]:
    return [fitted.probability(values) for values in row.features]


def _rated(fitted: Calibration, row: ObservedRow) -> RatedAnswer:
    """As in the engine: the order is that of worth, a refusal hangs on the surest extract."""
    scores = _scores(fitted, row) or [0.0]
    return RatedAnswer(max(scores), scores[0], any(row.right[:1]))


def report(rows: Sequence[ObservedRow], fitted: Calibration) -> dict[str, float]:
    """Measures of the rows, each 0 to 1; see docs/quality.md for their meaning."""
    asked = [row for row in rows if row.question.answerable]
    open_ = [row for row in rows if not row.question.answerable]
    rated = [_rated(fitted, row) for row in rows]
    confidence, right = [one.surest for one in rated], [one.right for one in rated]
    called = [fitted.certainty(_scores(fitted, row)) for row in rows]
    refused = [one == "refused" for one in called]
    unanswerable = [not row.question.answers for row in rows]
    refused_right = sum(r and u for r, u in zip(refused, unanswerable, strict=True))
    return {
        "answerable": len(asked),
        "unanswerable": len(open_),
        "first quotation answers": _share([_rated(fitted, row).right for row in asked]),
        "one of three answers": _share([any(row.right) for row in asked]),
        "answerable or not, AUROC": _auroc(rows, confidence),
        "answerable or not, AUROC on near misses": _auroc(rows, confidence, NEAR_MISS),
        "right refusals of all refusals": refused_right / max(sum(refused), 1),
        "right refusals of all unanswerable": refused_right / max(len(open_), 1),
        "answerable refused": _share(
            [r for r, u in zip(refused, unanswerable, strict=True) if not u]
        ),
        "sure": _share([one == "sure" for one in called]),
        "unanswerable called sure": unanswerable_called_sure(
            [not one for one in unanswerable], called
        ),
        "sure and wrong": sure_and_wrong(right, called),
        "right refused": right_refused(right, called),
        "right called sure": right_called_sure(right, called),
    }


def _auroc(
    rows: Sequence[ObservedRow], confidence: Sequence[float], kind: str | None = None
) -> float:
    """AUROC of the answerable questions against the unanswerable ones, or those of a kind."""
    pairs = [
        (row.question.answerable, value)
        for row, value in zip(rows, confidence, strict=True)
        if row.question.answerable or kind in {None, row.question.kind}
    ]
    labels = [answerable for answerable, _ in pairs]
    if all(labels) or not any(labels):
        return float("nan")
    return float(roc_auc_score(labels, [value for _, value in pairs]))


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(len(values), 1)


def main(home: Path | None = None) -> int:
    """Fit on a part of the questions, choose thresholds, measure each part; print that as JSON.

    Asked is the index of the data folder `home`, by default one of the packaged library, built
    aside. That of the packaged library with all its texts gives the calibration that is shipped.
    Raises EvaluationError where the library of that folder has no labelled questions, or the reader
    that ships cannot be had.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder)) if home is None else load_settings(home)
        need_reader(settings)
        library = Library.of(settings)
        gold_of(library)
        if home is None:
            build_index(settings)
        engine = Engine.open(settings, fitted=UNFITTED)
        groups, files = observed(engine, library)
        home_of_gold = library.gold_home or library.own
        training = of_training(engine, home_of_gold / TRAINING_FOLDER)
        engine.close()
    every = [row for group in groups.values() for row in group]
    parts: dict[Split, list[ObservedRow]] = {
        split: [row for row in every if row.question.split == split] for split in SPLITS
    }
    model = engine.models.main.name
    if training.rows:
        # The reader knows what it learned from too well: the part `fit` says nothing of it. The
        # questions of training are measured alone: they hold all words of a passage or none.
        told = f"gold: {files}, part tune"
        fitted = fit(parts["tune"], (), told, model)
    else:
        chosen = "tune" if len(parts["tune"]) >= TUNING else "fit and tune"
        told = f"gold: {files}, part fit; thresholds: {chosen}"
        fitted = fit(parts["fit"], parts["tune"], told, model)
    written = {
        "data": fitted.data,
        "model": fitted.model,
        "reader": settings.reader or BUNDLED_READER,
        "weights": dict(zip(FEATURES, fitted.weights, strict=True)),
        "intercept": fitted.intercept,
        "means": dict(zip(FEATURES, fitted.means, strict=True)),
        "threshold": fitted.threshold,
        "sure": fitted.sure,
    }
    target = home_of_gold / CALIBRATION_FILE
    target.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    names = part_names(training=bool(training.rows))
    measures = {
        names[split]: {
            name: report([row for row in group if row.question.split == split], fitted)
            for name, group in {**groups, "all": every}.items()
            if group
        }
        for split in SPLITS
        if parts[split]
    }
    if training.rows:
        measures[f"training, tune: {training}"] = {"all": report(training.rows, fitted)}
    told_of = {"data": fitted.data, "threshold": fitted.threshold, "sure": fitted.sure}
    sys.stdout.write(json.dumps({**told_of, **measures}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    except FootnoteError as error:
        sys.exit(f"calibrate: {error}")
