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
from playwright.sync_api import Browser, Page, sync_playwright

from qa.engine import Engine
from qa.web.asker import Asker
from qa.web.page import NamedTab, ReadShelf
from qa.web.server import create_app, listen
from tests.browser.meadow import open_meadow

CHROMIUM = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
DESKTOP, PHONE = (1280, 800), (390, 844)


@contextmanager
def served(
    engine: Asker, shelf: ReadShelf | None = None, tabs: Sequence[NamedTab] = ()
) -> Iterator[str]:
    """The address of a page on an engine, on any free port of the loopback."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(
            create_app(engine, ["127.0.0.1"], shelf, tabs),
            log_level="error",
            timeout_graceful_shutdown=1,
        )
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
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine on a small library, under the toy encoder."""
    engine = open_meadow(Path(tmp_path_factory.mktemp("meadow")))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def meadow_page(meadow: Engine) -> Iterator[str]:
    """The address of the chat on the small library."""
    with served(meadow) as url:
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


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visitor]:
    """Open a page in a fresh browser profile."""
    contexts: list[Any] = []

    def open_page(
        url: str, size: tuple[int, int] = DESKTOP, scheme: Any = "light", locale: str = "en-US"
    ) -> Visit:
        viewport: Any = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        opened = Visit(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("dialog", lambda dialog: opened.complaints.append(f"dialog {dialog.message}"))
        page.on("pageerror", lambda error: opened.complaints.append(f"error {error}"))
        page.on(
            "console",
            lambda message: (
                opened.complaints.append(f"console {message.text}")
                if message.type == "error"
                else None
            ),
        )
        page.goto(url)
        page.locator("#question textarea").wait_for()
        return opened

    yield open_page
    for context in contexts:
        context.close()
