"""The panel beside the chat: opens the source of a quotation when its number is clicked."""

from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import DocumentError, FootnoteError
from corpus.text.documents import Span
from corpus.text.sentences import sentences
from corpus.wording import Wording
from qa.answers import Followed
from qa.web.links import OpenRequest, QuotationLink, read_request, span_in
from qa.web.page_engine import PageEngine
from qa.web.panel.cited_source_view import cited_panel
from qa.web.panel.document_view import Mark, document_panel, empty_panel, problem_panel
from qa.web.texts import texts_for

_SCRIPT = Path(__file__).parents[1] / "static" / "panel.js"
_MOST_CLAIMS = 5
"""Sentences of a quotation that are followed: each is a search."""


def source_panel(engine: PageEngine) -> gr.HTML:
    """Put the panel into the column at hand."""
    return gr.HTML(
        empty_panel(),
        elem_id="panel",
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        server_functions=[_opener(engine)],
    )


def _opener(engine: PageEngine) -> Any:
    def open_quotation(request: Any, browser: gr.Request) -> str:
        """The HTML of the panel for a request from the browser."""
        texts = texts_for(browser)
        n = request.get("n") if isinstance(request, dict) else None
        number = n if isinstance(n, int) and 0 <= n <= 10**9 else 0
        try:
            wanted = read_request(request)
            show = _document if wanted.cited is None else _cited
            return show(engine, wanted, texts)
        except FootnoteError as error:
            return problem_panel(error, number, texts)

    return open_quotation


def _document(engine: PageEngine, wanted: OpenRequest, texts: Wording) -> str:
    document = engine.document(wanted.version, wanted.key)
    mark = Mark(span_in(document, wanted), wanted.strong_spans)
    source = engine.source(wanted.key, wanted.version)
    return document_panel(document, source, mark, wanted.n, texts)


def _cited(engine: PageEngine, wanted: OpenRequest, texts: Wording) -> str:
    cited = str(wanted.cited)
    span = span_in(engine.document(wanted.version, wanted.key), wanted)
    followed = _followed(engine, wanted, span)
    link = QuotationLink(wanted.version, wanted.key, followed.start, followed.end)
    source = engine.source(cited, wanted.version)
    return cited_panel(source, followed, link, wanted.n, texts)


def _followed(engine: PageEngine, wanted: OpenRequest, span: Span) -> Followed:
    """What the cited source says to the sentence of the quotation that it supports best.

    Raises DocumentError where the words do not cite the source, or the version is gone.
    """
    document = engine.document(wanted.version, wanted.key)
    own = [
        Span(span.start + one.start, span.start + one.end)
        for one in sentences(document.cut(span), document.language)
    ]
    for spans in (own[:_MOST_CLAIMS], [span]):
        found = engine.follow(wanted.key, spans, wanted.version)
        rows = [row for row in found if row.key == wanted.cited]
        if rows:
            return max(rows, key=lambda row: (row.quotation is not None, row.score or 0.0))
    raise DocumentError("link.no-quotation")
