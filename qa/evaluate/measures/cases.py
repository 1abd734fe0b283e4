"""Cases and figures: what became of a question, and a measure over several of them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.answers import Certainty
from qa.evaluate.measures import certainties, refusals
from qa.evaluate.measures import intervals as statistics

LESS_IS_BETTER = frozenset(
    {
        "AURC",
        "calibration error",
        "answerable refused",
        "unanswerable called sure",
        "sure and wrong",
        "right refused",
    }
)
"""Measures of which less is better; of all others more is."""
Choose = Callable[[Sequence["Case"]], float]


@dataclass(frozen=True)
class Case:
    """What became of a question under a set-up.

    `scores` are figures of 0 to 1 by their names; what a question has no score for is not among
    them, as retrieval for one that nothing answers. `right` (the first quotation
    answers, that of a refusal among the closest), `certainty` and `confidence`, 0 to 1, are None
    where no answer was asked for. `found` are the documents, best first.
    """

    id: str
    group: str
    kind: str
    answerable: bool
    scores: Mapping[str, float]
    milliseconds: float
    certainty: Certainty | None = None
    right: bool | None = None
    confidence: float | None = None
    found: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is an answer, a sure one or an unsure one."""
        return self.certainty in {"sure", "unsure"}


@dataclass(frozen=True)
class Figure:
    """A measure over some cases with its 95 % interval by bootstrap; not numbers where none."""

    value: float
    low: float
    high: float
    cases: int


def figures(cases: Sequence[Case]) -> dict[str, Figure]:
    """Measure → figure: the mean of each score, and what is measured over all cases together."""
    names = dict.fromkeys(name for case in cases for name in case.scores)
    found = {name: figure_of(cases, name) for name in names}
    judged = [case for case in cases if case.confidence is not None]
    if judged:
        found |= {name: _figure(judged, choose) for name, choose in TOGETHER.items()}
    return found


def figure_of(cases: Sequence[Case], score: str) -> Figure:
    """The mean of a score over the cases that have it, at least one."""
    values = [case.scores[score] for case in cases if score in case.scores]
    interval = statistics.interval_of_mean(values)
    return Figure(math.fsum(values) / len(values), *interval, len(values))


def _figure(cases: Sequence[Case], choose: Choose) -> Figure:
    value = choose(cases)
    if math.isnan(value):
        return Figure(value, *statistics.NO_INTERVAL, len(cases))
    interval = statistics.interval(
        len(cases), lambda chosen: choose([cases[number] for number in chosen])
    )
    return Figure(value, *interval, len(cases))


def trust(cases: Sequence[Case]) -> tuple[list[float], list[bool]]:
    """The confidence in each case, and whether its first quotation answers."""
    return [case.confidence or 0.0 for case in cases], [bool(case.right) for case in cases]


def _labels(cases: Sequence[Case]) -> tuple[list[bool], list[bool]]:
    return [case.answerable for case in cases], [case.answered for case in cases]


def _certainties(cases: Sequence[Case]) -> list[Certainty]:
    return [case.certainty or "refused" for case in cases]


def _auroc(cases: Sequence[Case]) -> float:
    return refusals.auroc([case.answerable for case in cases], trust(cases)[0])


TOGETHER: Mapping[str, Choose] = {
    "AUROC": _auroc,
    "AURC": lambda cases: refusals.risk_coverage(*trust(cases)).area,
    "calibration error": lambda cases: refusals.calibration_error(
        refusals.reliability(*trust(cases))
    ),
    "refusal precision": lambda cases: refusals.refusal_precision(*_labels(cases)),
    "refusal recall": lambda cases: refusals.refusal_recall(*_labels(cases)),
    "answerable refused": lambda cases: refusals.false_refusals(*_labels(cases)),
    "unanswerable called sure": lambda cases: certainties.unanswerable_called_sure(
        [case.answerable for case in cases], _certainties(cases)
    ),
    "sure and wrong": lambda cases: certainties.sure_and_wrong(
        trust(cases)[1], _certainties(cases)
    ),
    "right refused": lambda cases: certainties.right_refused(trust(cases)[1], _certainties(cases)),
    "right called sure": lambda cases: certainties.right_called_sure(
        trust(cases)[1], _certainties(cases)
    ),
}
"""Measures of the cases together: no single question has them."""
