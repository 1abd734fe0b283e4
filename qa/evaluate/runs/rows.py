"""Cases of an evaluation, written as JSON rows as they come, so that a run cut off goes on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.wording import Message
from qa.evaluate.measures.cases import Case

_BEGIN = b'{"run": "'
_FIELDS = frozenset(field.name for field in fields(Case))


def run_key(*parts: str) -> str:
    """What rows must share to be of one run: a hash of data, index version, set-up and parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def told(settings: Settings) -> str:
    """What of the settings and of the program itself an answer depends on."""
    return f"{settings.model_dump_json(exclude={'home'})}\0{_program()}"


@cache
def _program() -> str:
    """A hash of the code and the data in it: a changed program answers anew."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[3]
    for package in ("corpus", "index", "qa"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".json", ".tsv"} and "web" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


class CaseRows:
    """The rows of a file by run; new ones are added to its end and to the disk at once.

    Without a path they are only kept. A last line that was cut off is dropped.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._known: dict[str, dict[str, Case]] = {}
        self._file: IO[str] | None = None
        self._asked: set[str] = set()
        if path is not None:
            whole = self._read(path) if path.exists() else 0
            try:
                self._file = path.open("a", encoding="utf-8")
                self._file.truncate(whole)
            except OSError as error:
                raise EvaluationError(
                    "evaluate.not-written", path=path, reason=error.strerror
                ) from None

    def _read(self, path: Path) -> int:
        """Read what is there; the bytes of it that are whole lines."""
        raw = path.read_bytes()
        whole = raw.rfind(b"\n") + 1
        cut = raw[whole : whole + len(_BEGIN)]
        if not _BEGIN.startswith(cut):
            raise _none(path, raw[:whole].count(b"\n") + 1, Message.of("evaluate.cut-row"))
        for number, line in enumerate(raw[:whole].decode("utf-8", "replace").split("\n"), 1):
            if line.strip():
                key, case = _case(path, number, line)
                self._known.setdefault(key, {})[case.id] = case
        return whole

    def of(self, key: str) -> Mapping[str, Case]:
        """The cases of a run that are there already, by question."""
        self._asked.add(key)
        return self._known.get(key, {})

    @property
    def others(self) -> int:
        """CaseRows that were there and belong to no run that was asked for."""
        return sum(len(own) for key, own in self._known.items() if key not in self._asked)

    def add(self, key: str, setup: str, case: Case) -> None:
        """Write a row."""
        if self._file is not None:
            row = {"run": key, "setup": setup, **asdict(case)}
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._file.flush()

    def __enter__(self) -> "CaseRows":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()


def _case(path: Path, number: int, line: str) -> tuple[str, Case]:
    try:
        row: dict[str, Any] = json.loads(line)
        values = {name: value for name, value in row.items() if name in _FIELDS}
        values["found"] = tuple(row["found"])
        return str(row["run"]), Case(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _none(path, number, repr(error)) from None


def _none(path: Path, number: int, reason: Message | str) -> EvaluationError:
    return EvaluationError("evaluate.no-row", path=path, line=number, reason=reason)
