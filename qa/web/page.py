"""The page: the chat with the panel beside it, and further tabs where there are any."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import gradio as gr

from qa.shelf import Shelf
from qa.web.asker import Asker
from qa.web.chat import chat_column
from qa.web.masthead import masthead
from qa.web.source_panel import source_panel

EXAMPLES = (
    "How many trafficking victims did Mexico identify in 2016?",
    "What is the difference between smuggling and trafficking?",
    "How does the T visa help victims?",
)
ReadShelf = Callable[[Collection[str]], Shelf]
"""Keys of the indexed documents → which of the cited sources are among them."""
NamedTab = tuple[str, Callable[[], object]]
"""Title of a tab, and what puts its components into it."""


def build_page(
    engine: Asker,
    examples: Sequence[str] = EXAMPLES,
    shelf: ReadShelf | None = None,
    tabs: Sequence[NamedTab] = (),
) -> gr.Blocks:
    """The page on an engine; nothing of it is reachable as a public API.

    `shelf` tells which of the cited sources are indexed; without one, the titles of the texts do.
    `tabs` come after the tab `Ask`; without any there is no bar of tabs.
    """
    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(_header(engine, shelf), elem_id="masthead")
        if tabs:
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab("Ask"):
                    _desk(engine, examples)
                for title, put in tabs:
                    with gr.Tab(title):
                        put()
        else:
            _desk(engine, examples)
        # At each visit anew, since the library can be another by then.
        header: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(lambda: _header(engine, shelf), None, head, queue=False, **header)
    page.queue(api_open=False, default_concurrency_limit=8, max_size=64)
    built: gr.Blocks = page
    return built


def _desk(engine: Asker, examples: Sequence[str]) -> None:
    """The chat, and beside it the panel with the source."""
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            chat_column(engine, examples)
        with gr.Column(elem_id="source", scale=2, min_width=320):
            source_panel(engine)


def _header(engine: Asker, shelf: ReadShelf | None) -> str:
    version = engine.version
    titles = [engine.source(key, version).title for key in engine.keys]
    return masthead(titles, shelf(engine.keys) if shelf else None)
