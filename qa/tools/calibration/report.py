"""What a fitted confidence comes to on each part and group of the observed questions."""

from collections.abc import Sequence

from sklearn.metrics import roc_auc_score

from qa.answering.confidence import Calibration
from qa.evaluate.data.gold import SPLITS, Split
from qa.evaluate.measures.certainties import (
    right_called_sure,
    right_refused,
    sure_and_wrong,
    unanswerable_called_sure,
)
from qa.tools.calibration.observation import Observations, ObservedRow

NEAR_MISS = "near-miss"
Measures = dict[str, float]


def part_names(*, training: bool) -> dict[Split, str]:
    """What each part is called where it is reported: what a fit has seen says so.

    `training`: the reader has learned from the part `fit`, so that `tune` was fitted on.
    """
    own: dict[Split, str] = {split: split for split in SPLITS}
    if training:
        return own | {"tune": "tune, fitted on"}
    return own | {"fit": "fit, fitted on", "tune": "tune, thresholds chosen on"}


def report_parts(found: Observations, fitted: Calibration) -> dict[str, dict[str, Measures]]:
    """The measures of `report` by name of the part and group; `all` is all groups together.

    The questions of training are a part of their own.
    """
    names = part_names(training=bool(found.training.rows))
    measures = {
        names[split]: {
            name: report([row for row in group if row.question.split == split], fitted)
            for name, group in {**found.groups, "all": found.every}.items()
            if group
        }
        for split in SPLITS
        if found.part(split)
    }
    if found.training.rows:
        told = f"training, tune, thresholds chosen on: {found.training}"
        measures[told] = {"all": report(found.training.rows, fitted)}
    return measures


def report(rows: Sequence[ObservedRow], fitted: Calibration) -> Measures:
    """Measures of the rows, each 0 to 1; see docs/quality.md for their meaning."""
    asked = [row for row in rows if row.question.answerable]
    open_ = [row for row in rows if not row.question.answerable]
    rated = [row.rated(fitted) for row in rows]
    confidence, right = [one.surest for one in rated], [one.right for one in rated]
    called = [row.certainty(fitted) for row in rows]
    refused = [one == "refused" for one in called]
    unanswerable = [not row.question.answers for row in rows]
    refused_right = sum(r and u for r, u in zip(refused, unanswerable, strict=True))
    return {
        "answerable": len(asked),
        "unanswerable": len(open_),
        "first quotation answers": _share([row.rated(fitted).right for row in asked]),
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
