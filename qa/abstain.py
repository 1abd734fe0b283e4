"""How sure a quotation is, when to refuse, and why."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import ConfigurationError
from index.search import Candidate
from qa.extract import Extract
from qa.terms import Terms

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"
FEATURES = (
    "match",
    "dense",
    "multilingual",
    "lead",
    "agreement",
    "coverage",
    "missing numbers",
    "missing names",
    "foreign",
    "not English",
)
TOO_FAR = "No passage in the sources is close enough to this question to count as an answer."
_MOST_MISSING = 2


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
        """Probability, 0 to 1, that a quotation answers."""
        terms = zip(self.weights, features, strict=True)
        logit = self.intercept + sum(weight * value for weight, value in terms)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def features(terms: Terms, found: Extract, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """What the confidence in an extract is computed from, in the order of `FEATURES`.

    How well sentence and passage match; the cosines of both encoders, 0 where they did not run; the
    lead of its passage over the mean of the others; whether the words alone would have found it (0
    to 1); what it holds of the words, how many of the numbers and names of the question it lacks
    (at most two count); whether it is in another language than the question, and in another than
    English, which the models know best.
    """
    candidate = found.candidate
    others = [one.score for one in candidates if one is not candidate] or [candidate.score]
    most = max((one.signals.get("lexical", 0.0) for one in candidates), default=0.0)
    lexical = candidate.signals.get("lexical", 0.0)
    return (
        found.match,
        candidate.signals.get("dense", 0.0),
        candidate.signals.get("multilingual", 0.0),
        candidate.score - sum(others) / len(others),
        lexical / most if most > 0 else 0.0,
        terms.coverage(candidate),
        float(min(_MOST_MISSING, len(terms.missing_numbers(candidate)))),
        float(min(_MOST_MISSING, len(terms.missing_names(candidate)))),
        float(candidate.language != terms.query.language),
        float(candidate.language != "en"),
    )


def reason(terms: Terms, candidates: Sequence[Candidate]) -> str:
    """Why a question is refused, in words: what no passage names, or that none is close enough."""
    missing = [
        set(terms.missing_numbers(one)) | set(terms.missing_names(one)) for one in candidates
    ]
    nowhere = sorted(set.intersection(*missing)) if missing else []
    if nowhere:
        return f"No passage that comes close to this question names {_listed(nowhere)}."
    nearest = sorted(missing[0]) if missing else []
    if nearest:
        return f"The passage that comes closest does not name {_listed(nearest)}."
    return TOO_FAR


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


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
