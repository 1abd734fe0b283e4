"""JSON files of records → each record with its line, checked field by field."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pydantic import ValidationError

from corpus.errors import LibraryError, reason_of, refused
from corpus.sources.csl import CslRecord
from corpus.wording import Message

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
        place = {"path": path, "line": error.lineno, "column": error.colno}
        raise LibraryError("library.not-json-at", **place, reason=error.msg) from None
    except (ValueError, RecursionError) as error:
        raise LibraryError("library.not-json", path=path, reason=reason_of(error)) from None
    if not isinstance(whole, list):
        raise LibraryError("library.no-array", path=path, value=_short(whole))
    return _with_lines(path, text, len(whole))


def _read_text(path: Path) -> str:
    try:
        # Editors on Windows put a byte order mark before the text.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LibraryError("library.not-utf8", path=path, at=error.start) from None
    except OSError as error:
        raise LibraryError("library.not-readable", path=path, reason=error.strerror) from None


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
            where = Message.of("record.line", path=path, line=line)
            raise LibraryError("record.twice", where=where, reason=reason_of(error)) from None
        end = _after_blanks(text, end)
        records.append(RawRecord(line, value))
    return records


def _after_blanks(text: str, start: int) -> int:
    blanks = _BLANKS.match(text, start)
    return start if blanks is None else blanks.end()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(Message.of("record.constant", name=name))


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(Message.of("record.doubled", name=name))
        found[name] = value
    return found


def check_record(value: object, where: Message) -> tuple[CslRecord, str]:
    """The record in a JSON value and its canonical JSON: keys sorted, no blanks.

    `where` opens the message of the LibraryError for a value that is no such record.
    """
    if not isinstance(value, dict):
        raise LibraryError("record.no-object", where=where, value=_short(value))
    if "id" in value:
        where = Message.of("record.of", where=where, id=_short(value["id"]))
    try:
        record = CslRecord.model_validate(value)
        csl = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        csl.encode()
    except ValidationError as error:
        _refuse_field(error, where)
    except UnicodeEncodeError:
        raise LibraryError("record.surrogate", where=where) from None
    return record, csl


def _refuse_field(error: ValidationError, where: Message) -> NoReturn:
    field, reason, received = refused(error)
    if error.errors(include_url=False)[0]["type"] == "missing":
        raise LibraryError("record.missing", where=where, field=field) from None
    raise LibraryError(
        "record.wrong", where=where, field=field, value=_short(received), reason=reason
    ) from None


def _short(value: object) -> str:
    shown = json.dumps(value, default=str)
    return shown if len(shown) <= 80 else shown[:79] + "…"
