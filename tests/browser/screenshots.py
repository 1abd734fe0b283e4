"""Pictures of the page for the documents: `make screenshot` writes them to docs/."""

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from corpus.settings import Settings
from index.progress import silent
from qa.build_index import build_index
from qa.engine import Engine
from qa.shelf import read_shelf
from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE, served
from tests.browser.test_page import QUESTION

DOCS = Path(__file__).parents[2] / "docs"
SHOTS = (
    ("chat-light.png", DESKTOP, "light"),
    ("chat-dark.png", DESKTOP, "dark"),
    ("chat-phone.png", PHONE, "light"),
)


def main() -> int:
    """Ask the question of the README, open its first footnote, take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(home=Path(folder))
        build_index(settings, silent)
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        engine = Engine.open(settings)
        with served(engine, partial(read_shelf, settings)) as url:
            for name, (width, height), scheme in SHOTS:
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page.goto(url)
                page.locator("#question textarea").fill(QUESTION)
                page.keyboard.press("Enter")
                page.locator("a.cite").first.click()
                page.locator("#panel mark.hit").first.wait_for()
                page.locator("#question textarea").blur()
                page.screenshot(path=DOCS / name, animations="disabled")
                page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
