"""Pictures of every screen: `make screens` writes them to docs/screens.

On the article alone; each at the size of a desk and of a phone, light and dark. Those that the
README shows lie in docs/ and are taken anew, too.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from corpus.settings import Settings
from index.build.progress import silent
from qa.answering.engine import Engine
from qa.library.indexing import build_index
from qa.web.app.compose import whole_page
from tests.browser.conftest import CHROMIUM, running
from tests.browser.test_page import QUESTION

DOCS = Path(__file__).parents[2] / "docs"
SIZES = {"desktop": (1280, 800), "phone": (360, 780)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHOWN = {
    "source-desktop-light": "chat-light.png",
    "source-desktop-dark": "chat-dark.png",
    "source-phone-light": "chat-phone.png",
    **{
        f"answering-words-{size}-{scheme}": f"answering-words-{size}-{scheme}.png"
        for size, scheme in product(SIZES, SCHEMES)
    },
}
"""Pictures that the documents show, and their names in docs/."""


def _start(page: Page) -> None:
    page.locator("#chat .welcome-title:visible").wait_for()


def _answer(page: Page) -> None:
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#chat .answer").wait_for()
    page.locator("#question textarea").blur()


def _answering_words(page: Page) -> None:
    page.locator("#question textarea").fill("How many calls did the hotline get in 2016?")
    page.keyboard.press("Enter")
    page.locator("#chat mark.answering").first.wait_for()
    page.locator("#question textarea").blur()


def _source(page: Page) -> None:
    _answer(page)
    page.locator("a.cite").first.click()
    page.locator("#panel mark.hit").first.wait_for()


def _cited(page: Page) -> None:
    page.locator("#question textarea").fill("How does the T visa help victims?")
    page.keyboard.press("Enter")
    page.locator("#chat a.chip").first.click()
    page.locator("#panel .record").wait_for()


def _refusal(page: Page) -> None:
    page.locator("#question textarea").fill("How many victims did Canada identify in 2018?")
    page.keyboard.press("Enter")
    page.locator("#chat .refusal").wait_for()
    page.locator("details.closest > summary").click()
    page.locator("#question textarea").blur()


def _take_away(page: Page) -> None:
    _answer(page)
    page.locator("#take-away details:visible summary").click()


def _filter(page: Page) -> None:
    page.locator("#filter > button").click()
    page.locator("#filter-sources label").first.wait_for()


def _corpus(page: Page) -> None:
    page.get_by_role("tab", name="Corpus").click()
    page.locator("#corpus-sources table").wait_for()
    page.locator("#corpus-plan").click()
    page.locator("#corpus-job .told").wait_for()


def _evaluation(page: Page) -> None:
    page.get_by_role("tab", name="Evaluation").click()
    page.locator("#evaluation-result :is(.empty, table)").first.wait_for()
    if page.locator("#evaluation-result table").count() == 0:
        page.locator("#evaluation-run").click()
        page.locator("#evaluation-result table").first.wait_for(timeout=600_000)


def _sign_in(page: Page) -> None:
    page.goto(page.url.partition("#")[0].rstrip("/") + "/sign-in")


SCREENS: dict[str, Callable[[Page], None]] = {
    "start": _start,
    "answer": _answer,
    "answering-words": _answering_words,
    "source": _source,
    "cited": _cited,
    "refusal": _refusal,
    "take-away": _take_away,
    "filter": _filter,
    "corpus": _corpus,
    "evaluation": _evaluation,
    "sign-in": _sign_in,
}


def main() -> int:
    """Take all pictures."""
    target = DOCS / "screens"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(home=Path(folder))
        build_index(settings, silent)
        engine = Engine.open(settings)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        with running(whole_page(settings, engine, ["127.0.0.1"], local=True)) as url:
            for (name, show), size, scheme in product(SCREENS.items(), SIZES, SCHEMES):
                width, height = SIZES[size]
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page.goto(url)
                show(page)
                page.wait_for_timeout(400)  # for what slides in
                shot = f"{name}-{size}-{scheme}"
                page.screenshot(path=target / f"{shot}.png", animations="disabled")
                if shot in SHOWN:
                    shutil.copyfile(target / f"{shot}.png", DOCS / SHOWN[shot])
                page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
