"""The chat: questions, example questions, and the answers."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from corpus.errors import DocumentError, FootnoteError
from corpus.sources.library import NO_LIBRARY, Library
from corpus.sources.library_file import in_language
from corpus.wording import SPOKEN, Wording, wording
from qa.answers import Answer
from qa.web.chat.messages import (
    ChatMessage,
    answer_message,
    own_messages,
    problem_message,
    question_message,
)
from qa.web.chat.source_filter import SourceFilter, narrowed, source_filter, what_is_off
from qa.web.chat.take_away import take_away
from qa.web.escape import verbatim
from qa.web.links import AskLink, read_ask_link
from qa.web.page_engine import PageEngine
from qa.web.texts import texts_for

Turn = tuple[str, list[ChatMessage], list[Answer]]
KEPT = 86_400.0
"""Seconds for which the answers of a chat are kept after its last question."""
# The script of the page hands it the questions that stand in links.
_MESSENGER = "window.footnoteAsk = (fragment) => trigger('submit', { fragment });"


class Chat:
    """The handlers of the chat on an engine; they hold nothing of any reader."""

    def __init__(self, engine: PageEngine, library: Library = NO_LIBRARY) -> None:
        self._engine, self._library = engine, library

    def typed(
        self,
        question: Any,
        messages: Any,
        answers: list[Answer],
        request: gr.Request,
        *values: Any,
    ) -> Iterator[Turn]:
        """Ask what was typed, under the filter that `values` hold."""
        texts, messages = texts_for(request), own_messages(messages)
        question = question if isinstance(question, str) else ""
        try:
            link = narrowed(question, [one.question for one in answers], values)
        except FootnoteError as error:
            asked = {"role": "user", "content": question_message(question)}
            problem = problem_message(error, texts)
            yield question, [*messages, asked, _said(problem)], answers
            return
        yield from self._turn(link, messages, answers, texts)

    def example(self, number: int) -> Any:
        """A handler that asks an example question, from 0, in the language of the reader."""

        def ask(
            messages: Any, answers: list[Answer], request: gr.Request, *values: Any
        ) -> Iterator[Turn]:
            question = self._library.examples(texts_for(request).language)[number]
            yield from self.typed(question, messages, answers, request, *values)

        return ask

    def linked(
        self,
        messages: Any,
        answers: list[Answer],
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Turn]:
        """Ask the question of a link, with all that it says."""
        texts, messages = texts_for(request), own_messages(messages)
        try:
            link = read_ask_link((event._data or {}).get("fragment"))
        except FootnoteError as error:
            yield "", [*messages, _said(problem_message(error, texts))], answers
            return
        yield from self._turn(link, messages, answers, texts)

    def _turn(
        self, link: AskLink, messages: list[ChatMessage], answers: list[Answer], texts: Wording
    ) -> Iterator[Turn]:
        """Show the question at once, then its answer; empties the box."""
        shown = [*messages, {"role": "user", "content": question_message(link.question)}]
        yield "", shown, answers
        try:
            answer, notes = self._answer(link, texts)
            source_of = partial(self._engine.source, version=answer.index_version)
            notes += what_is_off(link, source_of, texts)
            notes += [] if answer.warning is None else [texts.say(answer.warning)]
            link = link.model_copy(update={"version": answer.index_version})
            content = answer_message(answer, link, source_of, texts, notes)
            answers = [*answers, answer]
        except FootnoteError as error:
            content = problem_message(error, texts)
        yield "", [*shown, _said(content)], answers

    def _answer(self, link: AskLink, texts: Wording) -> tuple[Answer, list[str]]:
        """The answer, and what is to be said of its version."""
        request = link.request(self._engine.keys)
        try:
            answer = self._engine.ask(request)
        except DocumentError:
            if link.version is None:
                raise
            answer = self._engine.ask(replace(request, version=None))
            new = answer.index_version
            return answer, [texts("answer.gone", old=link.version, new=new)]
        if link.version is None or link.version == self._engine.version:
            return answer, []
        return answer, [texts("answer.older", old=link.version, new=self._engine.version)]


def chat_column(engine: PageEngine, said: Any, library: Library) -> tuple[SourceFilter, gr.Blocks]:
    """Put the chat, the examples, the filter and the box for a question into the column at hand.

    Returns the components of the filter and the box around them, to be filled at each visit.
    """
    handlers, answers = Chat(engine, library), gr.State([], time_to_live=KEPT)
    messenger = gr.HTML("", elem_id="messenger", js_on_load=_MESSENGER)
    chat = _chatbot(said, library)
    with gr.Row(elem_id="examples"):
        buttons = [
            gr.Button(said(f"example.{n + 1}"), size="sm", elem_classes="example")
            for n in range(min(len(library.examples(one)) for one in SPOKEN))
        ]
        fresh = gr.Button(said("chat.new"), size="sm", elem_id="new-chat")
        take_away(engine, answers, chat)
    chosen, box_of_filter = source_filter(said)
    box = gr.Textbox(
        elem_id="question",
        placeholder=said("question.hint"),
        show_label=False,
        label=said("question.label"),
        container=False,
        max_lines=4,
        autofocus=True,
        submit_btn=True,
    )
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    shown = [box, chat, answers]
    # Raw values: Gradio would build whatever component a message names, and would compare what is
    # chosen with choices that a session has forgotten once the server was started anew.
    raw = {**private, "preprocess": False}
    box.submit(handlers.typed, [*shown, *chosen], shown, **raw)
    for number, button in enumerate(buttons):
        button.click(handlers.example(number), [chat, answers, *chosen], shown, **raw)
    messenger.submit(handlers.linked, [chat, answers], shown, **raw)
    fresh.click(lambda: ([], []), None, [chat, answers], queue=False, **private)
    return chosen, box_of_filter


def _chatbot(said: Any, library: Library) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        autoscroll=False,
        show_label=False,
        label=said("chat.label"),
        container=False,
        height=None,
        layout="bubble",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        line_breaks=False,
        allow_file_downloads=False,
        group_consecutive_messages=False,
        placeholder=_welcome(library),
    )


def _welcome(library: Library) -> str:
    """What the chat says before the first question; the style shows the reader's language."""
    words = "".join(
        f'<div class="in-{texts.language}">'
        f'<p class="welcome-title">{texts("welcome.title")}</p>{_about(library, texts)}'
        f"<p>{texts('welcome.text')}</p></div>"
        for texts in map(wording, SPOKEN)
    )
    return f'<div class="welcome">{words}</div>'


def _about(library: Library, texts: Wording) -> str:
    """What the library is and what it is about, where it says so."""
    told = (in_language(one, texts.language) for one in (library.file.name, library.file.about))
    said = ". ".join(one.rstrip(".") for one in told if one)
    return f"<p>{verbatim(said)}.</p>" if said else ""


def _said(content: str) -> ChatMessage:
    return {"role": "assistant", "content": content}
