"""A change that a click asks for: made where the reader may, and its result told in a line."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from corpus.errors import FootnoteError, reason_of
from qa.web.access.sessions import Door
from qa.web.jobs.view import notice
from qa.web.texts import texts_for

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""How the tabs bind their handlers: nothing is a public API, nothing flickers."""


def acted(door: Door, request: gr.Request, act: Callable[[], str | None]) -> str:
    """The notice of what came of `act`, which is not called for readers that must sign in first.

    `act` gives the words of the notice, or nothing where the state of the tab says enough.
    """
    texts = texts_for(request)
    try:
        if not door.open_to(request.cookies):
            return notice(texts("sign.needed"), problem=True)
        said = act()
    except FootnoteError as error:
        return notice(texts.say(error), problem=True)
    except OSError as error:
        return notice(texts("system.other", reason=reason_of(error)), problem=True)
    return notice(said) if said else ""
