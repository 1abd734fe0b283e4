"""Two versions asked the same labelled questions: which does better, and how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap

from corpus.errors import DocumentError, LibraryError
from corpus.text.documents import Span
from qa.answering.engine import Engine
from qa.answers import Answer, Certainty
from qa.evaluate.data.gold import GoldQuestion, answers, resolve

_RESAMPLES = 10_000
_LEAST = 2
_WORTH_OF_NONE: Mapping[Certainty, float] = {"refused": 1.0, "unsure": 0.5, "sure": 0.0}
"""What each outcome is worth where nothing answers: one that is unsure says that it may be none."""


@dataclass(frozen=True)
class Result:
    """What a version makes of a question.

    `worth`, 0 to 1: of a question that the sources answer 1 over the rank of the first quotation
    that answers, 0 where there is none; of one that a record answers 1 where it does; of another 1
    for a refusal and half of that for an answer that is unsure. `first` is the first quotation,
    what a record says, or None for a refusal; `place` the key of the source with the pinpoint or
    the field of the record.
    """

    worth: float
    first: str | None
    place: str | None


@dataclass(frozen=True)
class ComparedQuestion:
    """A question under the version before and the version after."""

    id: str
    question: str
    before: Result
    after: Result

    @property
    def change(self) -> float:
        """What the question is worth more, -1 to 1."""
        return self.after.worth - self.before.worth

    @property
    def moved(self) -> bool:
        """Whether the first quotation is another."""
        return (self.before.first, self.before.place) != (self.after.first, self.after.place)


@dataclass(frozen=True)
class GateComparison:
    """Labelled questions under two versions.

    `worse` is the probability, 0 to 1, that the version after does worse on questions such as
    these: the share of paired bootstrap samples whose mean change is below 0 (Efron and Tibshirani,
    An Introduction to the Bootstrap, 1993); `low` and `high` bound the mean change with 95 %.
    """

    rows: tuple[ComparedQuestion, ...]
    worse: float
    low: float
    high: float

    @property
    def means(self) -> tuple[float, float]:
        """Mean worth before and after."""
        return (
            float(np.mean([row.before.worth for row in self.rows])),
            float(np.mean([row.after.worth for row in self.rows])),
        )

    @property
    def lost(self) -> tuple[ComparedQuestion, ...]:
        """The questions that got worse, the worst first."""
        return tuple(sorted((r for r in self.rows if r.change < 0), key=lambda r: r.change))

    @property
    def moved(self) -> tuple[ComparedQuestion, ...]:
        """The questions whose first quotation is another."""
        return tuple(row for row in self.rows if row.moved)


def compare(before: Engine, after: Engine, questions: Sequence[GoldQuestion]) -> GateComparison:
    """Ask two versions the same questions.

    A place that answers and that one version lacks counts against that version. Raises LibraryError
    for a place or a record that neither has, and for fewer than two questions.
    """
    for question in questions:
        _check(before, after, question)
    rows = tuple(
        ComparedQuestion(
            question.id, question.question, _result(before, question), _result(after, question)
        )
        for question in questions
    )
    worse, low, high = paired([row.change for row in rows])
    return GateComparison(rows, worse, low, high)


def paired(changes: Sequence[float]) -> tuple[float, float, float]:
    """Probability that the mean of changes is below 0, and the bounds of its 95 % interval.

    By 10,000 bootstrap samples with a fixed seed. Raises LibraryError for fewer than two changes.
    """
    if len(changes) < _LEAST:
        raise LibraryError("gate.too-few", n=len(changes), least=_LEAST)
    if not any(changes):
        return 0.0, 0.0, 0.0
    found = bootstrap(
        (np.asarray(changes),), np.mean, n_resamples=_RESAMPLES, method="percentile", rng=0
    )
    interval = found.confidence_interval
    below = np.mean(found.bootstrap_distribution < -1e-12)  # sums of floats are no exact zeros
    return float(below), float(interval.low), float(interval.high)


def _result(engine: Engine, question: GoldQuestion) -> Result:
    answer = engine.ask(question.request())
    worth = _worth(engine, question, answer)
    if answer.quotes:
        first = answer.quotes[0]
        return Result(worth, first.text, f"{first.citation.source}, {first.citation.pinpoint}")
    if answer.about:
        fact = answer.about[0]
        return Result(worth, fact.value, f"{fact.source}, {fact.field} in its record")
    return Result(worth, None, None)


def _worth(engine: Engine, question: GoldQuestion, answer: Answer) -> float:
    if not question.answerable:
        return _WORTH_OF_NONE[answer.certainty]
    if question.record is not None and question.record.told_by(answer):
        return 1.0
    places = _places(engine, question)
    right = [rank for rank, q in enumerate(answer.quotes, 1) if answers(q, places)]
    return 1 / right[0] if right else 0.0


def _places(engine: Engine, question: GoldQuestion) -> list[tuple[str, Span]]:
    """The places of a question that the version has."""
    found = []
    for place in question.answers:
        try:
            document = engine.document(engine.version, place.source)
            found.append((place.source, resolve(document, place)))
        except (DocumentError, LibraryError):
            continue
    return found


def _check(before: Engine, after: Engine, question: GoldQuestion) -> None:
    record = question.record
    if record is not None:
        if record.source not in {*before.records, *after.records}:
            raise LibraryError("gate.no-record", id=question.id, source=record.source)
    elif question.answers and not _places(before, question) and not _places(after, question):
        phrases = [repr(place.phrase) for place in question.answers]
        raise LibraryError("gate.no-place", id=question.id, phrases=phrases)
