"""Work in the background: one at a time, with progress, cancel and result."""

import threading
from collections.abc import Callable

import pytest

from corpus.errors import BusyError, LibraryError
from corpus.wording import Message
from qa.web.jobs.jobs import Job, Jobs, Report


def _ended(jobs: Jobs) -> Job:
    jobs.wait(10)
    job = jobs.job
    assert job is not None
    assert not job.active
    return job


class Gate:
    """Work that reports once, then goes on when it is told to, and reports again."""

    def __init__(self) -> None:
        self.reported, self.go = threading.Event(), threading.Event()

    def __call__(self, report: Report) -> str:
        report(Message.of("step.reading"), 1, 4)
        self.reported.set()
        assert self.go.wait(10)
        report(Message.of("step.reading"), 2, 4)
        return "read"


def test_there_is_no_job_before_the_first() -> None:
    assert Jobs().job is None


def test_work_that_ends_leaves_its_result() -> None:
    jobs = Jobs()
    jobs.start("build", lambda _report: 42)
    assert _ended(jobs) == Job(1, "build", "done", result=42)


def test_a_running_job_tells_its_step_and_refuses_another() -> None:
    jobs, work = Jobs(), Gate()
    jobs.start("build", work)
    assert work.reported.wait(10)
    job = jobs.job
    assert job is not None
    assert (job.state, str(job.step), job.done, job.total) == ("running", "reading", 1, 4)
    with pytest.raises(BusyError, match="'Build' is still going on"):
        jobs.start("fetch", lambda _report: None)
    work.go.set()
    assert _ended(jobs).result == "read"
    jobs.start("fetch", lambda _report: None)
    assert _ended(jobs).number == 2


def test_a_canceled_job_stops_at_its_next_report() -> None:
    jobs, work = Jobs(), Gate()
    jobs.start("build", work)
    assert work.reported.wait(10)
    jobs.cancel()
    canceling = jobs.job
    assert canceling is not None
    assert canceling.state == "canceling"
    assert canceling.active
    work.go.set()
    ended = _ended(jobs)
    assert ended.state == "canceled"
    assert ended.done == 1  # the second report never counted
    assert ended.result is None


def test_work_that_ends_without_noticing_the_cancel_is_done() -> None:
    jobs, reported, go = Jobs(), threading.Event(), threading.Event()

    def work(report: Report) -> str:
        report(Message.of("step.verifying"), 0, 1)
        reported.set()
        assert go.wait(10)
        return "published"

    jobs.start("build", work)
    assert reported.wait(10)
    jobs.cancel()
    go.set()
    ended = _ended(jobs)
    assert (ended.state, ended.result) == ("done", "published")


def test_a_cancel_without_work_does_nothing() -> None:
    jobs = Jobs()
    jobs.cancel()
    jobs.start("build", lambda report: report(Message.of("step.reading"), 1, 1))
    _ended(jobs)
    jobs.cancel()
    assert _ended(jobs).state == "done"


def _fails(error: Exception) -> Callable[[Report], object]:
    def work(_report: Report) -> object:
        raise error

    return work


def test_an_error_that_a_user_can_mend_is_told_in_its_words() -> None:
    jobs = Jobs()
    jobs.start("build", _fails(LibraryError("sources.json: mend line 3")))
    ended = _ended(jobs)
    assert (ended.state, str(ended.error)) == ("failed", "sources.json: mend line 3")


def test_an_error_of_the_system_names_its_file() -> None:
    jobs = Jobs()
    jobs.start("add", _fails(OSError(28, "No space left on device", "/data/x.md")))
    told = str(_ended(jobs).error)
    assert told.startswith("/data/x.md: No space left on device: check space")


def test_an_error_that_no_one_foresaw_tells_nothing_of_itself() -> None:
    jobs = Jobs(Message("ask the person who runs the server"))
    jobs.start("build", _fails(ValueError("secret")))
    assert str(_ended(jobs).error) == "ask the person who runs the server"


def test_the_time_left_is_the_pace_of_the_step_times_what_is_left() -> None:
    # Encoding begins at second 10 with 20 of 100 done before; at second 14 there are 40:
    # 20 in 4 seconds, so the last 60 take 12 seconds.
    times = iter([0.0, 10.0, 14.0])
    seen: list[float | None] = []
    jobs = Jobs(clock=lambda: next(times))

    def work(report: Report) -> None:
        for done in (20, 40):
            report(Message.of("step.encoding"), done, 100)
            job = jobs.job
            seen.append(job.left if job else -1)

    jobs.start("build", work)
    _ended(jobs)
    assert seen == [None, 12.0]
