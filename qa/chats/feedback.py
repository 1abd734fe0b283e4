"""What readers say of quotations, kept below the data folder: nothing of it says who they are."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.errors import ConfigurationError, QuestionError, reason_of

Verdict = Literal["good", "wrong", "here"]
FEEDBACK_FILE = "feedback.sqlite"
MOST = 100_000
"""Rows that are kept; whoever asks for more fills the disk."""
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
  token TEXT PRIMARY KEY, time TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
  version TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  words TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('good', 'wrong', 'here'))
) STRICT
"""
_COLUMNS = "time, question, history, version, source, start, end, words, verdict"


@dataclass(frozen=True)
class Feedback:
    """A verdict on words of a document as an answer to a question.

    `start` and `end` are offsets in the document of `source` in index `version`, `words` what
    stands there. `good` and `wrong` are on a quotation, `here` on words that a reader chose.
    `history` holds the earlier questions; `time` is ISO 8601, UTC.
    """

    question: str
    history: tuple[str, ...]
    version: str
    source: str
    start: int
    end: int
    words: str
    verdict: Verdict
    time: str = ""


class FeedbackStore:
    """The verdicts of a data folder; several processes may write at once."""

    def __init__(self, home: Path) -> None:
        self.path = home / FEEDBACK_FILE

    def add(self, one: Feedback) -> str:
        """Keep a verdict; gives the token by which it is taken back.

        Raises QuestionError where `MOST` are kept, ConfigurationError where the file can't be used.
        """
        token, now = secrets.token_urlsafe(12), datetime.now(UTC).isoformat(timespec="seconds")
        history = json.dumps(one.history, ensure_ascii=False)
        row = (token, one.time or now, one.question, history, one.version, one.source)
        row_end = (one.start, one.end, one.words, one.verdict)
        with self._open() as database:
            if database.execute("SELECT count(*) FROM feedback").fetchone()[0] >= MOST:
                raise QuestionError("feedback.full", most=MOST, file=FEEDBACK_FILE)
            marks = ", ".join("?" * 10)
            database.execute(f"INSERT INTO feedback VALUES ({marks})", row + row_end)  # noqa: S608
        return token

    def remove(self, token: str) -> bool:
        """Take a verdict back; whether there was one of this token."""
        with self._open() as database:
            return database.execute("DELETE FROM feedback WHERE token = ?", (token,)).rowcount > 0

    def rows(self) -> tuple[Feedback, ...]:
        """All verdicts in the order in which they were given."""
        if not self.path.exists():
            return ()
        with self._open() as database:
            found = database.execute(
                f"SELECT {_COLUMNS} FROM feedback ORDER BY rowid"  # noqa: S608
            ).fetchall()
        return tuple(
            Feedback(one, tuple(json.loads(history)), version, key, start, end, words, verdict, at)
            for at, one, history, version, key, start, end, words, verdict in found
        )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, opened anew each time: handlers run in many threads, and writes are few."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, timeout=10)
            try:
                with database:
                    database.execute(_TABLE)
                    yield database
            finally:
                database.close()
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(
                "feedback.closed", path=self.path, reason=reason_of(error)
            ) from None
