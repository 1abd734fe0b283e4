"""Times of asking and starting: `make bench` prints the rows of docs/benchmarks.md."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.settings import Settings
from corpus.sources.library import PACKAGED, Library
from qa.answering.engine import Engine
from qa.evaluate.data.gold import read_gold
from qa.evaluate.measures.machine import machine
from qa.library.indexing import build_index
from qa.request import Request
from qa.tools.page_times import ask_ms, highlight_ms

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LIBRARY = Library((PACKAGED,))
QUESTION = LIBRARY.file.examples["en"][0]
_ROUNDS, _ASKS, _CLICKS = 3, 5, 7


def main() -> int:
    """Measure on a fresh index of the packaged library and print JSON."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        build_index(settings, lambda _step, _done, _total: None)
        environment = os.environ | {"FOOTNOTE_HOME": folder}
        command = [sys.executable, "-m", "qa.cli.main"]
        measured = {
            "machine": machine(),
            "warm ask, ms": _warm(settings),
            "cold 'footnote ask', s": _median(
                lambda: subprocess.run(  # noqa: S603
                    [*command, "ask", QUESTION], env=environment, check=True, capture_output=True
                )
            ),
            "'footnote --help', s": _median(
                lambda: subprocess.run(  # noqa: S603
                    [*command, "--help"], env=environment, check=True, capture_output=True
                )
            ),
            **_in_the_browser([*command, "serve"], environment),
        }
    sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    return 0


def _warm(settings: Settings) -> dict[str, float]:
    """All gold questions, each once, after ten that are not counted."""
    engine = Engine.open(settings)
    questions = [row.question for row in read_gold(LIBRARY.gold[0][0])]
    for question in questions[:10]:
        engine.ask(Request(question))
    times = sorted(engine.ask(Request(question)).elapsed_ms for question in questions)
    engine.close()
    cuts = statistics.quantiles(times, n=100)
    return {
        "questions": len(times),
        "median": round(statistics.median(times), 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
    }


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return round(statistics.median(times), 2)


def _in_the_browser(command: list[str], environment: dict[str, str]) -> dict[str, object]:
    """Starting, asking and opening a footnote, in a browser that runs already."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    arguments = ["--no-sandbox", "--disable-gpu"]
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        started = _median(lambda: _first_answer(command, environment, browser))
        with _served(command, environment, browser) as page:
            ask_ms(page, QUESTION)
            asks = [ask_ms(page, QUESTION) for _ in range(_ASKS)]
            links = page.locator("#chat a.cite")
            clicks = [highlight_ms(links.nth(number)) for number in range(_CLICKS)]
    return {
        "'footnote serve' to the first answer in the browser, s": started,
        "Enter to the first quotation in the browser, ms": _median_and_worst(asks),
        "click on a footnote to the highlighted words, ms": _median_and_worst(clicks),
    }


def _median_and_worst(times: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(times), 1), "worst": round(max(times), 1)}


def _first_answer(command: list[str], environment: dict[str, str], browser: "Browser") -> None:
    """From the start of the process to the first footnote."""
    with _served(command, environment, browser) as page:
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator("a.cite").first.wait_for()


@contextmanager
def _served(
    command: list[str], environment: dict[str, str], browser: "Browser"
) -> Iterator["Page"]:
    """The page of `footnote serve`, run as a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [*command, "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        yield page
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
