"""A document with a quotation marked, as the HTML of the panel beside the chat."""

import re
from collections.abc import Iterator

from corpus.documents import Document, Span
from corpus.registry import Source
from qa.bibliography import reference
from qa.web.escape import verbatim

_BREAK = re.compile(r"\n\n")
EMPTY = (
    '<div class="sheet empty"><p class="empty-title">The source beside the answer</p>'
    "<p>Click a footnote number such as <b>[1]</b> to read the quotation where it stands.</p></div>"
)
_CLOSE = '<button type="button" class="close" aria-label="Close the source">×</button>'


def document_panel(document: Document, source: Source, span: Span, n: int) -> str:
    """The whole document, its headings and paragraphs, with `span` marked; `n` is echoed.

    The text of the body, with its blank lines, is the document's own.
    """
    original = (
        f' <a class="original" href="{verbatim(source.url)}" target="_blank" '
        'rel="noopener noreferrer">Original</a>'
        if source.url
        else ""
    )
    body = "".join(_blocks(document, span))
    return (
        f'<article class="sheet" data-n="{n}" aria-label="Source">'
        f'<header class="sheet-head"><p class="reference">{reference(source, html=True)}{original}'
        f"</p>{_CLOSE}</header>"
        f'<div class="sheet-body" tabindex="0" lang="{verbatim(document.language)}">{body}</div>'
        "</article>"
    )


def problem_panel(message: str, n: int) -> str:
    """What went wrong and what to do, in the place of a document."""
    return (
        f'<article class="sheet" data-n="{n}"><header class="sheet-head">'
        f'<p class="problem" role="alert">{verbatim(message)}</p>{_CLOSE}</header></article>'
    )


def _blocks(document: Document, span: Span) -> Iterator[str]:
    headings = {s.heading: min(s.level + 1, 6) for s in document.sections if s.heading is not None}
    for block in _spans(document.text):
        level = headings.get(block)
        tag = f"h{level}" if level else "p"
        yield f"<{tag}>{_marked(document, block, span)}</{tag}>"


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(text))


def _marked(document: Document, block: Span, span: Span) -> str:
    """The block's text; the part inside the span is marked, a part for each paragraph."""
    start, end = max(block.start, span.start), min(block.end, span.end)
    if start >= end:
        return verbatim(document.cut(block))
    before, marked, after = (
        verbatim(document.cut(Span(a, b)))
        for a, b in ((block.start, start), (start, end), (end, block.end))
    )
    return f'{before}<mark class="hit">{marked}</mark>{after}'
