"""The line in the head of the page that tells which of the cited sources are indexed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from corpus.settings import Settings
from corpus.sources.provenance import Provenance, note_provenance
from corpus.wording import Message
from index.build.build import build
from qa.answering.engine import Engine
from qa.library.coverage import CitedSourceState, Coverage, read_coverage
from tests.browser.conftest import DESKTOP, PHONE, Visitor, served
from tests.toys import ToyEncoder

HOSTILE = '<img src=x onerror="window.hacked=1"> *a* `b`'


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Engine]]:
    """The packaged library under a toy encoder, with one source that could not be had."""
    settings = Settings(home=Path(tmp_path_factory.mktemp("coverage")))
    url = "https://www.state.gov/documents/organization/271339.pdf"
    reason = Message.of("fetch.status", address=url, answer="404 Not Found")
    note_provenance(settings.library, "dos2017", Provenance(tried="2026-01-05", reason=reason))
    (settings.library / "un2000a.md").write_text("The States Parties to this Protocol agree.")
    build(settings, ToyEncoder())
    engine = Engine.open(settings, ToyEncoder())
    yield settings, engine
    engine.close()


@pytest.fixture(scope="module")
def page_url(toy: tuple[Settings, Engine]) -> Iterator[str]:
    settings, engine = toy
    with served(engine, partial(read_coverage, settings)) as url:
        yield url


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (320, 568)], ids=["desktop", "phone", "320"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_line_opens_to_the_cited_sources_within_the_screen(
    page_url: str, visit: Visitor, size: tuple[int, int], scheme: str
) -> None:
    opened = visit(page_url, size, scheme)
    page = opened.page
    summary = page.locator("details.library > summary")
    assert summary.inner_text() == "Library: the article and 1 of the 12 sources that it cites"
    coverage = page.locator(".coverage")
    assert not coverage.is_visible()
    # All that takes room has come.
    page.locator("#chat .welcome-title:visible").wait_for()
    expect(page.locator("#filter > button")).to_contain_text("Sources: all")
    question = page.locator("#question").bounding_box()
    summary.click()
    coverage.wait_for()
    # It lies over the page and moves nothing.
    assert page.locator("#question").bounding_box() == question
    box = coverage.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert opened.complaints == []


def test_the_list_has_each_cited_source_its_reason_and_the_step(
    page_url: str, visit: Visitor
) -> None:
    page = visit(page_url).page
    page.locator("details.library > summary").click()
    rows = page.locator(".coverage li")
    assert rows.count() == 12
    texts = [row.split("\n") for row in rows.all_inner_texts()]
    states = {row[-2]: row[-1] for row in texts}
    assert states["2017 Trafficking in Persons Report"] == (
        "not indexed: tried 2026-01-05: "
        "https://www.state.gov/documents/organization/271339.pdf: answered 404 Not Found"
    )
    assert states["Special Initiatives"] == "not indexed: not fetched yet"
    assert [row[-1] for row in texts].count("indexed") == 1
    assert page.locator(".coverage code").all_inner_texts() == [
        "make library", "footnote sources import FOLDER", "footnote build",
    ]  # fmt: skip


def test_escape_and_a_click_beside_it_close_the_list(page_url: str, visit: Visitor) -> None:
    page = visit(page_url).page
    summary, coverage = page.locator("details.library > summary"), page.locator(".coverage")
    summary.focus()
    page.keyboard.press("Enter")
    coverage.wait_for()
    page.keyboard.press("Escape")
    coverage.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.click()
    coverage.locator("p").first.click()
    assert coverage.is_visible()
    page.locator(".welcome").click()
    coverage.wait_for(state="hidden")


def test_titles_and_reasons_are_shown_and_do_nothing(
    toy: tuple[Settings, Engine], visit: Visitor
) -> None:
    coverage = Coverage(cited=(CitedSourceState("a", HOSTILE, False, Message(HOSTILE)),))
    with served(toy[1], lambda _: coverage) as url:
        opened = visit(url)
        opened.page.locator("details.library > summary").click()
        shown = opened.page.locator(".coverage li").inner_text()
        assert shown.count(HOSTILE) == 2
        assert opened.page.locator("#masthead img").count() == 0
        assert opened.page.evaluate("window.hacked") is None
        assert opened.complaints == []
