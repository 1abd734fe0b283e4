"""Questions from a file: JSON rows in, one answer a row out, in order."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import FootnoteError, QuestionError, reason_of, refused
from corpus.wording import Message
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.question.filters import EVERYTHING, Filter
from qa.request import Request


class BatchRow(BaseModel):
    """One question of a batch."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str | int
    question: str
    history: list[str] = []
    sources: list[str] | None = None
    types: list[str] = []
    years: str | None = None
    languages: list[str] = []

    def request(self, common: Request) -> Request:
        """The question of the row; sources and filters that it leaves out are those of `common`.

        Raises QuestionError for years that are none.
        """
        own = Filter.of(self.types, self.years, self.languages)
        return replace(
            common,
            text=self.question,
            history=tuple(self.history),
            sources=frozenset(self.sources) if self.sources else common.sources,
            filters=common.filters if own == EVERYTHING else own,
        )


def read_rows(path: Path) -> tuple[BatchRow, ...]:
    """The rows of a file of JSON lines, or of standard input for `-`.

    Raises QuestionError naming file and line of the first row that is none.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        lines = raw.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionError("chat.not-readable", path=path, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise QuestionError("data.not-utf8", path=path) from None
    return tuple(_row(path, n, line) for n, line in enumerate(lines, 1) if line.strip())


def _row(path: Path, number: int, line: str) -> BatchRow:
    try:
        return BatchRow.model_validate(json.loads(line))
    except ValidationError as error:
        place, why, _ = refused(error)
        where = place or Message.of("batch.whole")
        reason: Message | str = Message.of("data.field", place=where, reason=why)
    except ValueError as error:
        reason = reason_of(error)
    raise QuestionError("batch.row", path=path, line=number, reason=reason)


def ask_rows(
    engine: Engine, rows: Sequence[BatchRow], common: Request
) -> Iterator[tuple[dict[str, Any], Answer | None]]:
    """One object a row, in order, with its id: the answer, or the error of that row alone.

    The answer comes with its object, None where there is none. `common` says how the rows are asked
    that say nothing else; its text is asked by none.
    """
    for row in rows:
        try:
            answer = engine.ask(row.request(common))
            yield {"id": row.id, **answer.to_json()}, answer
        except FootnoteError as error:
            yield {"id": row.id, "question": row.question, "error": str(error)}, None
