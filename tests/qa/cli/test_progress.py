import io

import pytest
from rich.console import Console

from corpus.wording import Message
from qa.cli.progress import build_progress


def _console(*, terminal: bool) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=terminal, width=120, highlight=False), out


def test_elsewhere_than_on_a_terminal_progress_is_plain_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    console, out = _console(terminal=False)
    with build_progress(console) as progress:
        progress(Message.of("step.reading"), 0, 1)
        for second, done in enumerate((0, 10, 20, 30, 40)):
            now[0] = float(second)
            progress(Message.of("step.encoding"), done, 240)
        now[0] = 24.0
        progress(Message.of("step.encoding"), 240, 240)
        progress(Message.of("step.encoding"), 240, 240)
        progress(Message.of("step.verifying"), 0, 1)
    # At 2 s 20 of 240 are done: 10/s, 220 left, 22 s; one line every two seconds.
    assert out.getvalue().splitlines() == [
        "reading",
        "encoding 0/240",
        "encoding 20/240, 10 passages/s, 22 s left",
        "encoding 40/240, 10 passages/s, 20 s left",
        "encoding 240/240, 10 passages/s",
        "verifying",
    ]


def test_on_a_terminal_a_bar_shows_passages_a_second_and_other_lines_stay_above() -> None:
    console, out = _console(terminal=True)
    with build_progress(console) as progress:
        progress(Message.of("step.reading"), 0, 1)
        progress(Message.of("step.encoding"), 0, 100)
        console.print("the plan")
        progress(Message.of("step.encoding"), 50, 100)
        progress(Message.of("step.encoding"), 100, 100)
    shown = out.getvalue()
    assert "passages/s" in shown
    assert "100/100" in shown
    assert "the plan" in shown
