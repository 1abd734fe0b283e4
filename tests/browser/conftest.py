"""A real Chromium on the real page."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from corpus.sources.library import PACKAGED, Library
from qa.answering.engine import Engine
from qa.chats.feedback import FeedbackStore
from qa.web.app.page import NamedTab, ReadCoverage
from qa.web.app.server import create_app, listen
from qa.web.page_engine import PageEngine
from tests.browser.meadow import open_meadow

PACKAGED_LIBRARY = Library((PACKAGED,))
CHROMIUM = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
PATIENCE_MS = 60_000
"""How long a page may take to show what it should; a machine with other work takes long."""
expect.set_options(timeout=PATIENCE_MS)
FRAMES = """async () => {
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""
"""Waits for what Gradio does after it opened a box or a tab: within three frames it gives the parts
their values once more, and takes back what was chosen or typed in between."""
DESKTOP, PHONE = (1280, 800), (390, 844)


@contextmanager
def served(
    engine: PageEngine,
    coverage: ReadCoverage | None = None,
    tabs: Sequence[NamedTab] = (),
    feedback: FeedbackStore | None = None,
) -> Iterator[str]:
    """The address of a page on an engine, on any free port of the loopback."""
    with running(
        create_app(
            engine, ["127.0.0.1"], coverage, tabs, feedback=feedback, library=PACKAGED_LIBRARY
        )
    ) as url:
        yield url


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of an application, on any free port of the loopback."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; on a machine without it these tests are skipped, but not in CI."""
    path = shutil.which("chromium")
    if path is None and "CI" not in os.environ:
        pytest.skip("chromium is not installed: 'apt-get install chromium'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def article_page(engine: Engine) -> Iterator[str]:
    """The address of the chat on the article."""
    with served(engine) as url:
        yield url


@pytest.fixture(scope="session")
def meadow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small library."""
    return Path(tmp_path_factory.mktemp("meadow")) / "home"


@pytest.fixture(scope="session")
def meadow(meadow_home: Path) -> Iterator[Engine]:
    """The engine on a small library, under the toy encoder."""
    engine = open_meadow(meadow_home.parent)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def meadow_page(meadow: Engine, meadow_home: Path) -> Iterator[str]:
    """The address of the chat on the small library; it keeps feedback."""
    with served(meadow, feedback=FeedbackStore(meadow_home)) as url:
        yield url


@dataclass
class Visit:
    """An open page and all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, send it, and wait until it is answered."""
        before = self.page.locator("#chat .answer").count()
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.answered(before)

    def answered(self, before: int) -> None:
        """Wait for the answer after the first `before` ones."""
        self.page.locator("#chat .answer").nth(before).wait_for()


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser profile for each language, kept so that the scripts are compiled once."""
    made: dict[str, BrowserContext] = {}

    def profile(locale: str) -> BrowserContext:
        if locale not in made:
            viewport: Any = dict(zip(("width", "height"), DESKTOP, strict=True))
            made[locale] = chromium.new_context(locale=locale, viewport=viewport)
        return made[locale]

    yield profile
    for context in made.values():
        context.close()


@pytest.fixture(scope="session")
def kept() -> dict[str, Visit]:
    """Pages that stay open from one test to the next, by their address."""
    return {}


@pytest.fixture
def reader(
    kept: dict[str, Visit], profiles: Callable[[str], BrowserContext]
) -> Callable[[str], Visit]:
    """A page of the usual size with an empty chat; for tests that leave nothing else changed."""

    def open_page(url: str) -> Visit:
        if url not in kept:
            kept[url] = _opened(profiles("en-US").new_page(), url)
        opened = kept[url]
        opened.page.keyboard.press("Escape")
        opened.page.keyboard.press("Escape")
        if opened.page.locator("#chat .asked").count():
            opened.page.locator("#new-chat").click()
            opened.page.locator("#chat .asked").first.wait_for(state="detached")
        opened.complaints.clear()
        opened.requests.clear()
        return opened

    return open_page


@pytest.fixture
def visit(chromium: Browser, profiles: Callable[[str], BrowserContext]) -> Iterator[Visitor]:
    """Open a page in a browser of a size, a color scheme and a language.

    With `own` it is the page of another reader, who shares neither profile nor connections.
    """
    pages: list[Page] = []
    owned: list[BrowserContext] = []

    def open_page(
        url: str,
        size: tuple[int, int] = DESKTOP,
        scheme: Any = "light",
        locale: str = "en-US",
        *,
        own: bool = False,
    ) -> Visit:
        if own:
            owned.append(chromium.new_context(locale=locale))
        page = (owned[-1] if own else profiles(locale)).new_page()
        pages.append(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        return _opened(page, url)

    yield open_page
    for page in pages:
        page.context.clear_permissions()
        page.close()
    for context in owned:
        context.close()


def _opened(page: Page, url: str) -> Visit:
    page.set_default_timeout(PATIENCE_MS)
    opened = Visit(page)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("dialog", lambda dialog: opened.complaints.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: opened.complaints.append(f"error {error}"))
    page.on(
        "console",
        lambda message: (
            opened.complaints.append(f"console {message.text}") if message.type == "error" else None
        ),
    )
    page.goto(url)
    page.locator("#question textarea").wait_for()
    return opened
