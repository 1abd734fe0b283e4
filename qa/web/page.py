"""The page: a chat, example questions, and the panel with the source."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from corpus.documents import Document
from corpus.errors import FootnoteError
from corpus.registry import Source
from qa.answers import Answer
from qa.shelf import Shelf
from qa.web.cards import answer_message, problem_message, question_message
from qa.web.links import read_request, span_in
from qa.web.masthead import masthead
from qa.web.panel import EMPTY, document_panel, problem_panel

HERE = Path(__file__).parent
EXAMPLES = (
    "How many trafficking victims did Mexico identify in 2016?",
    "What is the difference between smuggling and trafficking?",
    "How does the T visa help victims?",
)
Message = dict[str, str]
ReadShelf = Callable[[Collection[str]], Shelf]
"""Keys of the indexed documents → which of the cited sources are among them."""


class Asker(Protocol):
    """What the page needs of an engine."""

    @property
    def version(self) -> str:
        """Id of the version that answers."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question; `history` holds the earlier ones."""

    def document(self, version: str, key: str) -> Document:
        """A document of a version."""

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source, in a version or in the one that answers."""


def build_page(
    engine: Asker, examples: Sequence[str] = EXAMPLES, shelf: ReadShelf | None = None
) -> gr.Blocks:
    """The page on an engine; nothing of it is reachable as a public API.

    `shelf` tells which of the cited sources are indexed; without one, the titles of the texts do.
    """
    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(_header(engine, shelf), elem_id="masthead")
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", scale=3, min_width=320):
                _chat(engine, examples)
            with gr.Column(elem_id="source", scale=2, min_width=320):
                gr.HTML(
                    EMPTY,
                    elem_id="panel",
                    js_on_load=(HERE / "panel.js").read_text(encoding="utf-8"),
                    server_functions=[_opener(engine)],
                )
        # At each visit anew, since the library can be another by then.
        header: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(lambda: _header(engine, shelf), None, head, queue=False, **header)
    page.queue(api_open=False, default_concurrency_limit=8, max_size=64)
    built: gr.Blocks = page
    return built


def _chat(engine: Asker, examples: Sequence[str]) -> None:
    asked = gr.State([])
    chat = gr.Chatbot(
        elem_id="chat",
        autoscroll=False,
        show_label=False,
        label="Questions and quotations",
        container=False,
        height=None,
        layout="bubble",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        line_breaks=False,
        allow_file_downloads=False,
        group_consecutive_messages=False,
        placeholder=_placeholder(),
    )
    with gr.Row(elem_id="examples"):
        buttons = [gr.Button(e, size="sm", elem_classes="example") for e in examples]
        fresh = gr.Button("New chat", size="sm", elem_id="new-chat")
    box = gr.Textbox(
        elem_id="question",
        placeholder="Ask about the sources …",
        show_label=False,
        label="Question",
        container=False,
        max_lines=4,
        autofocus=True,
        submit_btn=True,
    )
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    ask = partial(_converse, engine)
    box.submit(ask, [box, chat, asked], [box, chat, asked], **private)
    for button, example in zip(buttons, examples, strict=True):
        button.click(partial(ask, example), [chat, asked], [box, chat, asked], **private)
    fresh.click(lambda: ([], []), None, [chat, asked], queue=False, **private)


Turn = tuple[str, list[Message], list[str]]


def _converse(
    engine: Asker, question: str, messages: list[Message], asked: list[str]
) -> Iterator[Turn]:
    """Show the question at once, then its answer; empties the box."""
    question = question or ""
    shown = [*messages, {"role": "user", "content": question_message(question)}]
    yield "", shown, asked
    try:
        answer = engine.ask(question, asked)
        content = answer_message(answer, partial(engine.source, version=answer.index_version))
        asked = [*asked, question]
    except FootnoteError as error:
        content = problem_message(str(error))
    yield "", [*shown, {"role": "assistant", "content": content}], asked


def _opener(engine: Asker) -> Any:
    def open_quotation(request: Any) -> str:
        """The HTML of the panel for a request from the browser."""
        n = request.get("n") if isinstance(request, dict) else None
        number = n if isinstance(n, int) and 0 <= n <= 10**9 else 0
        try:
            wanted = read_request(request)
            document = engine.document(wanted.version, wanted.key)
            span = span_in(document, wanted)
            source = engine.source(wanted.key, wanted.version)
            return document_panel(document, source, span, number)
        except FootnoteError as error:
            return problem_panel(str(error), number)

    return open_quotation


def _header(engine: Asker, shelf: ReadShelf | None) -> str:
    version = engine.version
    titles = [engine.source(key, version).title for key in engine.keys]
    return masthead(titles, shelf(engine.keys) if shelf else None)


def _placeholder() -> str:
    return (
        '<div class="welcome"><p class="welcome-title">Ask the library</p>'
        "<p>Every answer is a passage taken word for word. "
        "If the sources do not answer, Footnote says so.</p></div>"
    )
