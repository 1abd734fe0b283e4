"""The chat: questions, example questions, and the answers."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import gradio as gr

from corpus.errors import FootnoteError
from qa.web.asker import Asker
from qa.web.cards import answer_message, problem_message, question_message

Message = dict[str, str]
Turn = tuple[str, list[Message], list[str]]


def chat_column(engine: Asker, examples: Sequence[str]) -> None:
    """Put the chat, the examples and the box for a question into the column at hand."""
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


def _placeholder() -> str:
    return (
        '<div class="welcome"><p class="welcome-title">Ask the library</p>'
        "<p>Every answer is a passage taken word for word. "
        "If the sources do not answer, Footnote says so.</p></div>"
    )
