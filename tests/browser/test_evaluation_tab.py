"""The tab Evaluation: labelled questions asked of versions, and what comes of it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.settings import PassageSettings, Settings
from corpus.wording import Message
from index.build.build import build
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.answering.live_engine import Serving
from qa.evaluate.data.gold import Split
from qa.evaluate.measures.evaluation import Evaluation
from qa.evaluate.runs.compared_versions import run_versions
from qa.web.app.compose import whole_page
from qa.web.evaluation_tab import Evaluator
from qa.web.jobs.jobs import Report
from tests.browser.conftest import FRAMES, PHONE, Visit, Visitor, running
from tests.browser.test_access import _faults
from tests.qa.evaluate.runs.test_compared_versions import ASKED, FIRST, SECOND
from tests.toys import ToyEncoder, write_library


@dataclass(frozen=True)
class Shop:
    """A page with two versions; `held` makes an evaluation wait until it is set."""

    url: str
    versions: tuple[str, ...]
    held: threading.Event


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    settings = Settings(
        home=tmp_path / "home", threshold=0, passages=PassageSettings(min_words=1, max_words=8)
    )
    for text in (FIRST, SECOND):
        library = write_library(tmp_path / "packaged", {"foxes": text})
        build(settings, ToyEncoder(), packaged=library)
    held, versions = threading.Event(), Versions(settings.home)
    held.set()

    def opened(version: str) -> Engine:
        return Engine.open(settings, ToyEncoder(), version)

    def run(ids: tuple[str, ...], split: Split, report: Report) -> Evaluation:
        def slow(step: Message, done: int, total: int) -> None:
            report(step, done, total)
            while not held.wait(0.05):
                report(step, done, total)

        return run_versions(ids, opened, lambda _keys, _split: (ASKED, []), split, slow)

    evaluator = Evaluator(
        lambda: versions.ids()[::-1], run, lambda _split: {one.id: one for one in ASKED}
    )
    serving = Serving(versions, lambda _: Engine.open(settings, ToyEncoder()))
    app = whole_page(settings, serving, ["127.0.0.1"], local=True, evaluator=evaluator)
    with running(app) as url:
        yield Shop(url, versions.ids(), held)
    held.set()
    serving.close()


def _open(opened: Visit) -> Page:
    opened.page.get_by_role("tab", name="Evaluation").click()
    opened.page.locator("#evaluation-result p, #evaluation-result table").first.wait_for()
    opened.page.evaluate(FRAMES)
    return opened.page


def test_two_versions_are_compared_and_a_wrong_question_opens_in_the_chat(
    shop: Shop, visit: Visitor
) -> None:
    opened = visit(shop.url)
    page = _open(opened)
    expect(page.locator("#evaluation-result")).to_contain_text("No evaluation yet")
    page.locator("#evaluation-versions input").click()
    page.get_by_role("option", name=shop.versions[0]).click()
    page.keyboard.press("Escape")
    page.locator("#evaluation-run").click()
    expect(page.locator("#evaluation-job")).to_contain_text("Done")
    result = page.locator("#evaluation-result")
    expect(result.locator("svg").first).to_be_visible()
    expect(result).to_contain_text("Set-ups compared, paired randomization test")
    for version in shop.versions:
        expect(result).to_contain_text(version)
    # The ocean is answered, since nothing is refused here, and nothing says how deep it is.
    page.locator("#evaluation details.wrong summary").first.click()
    page.locator("a.ask-again", has_text="How deep is the ocean?").first.click()
    expect(page.locator("#chat .asked")).to_have_text("How deep is the ocean?")
    page.locator("#chat .answer").wait_for()
    assert opened.complaints == []
    assert all(url.startswith(shop.url) or url.startswith("data:") for url in opened.requests)


def test_an_evaluation_is_watched_by_others_and_canceled(shop: Shop, visit: Visitor) -> None:
    page = _open(visit(shop.url))
    shop.held.clear()
    page.locator("#evaluation-run").click()
    expect(page.locator("#evaluation-job [role=progressbar]")).to_be_visible()
    other = _open(visit(shop.url))
    expect(other.locator("#evaluation-job [role=progressbar]")).to_be_visible()
    expect(other.locator("#evaluation-run")).to_be_disabled()
    page.locator("#evaluation-cancel").click()
    expect(page.locator("#evaluation-job")).to_contain_text("Canceled")
    expect(page.locator("#evaluation-result")).to_contain_text("No evaluation yet")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_tab(shop: Shop, visit: Visitor, scheme: str) -> None:
    opened = visit(shop.url, PHONE if scheme == "dark" else (1280, 800), scheme)
    page = _open(opened)
    page.locator("#evaluation-run").click()
    page.locator("#evaluation-result table").first.wait_for()
    page.locator("#evaluation details.wrong summary").first.click()
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
