"""Builds that are killed: run as a process of its own by test_crash.py.

`python -m tests.crash count HOME LIBRARY` prints how many moments a build has; `… kill LIBRARY
MOMENT HOME [MOMENT HOME …]` kills a build at each of these moments; `… deny HOME LIBRARY` builds
where nothing may be written. A moment is one of the first forty visits of a line of `index/`.
"""

import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import index
from corpus.errors import StorageError
from corpus.settings import PassageSettings, Settings
from index.build.build import build, plan_build
from index.search.search import Index
from tests.toys import ToyEncoder

_INDEX = str(Path(index.__file__).parent)
_VISITS = 40


def settings(home: Path) -> Settings:
    return Settings(home=home, passages=PassageSettings(min_words=3, max_words=8))


class _Moments:
    """Counts moments; kills the process at moment `fatal`."""

    def __init__(self, fatal: int = -1) -> None:
        self.passed, self._fatal = 0, fatal
        self._visits: Counter[tuple[str, int]] = Counter()

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_INDEX):
            return None
        if event == "line":
            place = (frame.f_code.co_filename, frame.f_lineno)
            self._visits[place] += 1
            if self._visits[place] <= _VISITS:
                if self.passed == self._fatal:
                    os.kill(os.getpid(), signal.SIGKILL)
                self.passed += 1
        return self


def _traced(home: Path, library: Path, moments: _Moments) -> None:
    sys.settrace(moments)
    try:
        build(settings(home), ToyEncoder(), packaged=library)
    finally:
        sys.settrace(None)


def kept(home: Path) -> int:
    """How many vectors the cut-off build has kept."""
    files = list((home / "index" / "staging").glob("encoded-*.sqlite"))
    if not files:
        return 0
    db = sqlite3.connect(files[0])
    try:
        return int(db.execute("SELECT count(*) FROM encoded").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before its table was made
    finally:
        db.close()


def _denied(home: Path, library: Path) -> None:
    """Print what is found, what a dry run plans, and the error of a build."""
    with TemporaryDirectory() as warm:  # everything is imported while it still may be
        build(settings(Path(warm)), ToyEncoder(), packaged=library)
    if os.geteuid() == 0:  # to whom nothing is forbidden
        os.setuid(65534)
    index = Index.open(settings(home), ToyEncoder())
    found = len(index.candidates("fox", 1))
    plan, _ = plan_build(settings(home), ToyEncoder(), packaged=library)
    try:
        build(settings(home), ToyEncoder(), packaged=library)
    except StorageError as error:
        print(json.dumps([found, plan.passages, str(error)]))


def main(arguments: list[str]) -> None:
    if arguments[0] == "count":
        moments = _Moments()
        _traced(Path(arguments[1]), Path(arguments[2]), moments)
        print(json.dumps(moments.passed))
        return
    if arguments[0] == "deny":
        _denied(Path(arguments[1]), Path(arguments[2]))
        return
    library, points = Path(arguments[1]), arguments[2:]
    ends = []
    for moment, home in zip(points[::2], points[1::2], strict=True):
        child = os.fork()
        if child == 0:
            _traced(Path(home), library, _Moments(int(moment)))
            os._exit(0)
        ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    print(json.dumps(ends))


if __name__ == "__main__":
    main(sys.argv[1:])
