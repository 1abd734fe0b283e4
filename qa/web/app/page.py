"""The page: the chat with the panel beside it, and further tabs where there are any."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import gradio as gr

from corpus.sources.library import NO_LIBRARY, Library
from corpus.wording import wording
from qa.chats.feedback import FeedbackStore
from qa.library.coverage import Coverage
from qa.web.chat.chat import chat_column
from qa.web.chat.masthead import masthead
from qa.web.chat.source_filter import fill_filter
from qa.web.chat.verdicts import judging
from qa.web.page_engine import PageEngine
from qa.web.panel.panel import source_panel
from qa.web.texts import texts_for, words_of_the_page

ReadCoverage = Callable[[Collection[str]], Coverage]
"""Keys of the indexed documents → which of the cited sources are among them."""
_SESSIONS = 1000
"""Readers whose chats are kept at once; of more, those that asked last."""
NamedTab = tuple[Any, Callable[[gr.Tab, gr.I18n], object]]
"""Title of a tab, and what puts its components into it, given the words of the page."""


class _Page(gr.Blocks):
    """Blocks whose open pages hold no connection.

    Gradio would keep one open for each, and a browser gives six to a host: a sixth tab would never
    load. What is kept of a session goes when it is old instead, see `qa.web.chat.chat.KEPT`.
    """

    def get_config_file(self) -> Any:
        """What the page is told of itself."""
        return super().get_config_file() | {"connect_heartbeat": False}


def build_page(
    engine: PageEngine,
    coverage: ReadCoverage | None = None,
    tabs: Sequence[NamedTab] = (),
    feedback: FeedbackStore | None = None,
    library: Library = NO_LIBRARY,
) -> gr.Blocks:
    """The page on an engine; nothing of it is reachable as a public API.

    `coverage` tells which of the cited sources are indexed; without one, the titles of the texts
    do. `tabs` come after the tab `Ask`; without any there is no bar of tabs. `feedback` keeps what
    readers say of quotations; without one they are not asked. `library` has the example questions.
    """
    said = words_of_the_page()
    with _Page(
        title="Footnote",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(3600, 3600),  # seconds; what was uploaded and not added
    ) as page:
        head = gr.HTML(masthead(*_library(engine, coverage), wording("en")), elem_id="masthead")
        if tabs:
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab(said("tab.ask")):
                    chosen, box = _desk(engine, said, library)
                for title, put in tabs:
                    with gr.Tab(title) as tab:
                        put(tab, said)
        else:
            chosen, box = _desk(engine, said, library)
        if feedback is not None:
            judging(engine, feedback)
        # At each visit anew: the library can be another by then, the reader's language differs.
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

        def header(request: gr.Request) -> str:
            return masthead(*_library(engine, coverage), texts_for(request))

        def options(request: gr.Request) -> tuple[Any, ...]:
            return fill_filter(engine, request)

        page.load(header, None, head, queue=False, **quiet)
        filled = [chosen.on, chosen.known, chosen.types, chosen.languages, box]
        page.load(options, None, filled, queue=False, **quiet)
    page.state_session_capacity = _SESSIONS
    page.queue(api_open=False, default_concurrency_limit=8, max_size=64)
    built: gr.Blocks = page
    return built


def _desk(engine: PageEngine, said: gr.I18n, library: Library) -> tuple[Any, Any]:
    """The chat, and beside it the panel with the source; gives the filter and its box."""
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            made = chat_column(engine, said, library)
        with gr.Column(elem_id="source", scale=2, min_width=320):
            source_panel(engine)
    return made


def _library(
    engine: PageEngine, coverage: ReadCoverage | None
) -> tuple[list[str], Coverage | None]:
    version = engine.version
    titles = [engine.source(key, version).title for key in engine.keys]
    return titles, coverage(engine.keys) if coverage else None
