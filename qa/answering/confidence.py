"""How sure a quotation is, when to refuse, and why."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import ConfigurationError
from corpus.sources.library import CALIBRATION_FILE, PACKAGED
from corpus.wording import Message
from index.search.query import Candidate
from qa.answering.confidence_features import FEATURES, READER
from qa.answers import Certainty
from qa.question.terms import Terms

TOO_FAR = Message.of("refused.too-far")


@dataclass(frozen=True)
class Calibration:
    """A logistic regression over `FEATURES`, with its data named, and two thresholds.

    A question is refused where its surest quotation is below `threshold`, and the answer is sure
    where the first one, which is read first, reaches `sure`: both 0 to 1, the second not below the
    first. Between them an answer is unsure.
    `model` is the encoder whose cosines it was fitted on, `reader` the one whose logits, empty
    where none is known: those of others do not fit it. `means` are those of the features in the
    fit: what is not known counts as usual. `own` is false where
    the library that is asked has no fit of its own: then the confidence is not calibrated for it.
    `unread` is the fit, with thresholds of its own, for what the reader did not read; None where
    there is none: then its logit counts as usual.
    `problem` says why a fit of its own is not used, None where there is none or nothing is wrong.
    """

    data: str
    model: str
    weights: tuple[float, ...]
    intercept: float
    threshold: float
    sure: float
    means: tuple[float, ...] = ()
    own: bool = True
    problem: Message | None = None
    reader: str = ""
    unread: "Calibration | None" = None

    def suited(self, features: Sequence[Sequence[float]]) -> "Calibration":
        """The fit for quotations with these features: `unread` where none of them was read."""
        if self.unread is not None and all(math.isnan(one[READER]) for one in features):
            return self.unread
        return self

    def refusing(self, given: float | None = None) -> float:
        """The threshold below which is refused; one that is given takes its place."""
        return self.threshold if given is None else given

    def certainty(self, scores: Sequence[float], threshold: float | None = None) -> Certainty:
        """What the probabilities of quotations, in their order, come to; of none: a refusal.

        `threshold` takes the place of the refusing one; nothing is sure below it. `suited` to the
        features of the quotations counts.
        """
        least = self.refusing(threshold)
        if max(scores, default=-1.0) < least:
            return "refused"
        return "sure" if scores[0] >= max(self.sure, least) else "unsure"

    def fitted_to_another(self, model: str, reader: str | None) -> Message | None:
        """That the confidence was fitted to another main model or reader; None where it was not.

        `reader` is the name of the one in use, None where nothing is read: that is one of the
        inputs.
        """
        if model == self.model:
            if reader is None or not self.reader or reader == self.reader:
                return None
            return Message.of("confidence.other-reader", fitted=self.reader, used=reader)
        return Message.of("confidence.other-model", fitted=self.model, used=model)

    def probability(self, features: Sequence[float]) -> float:
        """Probability, 0 to 1, that a quotation answers; features that are not known are NaN."""
        if self.unread is not None and math.isnan(features[READER]):
            return self.unread.probability(features)
        usual = self.means or (0.0,) * len(self.weights)
        known = (
            mean if math.isnan(value) else value
            for value, mean in zip(features, usual, strict=True)
        )
        terms = zip(self.weights, known, strict=True)
        logit = self.intercept + sum(weight * value for weight, value in terms)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


UNFITTED = Calibration("none", "any", (0.0,) * len(FEATURES), 0.0, 0.0, 1.0)
"""Refuses nothing, is sure of nothing and holds every quotation for as likely as not: what a fit is
made with."""


def reason(terms: Terms, candidates: Sequence[Candidate]) -> Message:
    """Why a question is refused, in words: what no passage names, or that none is close enough.

    The first candidate is the one whose passage is shown first.
    """
    missing = [
        set(terms.missing_numbers(one)) | set(terms.missing_names(one)) for one in candidates
    ]
    nowhere = sorted(set.intersection(*missing)) if missing else []
    if nowhere:
        return Message.of("refused.named-nowhere", names=nowhere)
    nearest = sorted(missing[0]) if missing else []
    if nearest:
        return Message.of("refused.not-named", names=nearest)
    return TOO_FAR


@cache
def calibration(path: Path | None) -> Calibration:
    """The calibration of a file; None gives that of the packaged library, marked as not `own`.

    So does one that an earlier edition fitted to other features, with `problem`: its owner should
    be told, not left without answers. Raises ConfigurationError where the file is broken.
    """
    packaged = PACKAGED / CALIBRATION_FILE
    if path is None:
        return replace(calibration(packaged), own=False)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if path != packaged and set(raw["weights"]) != set(FEATURES):
            told = Message.of("confidence.other-inputs", path=path)
            return replace(calibration(None), problem=told)
        fitted = _fit_of(raw, raw)
        return replace(fitted, unread=_fit_of(raw, raw["unread"])) if "unread" in raw else fitted
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError("model.calibration", path=path, reason=repr(error)) from None


def _fit_of(raw: Mapping[str, Any], numbers: Mapping[str, Any]) -> Calibration:
    """The fit that a file describes with these numbers."""
    return Calibration(
        str(raw["data"]),
        str(raw["model"]),
        tuple(float(numbers["weights"][name]) for name in FEATURES),
        float(numbers["intercept"]),
        float(numbers["threshold"]),
        float(numbers["sure"]),
        tuple(float(numbers["means"][name]) for name in FEATURES),
        reader=str(raw.get("reader", "")),
    )
