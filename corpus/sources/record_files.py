"""JSON files of records → each record with its line, checked field by field."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pydantic import ValidationError

from corpus.errors import LibraryError
from corpus.sources.csl import CslRecord

_BLANKS = re.compile(r"[ \t\n\r]*")


class RawRecord(NamedTuple):
    """A value of a JSON array and the line where it starts, from 1."""

    line: int
    value: object


def read_records(path: Path) -> list[RawRecord]:
    """The values of the JSON array in a file, in order.

    Raises LibraryError, with line and column where there are any, for a file that cannot be read,
    is not UTF-8 or is no JSON array, and for an object that has one field twice.
    """
    text = _read_text(path)
    try:
        whole = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise LibraryError(
            f"{path}, line {error.lineno}, column {error.colno}: not JSON ({error.msg}); "
            "correct the file there"
        ) from None
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{path}: not JSON ({error}); correct the file") from None
    if not isinstance(whole, list):
        raise LibraryError(
            f"{path}: holds {_short(whole)}, expected an array; put [ and ] around the records"
        )
    return _with_lines(path, text, len(whole))


def _read_text(path: Path) -> str:
    try:
        # Editors on Windows put a byte order mark before the text.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LibraryError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    except OSError as error:
        raise LibraryError(
            f"{path}: not readable ({error.strerror}); check that it is there and its permissions"
        ) from None


def _with_lines(path: Path, text: str, count: int) -> list[RawRecord]:
    # json.loads forgets where a value stood, so the sound array is walked once more by value.
    decoder = json.JSONDecoder(object_pairs_hook=_without_doubles)
    records: list[RawRecord] = []
    end = text.index("[")
    for _ in range(count):
        start = _after_blanks(text, end + 1)
        line = text.count("\n", 0, start) + 1
        try:
            value, end = decoder.raw_decode(text, start)
        except ValueError as error:
            raise LibraryError(f"{path}, line {line}: {error}; remove one of them") from None
        end = _after_blanks(text, end)
        records.append(RawRecord(line, value))
    return records


def _after_blanks(text: str, start: int) -> int:
    blanks = _BLANKS.match(text, start)
    return start if blanks is None else blanks.end()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"field {name!r} stands twice in one record")
        found[name] = value
    return found


def check_record(value: object, where: str) -> tuple[CslRecord, str]:
    """The record in a JSON value and its canonical JSON: keys sorted, no blanks.

    `where` opens the message of the LibraryError for a value that is no such record.
    """
    if not isinstance(value, dict):
        raise LibraryError(
            f"{where}: {_short(value)} is no record; expected an object such as "
            '{"id": "dos2017", "type": "report", "title": "…"}; correct the file'
        )
    where = f"{where}, record {_short(value['id'])}" if "id" in value else where
    try:
        record = CslRecord.model_validate(value)
        csl = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        csl.encode()
    except ValidationError as error:
        _refuse_field(error, where)
    except UnicodeEncodeError:
        raise LibraryError(
            f"{where}: holds half a character (a lone surrogate); write the character itself"
        ) from None
    return record, csl


def _refuse_field(error: ValidationError, where: str) -> NoReturn:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        raise LibraryError(f"{where}: field '{field}' is missing; add it to the record") from None
    reason = first["msg"].removeprefix("Value error, ")
    raise LibraryError(
        f"{where}: field '{field}' is {_short(first['input'])}: {reason}; correct the record"
    ) from None


def _short(value: object) -> str:
    shown = json.dumps(value, default=str)
    return shown if len(shown) <= 80 else shown[:79] + "…"
