"""The panel beside the chat: opens the source of a quotation when its number is clicked."""

from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import FootnoteError
from qa.web.asker import Asker
from qa.web.links import read_request, span_in
from qa.web.panel import EMPTY, document_panel, problem_panel

_SCRIPT = Path(__file__).parent / "panel.js"


def source_panel(engine: Asker) -> None:
    """Put the panel into the column at hand."""
    gr.HTML(
        EMPTY,
        elem_id="panel",
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        server_functions=[_opener(engine)],
    )


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
