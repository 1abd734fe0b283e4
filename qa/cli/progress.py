"""How far a build is: bars on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from corpus.wording import Message
from index.build.progress import Progress

_PAUSE_S = 2.0
_UNITS = {"step.encoding": "passages", "step.reading": "documents"}


@contextmanager
def build_progress(console: Console) -> Iterator[Progress]:
    """What a build reports to: with passages a second and the time left while it encodes.

    Lines printed to the same console meanwhile stay above the bars.
    """
    if not console.is_terminal:
        yield _lines(console, time.monotonic)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
    with Bars(
        *columns, MofNCompleteColumn(), _Speed(), TimeRemainingColumn(), console=console
    ) as bars:
        tasks: dict[Message, TaskID] = {}

        def report(step: Message, done: int, total: int) -> None:
            for name, task in tasks.items():
                if name != step:  # the step before has ended, though it may not have said so
                    bars.update(task, completed=bars.tasks[task].total)
            if step not in tasks:
                unit = _UNITS.get(step.key)
                tasks[step] = bars.add_task(escape(str(step)), total=total, unit=unit)
            bars.update(tasks[step], completed=done, total=total)

        yield report
        for task in tasks.values():
            bars.update(task, completed=bars.tasks[task].total)


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        unit = task.fields["unit"]
        if unit is None or not task.speed:
            return Text("")
        return Text(f"{task.speed:,.0f} {unit}/s", style="progress.data.speed")


def _lines(console: Console, clock: Callable[[], float]) -> Progress:
    """Lines as a build goes on, at most one every two seconds within a step."""
    step_now: Message | None = None
    last, shown, began, first = "", 0.0, 0.0, 0

    def report(step: Message, done: int, total: int) -> None:
        nonlocal step_now, last, shown, began, first
        now = clock()
        fresh = step != step_now
        if fresh:
            step_now, began, first = step, now, done
        elif (now - shown < _PAUSE_S and done < total) or total <= 1:
            return
        shown = now
        line = f"{step} {done:,}/{total:,}" if total > 1 else str(step)
        line += _rate(step, done - first, total - done, now - began)
        if line != last:
            console.print(escape(line))
        last = line

    return report


def _rate(step: Message, done: int, left: int, elapsed: float) -> str:
    unit = _UNITS.get(step.key)
    if unit is None or done <= 0 or elapsed < 0.1:
        return ""
    speed = done / elapsed
    return f", {speed:,.0f} {unit}/s" + (f", {_time(left / speed)} left" if left else "")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} min" if minutes else f"{rest} s"
