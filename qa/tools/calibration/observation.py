"""Labelled questions asked of an index, with what the confidence in each answer hangs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus.sources.library import TRAINING_FOLDER, Library
from qa.answering.confidence import Calibration
from qa.answering.engine import Engine
from qa.evaluate.data.gold import GoldQuestion, Split, answers, read_gold, resolve
from qa.tools.calibration.certainty_thresholds import RatedAnswer

FOLLOW_UPS = "follow-ups"


@dataclass(frozen=True)
class ObservedRow:
    """A question with what the confidence in each extract is computed from, and which are right."""

    question: GoldQuestion
    features: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]

    def scores(self, fitted: Calibration) -> list[float]:
        """The confidence in each extract, 0 to 1, in their order."""
        return [fitted.probability(values) for values in self.features]

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


def observed(engine: Engine, library: Library) -> Observations:
    """The labelled questions of a library that an index can be asked, and those of training.

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
    training = of_training(engine, (library.gold_home or library.own) / TRAINING_FOLDER)
    return Observations(rows, ", ".join(files), training)


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
