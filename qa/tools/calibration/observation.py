"""Labelled questions asked of an index, with what the confidence in each answer hangs on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from corpus.sources.library import TRAINING_FOLDER, Library
from corpus.wording import Message
from index.build.progress import Progress
from qa.answering.confidence import Calibration
from qa.answering.confidence_features import READER, UNKNOWN
from qa.answering.engine import Engine
from qa.answers import Certainty
from qa.evaluate.data.gold import GoldQuestion, Split, answers, read_gold, resolve
from qa.tools.calibration.certainty_thresholds import RatedAnswer

FOLLOW_UPS = "follow-ups"
_STEP = Message.of("step.calibrating")


@dataclass(frozen=True)
class ObservedRow:
    """A question with what the confidence in each extract is computed from, and which are right."""

    question: GoldQuestion
    features: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]

    def scores(self, fitted: Calibration) -> list[float]:
        """The confidence in each extract, 0 to 1, in their order."""
        return [fitted.probability(values) for values in self.features]

    def certainty(self, fitted: Calibration) -> Certainty:
        """What the answer comes to by a fit."""
        return fitted.suited(self.features).certainty(self.scores(fitted))

    @property
    def unread(self) -> "ObservedRow":
        """The row as if no reader had read."""
        unknown = tuple(
            (*values[:READER], UNKNOWN, *values[READER + 1 :]) for values in self.features
        )
        return replace(self, features=unknown)

    def rated(self, fitted: Calibration) -> RatedAnswer:
        """As in the engine: the order is that of worth, a refusal hangs on the surest extract."""
        scores = self.scores(fitted) or [0.0]
        return RatedAnswer(max(scores), scores[0], any(self.right[:1]))


class TrainingRows(NamedTuple):
    """Rows of questions that the reader learns from, and how many need a text not indexed."""

    rows: list[ObservedRow]
    unindexed: int

    def __str__(self) -> str:
        left_out = f", without {self.unindexed:,} whose texts are not indexed"
        return f"{len(self.rows):,} questions{left_out if self.unindexed else ''}"


class Observations(NamedTuple):
    """The labelled questions by group, the names of their files, and those of training."""

    groups: dict[str, list[ObservedRow]]
    files: str
    training: TrainingRows

    @property
    def every(self) -> list[ObservedRow]:
        """The labelled questions of all groups, without those of training."""
        return [row for group in self.groups.values() for row in group]

    def part(self, split: Split) -> list[ObservedRow]:
        """The labelled questions of a part."""
        return [row for row in self.every if row.question.split == split]


def observe(
    engine: Engine, questions: Iterable[GoldQuestion], sources: Sequence[str] | None = None
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


def observed(engine: Engine, library: Library, progress: Progress) -> Observations:
    """The labelled questions of a library that an index can be asked, and those of training.

    Each file is asked of what `library.toml` says, where all sources that it needs are indexed.
    Follow-ups are a group of their own. `progress` is told of each question.
    """
    groups = [*(told.group for _, told in library.gold), FOLLOW_UPS]
    rows: dict[str, list[ObservedRow]] = {group: [] for group in groups}
    asked = list(_gold_asked(engine, library))
    training = _training_questions((library.gold_home or library.own) / TRAINING_FOLDER)
    indexed = [one for one in training if one.needed <= set(engine.keys)]
    total = sum(len(one.questions) for one in asked) + len(indexed)
    numbers = count()

    def told(questions: Iterable[GoldQuestion]) -> Iterator[GoldQuestion]:
        for question in questions:
            progress(_STEP, next(numbers), total)
            yield question

    for one in asked:
        for row in observe(engine, told(one.questions), one.sources):
            rows[FOLLOW_UPS if row.question.history else one.group].append(row)
    taught = TrainingRows(observe(engine, told(indexed)), len(training) - len(indexed))
    progress(_STEP, total, total)
    return Observations(rows, ", ".join(one.file for one in asked), taught)


class _AskedFile(NamedTuple):
    """The questions of a file, its group, and the sources that are asked; None: all."""

    file: str
    group: str
    questions: tuple[GoldQuestion, ...]
    sources: Sequence[str] | None


def _gold_asked(engine: Engine, library: Library) -> Iterator[_AskedFile]:
    for path, told in library.gold:
        questions = tuple(read_gold(path))
        needed = {key for one in questions for key in one.sources} | set(told.sources)
        if needed <= set(engine.keys):
            yield _AskedFile(path.name, told.group, questions, told.sources or None)


def _training_questions(folder: Path) -> list[GoldQuestion]:
    """The part `tune` of the questions that the reader learns from."""
    files = sorted(folder.glob("*.jsonl"))
    return [one for path in files for one in read_gold(path) if one.split == "tune"]
