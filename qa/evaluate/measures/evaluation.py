"""What evaluations give: a case a question, the figures of a set-up, set-ups compared.

Nothing here knows of the command line: `Evaluation` is what every report is made from.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from corpus.wording import Message
from qa.evaluate.measures import refusals
from qa.evaluate.measures.cases import Case, Figure, figure_of, figures, trust
from qa.evaluate.measures.costs import Cost, cost
from qa.evaluate.measures.paired_tests import Comparison, compared

EVERY_GROUP = "all"


@dataclass(frozen=True)
class Outcome:
    """A set-up with what became of each question, in their order."""

    setup: str
    stages: str
    cases: tuple[Case, ...]
    peak_mib: float = float("nan")
    model: str = ""
    index_version: str = ""

    @cached_property
    def groups(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases by group, and all of them."""
        names = dict.fromkeys(case.group for case in self.cases if case.group)
        found = {name: tuple(c for c in self.cases if c.group == name) for name in names}
        return {**(found if len(found) > 1 else {}), EVERY_GROUP: self.cases}

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, Figure]]:
        """Group → measure → figure."""
        return {name: figures(cases) for name, cases in self.groups.items()}

    def by_kind(self, measure: str) -> Mapping[str, Figure]:
        """A score by kind of question, where questions of a kind have it."""
        kinds = dict.fromkeys(
            case.kind for case in self.cases if case.kind and measure in case.scores
        )
        return {
            kind: figure_of([case for case in self.cases if case.kind == kind], measure)
            for kind in kinds
        }

    @property
    def cost(self) -> Cost:
        """What the questions cost."""
        return cost([case.milliseconds for case in self.cases], self.peak_mib)

    @property
    def judged(self) -> tuple[Case, ...]:
        """The cases whose confidence is known."""
        return tuple(case for case in self.cases if case.confidence is not None)

    @property
    def risk_coverage(self) -> refusals.RiskCoverage:
        """How many answers are wrong if only the surest are given."""
        return refusals.risk_coverage(*trust(self.judged))

    @property
    def reliability(self) -> tuple[refusals.Bin, ...]:
        """How often the first quotation answers, by the confidence."""
        return refusals.reliability(*trust(self.judged))


@dataclass(frozen=True)
class Evaluation:
    """Labelled questions under several set-ups.

    `left_out` has a line for each group of questions that was not asked, with the reason; `digest`
    is a hash of the questions, and of the documents where the data set brings its own.
    """

    data: str
    documents: int
    outcomes: tuple[Outcome, ...]
    left_out: tuple[Message, ...] = ()
    machine: str = ""
    seconds: float = float("nan")
    digest: str = ""

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every set-up against the first by each main measure, corrected over all of them."""
        return compared([(one.setup, one.cases) for one in self.outcomes])


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation without its cases as an object of JSON; what is not a number is null."""
    found: dict[str, Any] = _numbers(
        {
            "data": evaluation.data,
            "documents": evaluation.documents,
            "digest": evaluation.digest,
            "left_out": [*map(str, evaluation.left_out)],
            "machine": evaluation.machine,
            "seconds": evaluation.seconds,
            "setups": [
                {
                    "name": one.setup,
                    "stages": one.stages,
                    "model": one.model,
                    "index_version": one.index_version,
                    "questions": len(one.cases),
                    "answerable": sum(case.answerable for case in one.cases),
                    "cost": asdict(one.cost),
                    "figures": {
                        group: {name: asdict(figure) for name, figure in own.items()}
                        for group, own in one.figures.items()
                    },
                }
                for one in evaluation.outcomes
            ],
            "comparisons": [asdict(one) for one in evaluation.comparisons],
        }
    )
    return found


def _numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _numbers(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_numbers(own) for own in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def digest_of(*parts: object) -> str:
    """A hash of questions and documents, by what `repr` tells of them."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()[:16]
