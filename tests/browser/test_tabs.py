"""The tabs of the page: none where there is only the chat."""

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from playwright.sync_api import expect

from corpus.settings import Settings
from index.build.build import build
from qa.answering.engine import Engine
from tests.browser.conftest import DESKTOP, PHONE, Visitor, served
from tests.toys import ToyEncoder, write_library


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = Path(tmp_path_factory.mktemp("tabs"))
    library = write_library(folder / "packaged", {"hens": "# Hens\n\nHens lay eggs in spring."})
    settings = Settings(home=folder / "home")
    build(settings, ToyEncoder(), packaged=library)
    engine = Engine.open(settings, ToyEncoder())
    yield engine
    engine.close()


def test_there_is_no_bar_of_tabs_without_further_tabs(toy: Engine, visit: Visitor) -> None:
    with served(toy) as url:
        assert visit(url).page.get_by_role("tab").count() == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_further_tab_opens_and_the_chat_keeps_its_place(
    toy: Engine, visit: Visitor, size: tuple[int, int]
) -> None:
    tabs = [("Corpus", lambda _tab, _said: gr.Markdown("The table of sources", elem_id="table"))]
    with served(toy, tabs=tabs) as url:
        opened = visit(url, size)
        page = opened.page
        assert page.get_by_role("tab", selected=True).inner_text() == "Ask"
        page.locator("#chat .welcome-title:visible").wait_for()  # it takes its room
        box = page.locator("#question").bounding_box()
        assert box is not None
        assert size[1] * 0.7 < box["y"] + box["height"] <= size[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.get_by_role("tab", name="Corpus").click()
        page.locator("#table").wait_for()
        expect(page.locator("#question")).to_be_hidden()
        page.get_by_role("tab", name="Ask").click()
        page.locator("#question").wait_for()
        assert opened.complaints == []
