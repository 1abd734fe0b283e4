"""One piece of work in the background at a time, watched and canceled from the page."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from corpus.errors import BusyError, FootnoteError, of_the_system
from corpus.wording import Message

_log = logging.getLogger(__name__)
_UNEXPECTED = Message.of("job.unexpected")
JobState = Literal["running", "canceling", "done", "canceled", "failed"]
Report = Callable[[Message, int, int], None]
"""Called by the work with its step, how much is done and how much there is."""


class Canceled(Exception):  # noqa: N818
    """Raised within the work where it reports, once somebody asked it to stop."""


@dataclass(frozen=True)
class Job:
    """What is known of a piece of work at one moment.

    `left` is the time left in the step, in seconds, None where nothing tells it; `result` is what
    the work returned, None before; `error` is the line to show where it failed.
    """

    number: int
    name: str
    state: JobState = "running"
    step: Message | None = None
    done: int = 0
    total: int = 1
    left: float | None = None
    result: object = None
    error: Message | None = None

    @property
    def active(self) -> bool:
        """Whether the work is still going on."""
        return self.state in {"running", "canceling"}


class Jobs:
    """Runs one piece of work at a time, each in a thread of its own; safe to use from any thread.

    `unexpected` is what a reader is told where an error came that no one foresaw; the log has it.
    """

    def __init__(
        self,
        unexpected: Message = _UNEXPECTED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._unexpected, self._clock = unexpected, clock
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._began, self._first, self._changing = 0.0, 0, False

    @property
    def job(self) -> Job | None:
        """The work that goes on or was last, None before the first."""
        with self._lock:
            return self._job

    def start(self, name: str, work: Callable[[Report], object]) -> Job:
        """Begin `work`, which reports at times. Raises BusyError where other work goes on."""
        with self._lock:
            self._check_free()
            before = self._job
            job = Job(number=before.number + 1 if before else 1, name=name)
            self._job, self._began, self._first = job, self._clock(), 0
            # A daemon: a build that is cut off leaves the version in use and goes on another time.
            self._thread = threading.Thread(target=self._run, args=(work,), daemon=True, name=name)
            self._thread.start()
            return job

    def cancel(self) -> None:
        """Ask the work to stop at its next report; without any work nothing happens."""
        with self._lock:
            if self._job is not None and self._job.active:
                self._job = replace(self._job, state="canceling")

    @contextmanager
    def idle(self) -> Iterator[None]:
        """A short change while no work goes on or begins. Raises BusyError where some does."""
        with self._lock:
            self._check_free()
            self._changing = True
        try:
            yield
        finally:
            self._changing = False

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work has ended, or so many seconds have passed."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self, work: Callable[[Report], object]) -> None:
        try:
            self._finish("done", result=work(self._report))
        except Canceled:
            self._finish("canceled")
        except FootnoteError as error:
            self._finish("failed", error=error.message)
        except OSError as error:
            self._finish("failed", error=of_the_system(error))
        except Exception:  # noqa: BLE001  (logged; a page that says nothing would wait for ever)
            _log.exception("work in the background failed")
            self._finish("failed", error=self._unexpected)

    def _report(self, step: Message, done: int, total: int) -> None:
        with self._lock:
            job = self._running()
            if job.state == "canceling":
                raise Canceled
            now = self._clock()
            if step != job.step:
                self._began, self._first = now, done
            left = _left(now - self._began, done - self._first, total - done)
            self._job = replace(job, step=step, done=done, total=total, left=left)

    def _finish(
        self, state: JobState, *, result: object = None, error: Message | None = None
    ) -> None:
        with self._lock:
            # Work that came to its end before it noticed the wish to cancel is done all the same.
            job = self._running()
            self._job = replace(job, state=state, result=result, error=error, left=None)

    def _check_free(self) -> None:
        if self._job is not None and self._job.active:
            raise BusyError("job.busy", job=Message.of(f"job.{self._job.name}"))
        if self._changing:
            raise BusyError("job.changing")

    def _running(self) -> Job:
        if self._job is None:
            raise RuntimeError("work reports that nobody started")
        return self._job


def _left(seconds: float, done: int, rest: int) -> float | None:
    """Seconds for `rest` at the pace of `done` in `seconds`; None before there is a pace."""
    return seconds / done * rest if seconds > 0 and done > 0 and rest >= 0 else None
