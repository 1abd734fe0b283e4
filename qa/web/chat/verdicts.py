"""Verdicts of readers on quotations: what comes from the browser is checked against the store."""

from typing import Annotated, Any, Literal

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.errors import DocumentError, FootnoteError
from qa.chats.feedback import Feedback, FeedbackStore
from qa.web.links import PlaceRequest, read_ask_link
from qa.web.page_engine import PageEngine
from qa.web.texts import texts_for

_MOST_WORDS = 5_000
"""Characters of a selection: more is no place that answers."""
_SCRIPT = """
document.body.classList.add("feedback");
window.footnote.judge = (request) => server.judge(request);
"""


class _Verdict(PlaceRequest):
    """A verdict from the page: the link of the answer's question, a place, and its words."""

    ask: Annotated[str, StringConstraints(max_length=200_000)]
    verdict: Literal["good", "wrong", "here"]
    words: Annotated[str, StringConstraints(min_length=1, max_length=_MOST_WORDS)] | None = None


class _Undo(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    undo: str = Field(max_length=100)


def judging(engine: PageEngine, store: FeedbackStore) -> gr.HTML:
    """Put what takes verdicts into the page; without it the page shows no buttons for them."""

    def judge(request: Any, browser: gr.Request) -> dict[str, str]:
        texts = texts_for(browser)
        try:
            return judged(engine, store, request)
        except FootnoteError as error:
            return {"problem": texts.say(error)}

    return gr.HTML("", elem_id="judge", js_on_load=_SCRIPT, server_functions=[judge])


def judged(engine: PageEngine, store: FeedbackStore, request: Any) -> dict[str, str]:
    """Keep a verdict, or take one back; gives the token of what is kept, empty where none is.

    Raises DocumentError where the request is none, or the words are not those of the document.
    """
    try:
        if isinstance(request, dict) and "undo" in request:
            store.remove(_Undo.model_validate(request).undo)
            return {"token": ""}
        wanted = _Verdict.model_validate(request)
    except ValidationError:
        raise DocumentError("judge.no-verdict") from None
    link = read_ask_link(wanted.ask)
    document = engine.document(wanted.version, wanted.key)
    start, end = _trimmed(document.text, wanted.start, wanted.end)
    words = document.text[start:end]
    # Between its blocks the page has other white space than the document.
    chosen = words if wanted.words is None else wanted.words
    same = "".join(chosen.split()) == "".join(words.split())
    if not words or len(words) > _MOST_WORDS or not same:
        raise DocumentError("judge.other-words")
    kept = Feedback(
        link.question,
        link.history,
        wanted.version,
        wanted.key,
        start,
        end,
        words,
        wanted.verdict,
    )
    return {"token": store.add(kept)}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets without the white space at both ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
