"""Fit the confidence on the labelled questions: `make calibrate` writes qa/calibration.json."""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from corpus.errors import FootnoteError
from corpus.settings import Settings
from qa.abstain import CALIBRATION_FILE, FEATURES, Calibration
from qa.build_index import build_index
from qa.engine import Engine
from qa.evaluate.gold import GOLD, GoldQuestion, answers, read_gold, resolve

ARTICLE_GOLD = GOLD / "article.jsonl"
LIBRARY_GOLD = (GOLD / "treaties.jsonl", GOLD / "statutes.jsonl")
ARTICLE = "delgado"
REFUSED = 0.3
"""The share of answerable questions that the threshold may refuse on the fitting half."""


@dataclass(frozen=True)
class Row:
    """A question with what the confidence in each extract is computed from, and which are right."""

    question: GoldQuestion
    features: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]


def observe(
    engine: Engine, questions: Sequence[GoldQuestion], sources: Sequence[str] | None = None
) -> list[Row]:
    """Ask each question without refusing; of `sources` where they are given."""
    rows = []
    for question in questions:
        found = engine.found(question.question, question.history, sources)
        places = [(p.source, resolve(engine.indexed(p.source), p)) for p in question.answers]
        hits = [answers(engine.quote(one), places) for one in found.extracts]
        rows.append(Row(question, found.features, tuple(hits)))
    return rows


def observed(engine: Engine) -> tuple[list[Row], str]:
    """The labelled questions that an index can be asked, and the names of their files.

    Those on the article are asked of it alone; those on the library where all their sources are
    indexed.
    """
    rows, files = observe(engine, read_gold(ARTICLE_GOLD), [ARTICLE]), [ARTICLE_GOLD.name]
    for path in LIBRARY_GOLD:
        questions = [one for one in read_gold(path) if not one.history]
        if all(one.sources <= set(engine.keys) for one in questions):
            rows += observe(engine, questions)
            files.append(path.name)
    return rows, ", ".join(files)


def fit(rows: Sequence[Row], data: str, model: str) -> Calibration:
    """Logistic regression on the first extracts; the threshold refuses little that is answerable.

    It is the highest one that refuses at most `REFUSED` of the answerable questions.
    """
    values = np.array([row.features[0] for row in rows])
    right = np.array([row.right[0] for row in rows])
    spread = values.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)  # a feature that never varies says nothing
    regression = LogisticRegression(max_iter=10_000).fit(values / scale, right)
    weights = regression.coef_[0] / scale
    unset = Calibration(data, model, tuple(map(float, weights)), float(regression.intercept_[0]), 0)
    asked = [_best(unset, row)[0] for row in rows if row.question.answerable]
    threshold = round(float(np.quantile(asked, REFUSED)), 4)
    return Calibration(data, model, unset.weights, unset.intercept, threshold)


def _best(fitted: Calibration, row: Row) -> tuple[float, bool]:
    """The highest confidence in an extract of a question, and whether that extract is right."""
    confidence = [fitted.probability(values) for values in row.features]
    best = max(range(len(confidence)), key=lambda n: (confidence[n], -n))
    return confidence[best], row.right[best]


def report(rows: Sequence[Row], fitted: Calibration) -> dict[str, float]:
    """Measures of the rows, each 0 to 1; see docs/quality.md for their meaning."""
    asked = [row for row in rows if row.question.answerable]
    open_ = [row for row in rows if not row.question.answerable]
    confidence = [_best(fitted, row)[0] for row in rows]
    refused = [value < fitted.threshold for value in confidence]
    unanswerable = [not row.question.answers for row in rows]
    refused_right = sum(r and u for r, u in zip(refused, unanswerable, strict=True))
    return {
        "answerable": len(asked),
        "unanswerable": len(open_),
        "first quotation answers": _share([_best(fitted, row)[1] for row in asked]),
        "one of three answers": _share([any(row.right) for row in asked]),
        "answerable or not, AUROC": float(roc_auc_score([not u for u in unanswerable], confidence)),
        "right refusals of all refusals": refused_right / max(sum(refused), 1),
        "right refusals of all unanswerable": refused_right / max(len(open_), 1),
        "answerable refused": _share(
            [r for r, u in zip(refused, unanswerable, strict=True) if not u]
        ),
    }


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(len(values), 1)


def main(home: Path | None = None) -> int:
    """Fit on one half of the questions, measure the other; print both as JSON.

    Asked is the index of the data folder `home`, by default one of the packaged library, built
    aside. That of article and cited sources gives the calibration that is shipped.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=home or Path(folder))
        if home is None:
            build_index(settings)
        engine = Engine.open(settings)
        rows, files = observed(engine)
        engine.close()
    halves = {split: [r for r in rows if r.question.split == split] for split in ("fit", "measure")}
    fitted = fit(halves["fit"], f"qa/gold: {files}, halves 'fit'", engine.models.main.name)
    written = {
        "data": fitted.data,
        "model": fitted.model,
        "weights": dict(zip(FEATURES, fitted.weights, strict=True)),
        "intercept": fitted.intercept,
        "threshold": fitted.threshold,
    }
    CALIBRATION_FILE.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    measures = {split: report(part, fitted) for split, part in halves.items()}
    sys.stdout.write(json.dumps({"threshold": fitted.threshold, **measures}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    except FootnoteError as error:
        sys.exit(f"calibrate: {error}")
