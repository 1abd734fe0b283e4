"""Questions from a file: JSON rows in, one answer a row out, in order."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import FootnoteError, QuestionError
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.question.filters import EVERYTHING, Filter


class Row(BaseModel):
    """One question of a batch."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str | int
    question: str
    history: list[str] = []
    sources: list[str] | None = None
    types: list[str] = []
    years: str | None = None
    languages: list[str] = []


@dataclass(frozen=True)
class Asking:
    """How the rows are asked that say nothing else."""

    sources: Sequence[str] | None = None
    filters: Filter = EVERYTHING
    as_typed: bool = False


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a file of JSON lines, or of standard input for `-`.

    Raises QuestionError naming file and line of the first row that is none.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        lines = raw.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionError(f"{path}: not readable ({error.strerror}); check the name") from None
    except UnicodeDecodeError:
        raise QuestionError(f"{path}: not UTF-8; save the file as UTF-8") from None
    return tuple(_row(path, n, line) for n, line in enumerate(lines, 1) if line.strip())


def _row(path: Path, number: int, line: str) -> Row:
    try:
        return Row.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(map(str, first['loc'])) or 'row'}: {first['msg']}"
    except ValueError as error:
        reason = str(error)
    raise QuestionError(
        f'{path}, line {number}: {reason}; expected {{"id": "q1", "question": "…", '
        '"history": [], "sources": [], "types": [], "years": "2015-2018", "languages": []}'
    )


def ask_rows(
    engine: Engine, rows: Sequence[Row], asking: Asking = Asking()
) -> Iterator[tuple[dict[str, Any], Answer | None]]:
    """One object a row, in order, with its id: the answer, or the error of that row alone.

    The answer comes with its object, None where there is none.
    """
    for row in rows:
        try:
            own = Filter.of(row.types, row.years, row.languages)
            answer = engine.ask(
                row.question,
                row.history,
                row.sources or asking.sources or None,
                filters=asking.filters if own == EVERYTHING else own,
                as_typed=asking.as_typed,
            )
            yield {"id": row.id, **answer.to_json()}, answer
        except FootnoteError as error:
            yield {"id": row.id, "question": row.question, "error": str(error)}, None
