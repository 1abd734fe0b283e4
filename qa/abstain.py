"""How sure the first quotation is, and when to refuse."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import ConfigurationError
from index.search import Candidate
from qa.extract import Extract

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"
FEATURES = ("worth", "passage", "lead")


@dataclass(frozen=True)
class Calibration:
    """A logistic regression over `FEATURES`, with its data named, and the threshold chosen on it.

    `model` is the encoder whose cosines it was fitted on: those of another do not fit it.
    """

    data: str
    model: str
    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """Probability, 0 to 1, that the first quotation answers."""
        terms = zip(self.weights, features, strict=True)
        logit = self.intercept + sum(weight * value for weight, value in terms)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def features(extracts: Sequence[Extract], candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """What the confidence is computed from, in the order of `FEATURES`.

    Worth of the first extract, cosine of the best passage, and its lead over the mean of the
    others: a question that the sources answer stands out.
    """
    scores = [candidate.score for candidate in candidates]
    others = scores[1:] or scores
    return extracts[0].score, scores[0], scores[0] - sum(others) / len(others)


@cache
def calibration(path: Path = CALIBRATION_FILE) -> Calibration:
    """The fitted calibration. Raises ConfigurationError where the file is broken."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        weights = tuple(float(raw["weights"][name]) for name in FEATURES)
        return Calibration(
            str(raw["data"]),
            str(raw["model"]),
            weights,
            float(raw["intercept"]),
            float(raw["threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: not a calibration ({error!r}); run 'make calibrate'"
        ) from None
