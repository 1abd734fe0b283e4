"""A training set: questions with the passages that a search puts before the reader.

It is a folder of two files, so that a machine that trains needs no index: `passages.jsonl` and
`questions.jsonl`, a row each.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import EvaluationError
from qa.evaluate.data.gold import Split

PASSAGES_FILE, QUESTIONS_FILE = "passages.jsonl", "questions.jsonl"


class ReadPassage(NamedTuple):
    """A passage as a reader is given it: what stands above it, and its text."""

    id: str
    source: str
    language: str
    context: str
    text: str


class RightPassage(NamedTuple):
    """A passage that answers, and where in its text the answering words are: start and end."""

    passage: str
    start: int
    end: int


@dataclass(frozen=True)
class TrainingQuestion:
    """A question with what answers it and what was found for it.

    `text` is what the reader is given, the questions before it included where it points back.
    Without `right` nothing answers; `near` are passages that only seem to. `candidates` are
    passages in the order of the search.
    """

    id: str
    text: str
    language: str
    kind: str
    split: Split
    right: tuple[RightPassage, ...]
    near: tuple[str, ...]
    candidates: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether any passage answers."""
        return bool(self.right)

    @property
    def source(self) -> str:
        """The source that it was written on, which its id begins with; empty where it does not."""
        return self.id.rpartition("-")[0]


def write_passages(folder: Path, passages: Iterable[ReadPassage]) -> None:
    """Write the file of passages anew, in the order of their ids."""
    rows = sorted(passages, key=lambda one: one.id)
    text = "".join(f"{json.dumps(one._asdict(), ensure_ascii=False)}\n" for one in rows)
    (folder / PASSAGES_FILE).write_text(text, encoding="utf-8")


def question_row(question: TrainingQuestion) -> str:
    """The line of a question."""
    row = asdict(question) | {"right": [tuple(one) for one in question.right]}
    return f"{json.dumps(row, ensure_ascii=False)}\n"


def read_passages(folder: Path) -> dict[str, ReadPassage]:
    """The passages by id. Raises EvaluationError naming file and line of a bad row."""
    found = (ReadPassage(**row) for row in _rows(folder / PASSAGES_FILE))
    return {one.id: one for one in found}


def read_questions(folder: Path) -> tuple[TrainingQuestion, ...]:
    """The questions in the order of the file. Raises as `read_passages` does."""
    return tuple(_question(row) for row in _rows(folder / QUESTIONS_FILE))


def _question(row: dict[str, Any]) -> TrainingQuestion:
    lists = {name: tuple(row[name]) for name in ("near", "candidates")}
    right = tuple(RightPassage(*one) for one in row["right"])
    return TrainingQuestion(**row | lists | {"right": right})


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file; a last line that was cut off by a killed run is left out."""
    if not path.exists():
        raise EvaluationError("training.no-set", path=path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        try:
            if line:
                yield json.loads(line)
        except ValueError as error:
            if number < len(lines):
                reason = str(error)
                raise EvaluationError("data.row", path=path, line=number, reason=reason) from None
