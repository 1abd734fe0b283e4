"""A document with a quotation marked, as the HTML of the panel beside the chat."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.errors import FootnoteError
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from corpus.wording import SPOKEN, Wording, wording
from qa.citing.reference import reference
from qa.web.chat.cards import original
from qa.web.escape import verbatim

_BREAK = re.compile(r"\n\n")
_NO_LABEL = re.compile(r"[^\w .,;:()-]")


class Mark(NamedTuple):
    """The words to show: a span of a document, and the sentences of it that answer."""

    span: Span
    strong: tuple[Span, ...] = ()


def empty_panel() -> str:
    """What the panel says before anything was opened; the style shows the reader's language."""
    words = "".join(
        f'<div class="in-{texts.language}"><p class="empty-title">{verbatim(texts("panel.empty"))}'
        f"</p><p>{verbatim(texts('panel.hint', number='[1]'))}</p></div>"
        for texts in map(wording, SPOKEN)
    )
    return f'<div class="sheet empty">{words}</div>'


def document_panel(document: Document, source: Source, mark: Mark, n: int, texts: Wording) -> str:
    """The whole document, its headings and paragraphs, with the words marked; `n` is echoed.

    Each paragraph and heading tells where in the document it begins.
    """
    page = _page_of(document, mark.span.start)
    facts = [texts.named("lang", document.language), texts("page", page=page) if page else ""]
    body = "".join(_blocks(document, mark))
    return sheet(
        f'<p class="reference">{reference(source, html=True)} {original(source, texts)}</p>',
        f'<div class="bar">{_outline(document, texts)}<span class="facts-line">'
        f"{verbatim(' · '.join(filter(None, facts)))}</span>{_here(texts)}{_steps(texts)}</div>"
        f'<div class="sheet-body" tabindex="0" role="region" '
        f'aria-label="{verbatim(source.title)}" lang="{verbatim(document.language)}">{body}</div>',
        n,
        texts,
    )


def problem_panel(problem: FootnoteError, n: int, texts: Wording) -> str:
    """What went wrong and what to do, in the place of a document."""
    said = verbatim(texts.say(problem))
    return sheet(f'<p class="problem" role="alert">{said}</p>', "", n, texts)


def sheet(head: str, rest: str, n: int, texts: Wording) -> str:
    """The frame of what the panel shows, with the button that closes it."""
    close = verbatim(texts("panel.close"))
    return (
        f'<article class="sheet" data-n="{n}" aria-label="{verbatim(texts("panel.label"))}">'
        f'<header class="sheet-head">{head}<button type="button" class="close" '
        f'aria-label="{close}" title="{close}">×</button></header>{rest}</article>'
    )


def _here(texts: Wording) -> str:
    """The button by which a reader says that the selected words answer."""
    return (
        f'<button type="button" class="here" title="{verbatim(texts("judge.here.why"))}">'
        f"{verbatim(texts('judge.here'))}</button>"
    )


def _steps(texts: Wording) -> str:
    """The buttons between the quotations of one document; the script counts them."""
    buttons = "".join(
        f'<button type="button" class="step" data-step="{step}" aria-label="{words}" '
        f'title="{words}">{sign}</button>'
        for step, sign, words in (
            (-1, "↑", verbatim(texts("panel.previous"))),
            (1, "↓", verbatim(texts("panel.next"))),
        )
    )
    return f'<span class="steps" hidden><span class="place"></span>{buttons}</span>'


def _outline(document: Document, texts: Wording) -> str:
    """The headings as a list that leads to them; empty for a text without headings."""
    rows = "".join(
        f'<li style="--level:{min(section.level, 6)}"><a href="#" data-heading="{number}">'
        f"{verbatim(document.cut(section.heading))}</a></li>"
        for number, section in enumerate(document.sections)
        if section.heading is not None and document.cut(section.heading).strip()
    )
    if not rows:
        return ""
    return (
        f'<details class="outline"><summary>{verbatim(texts("panel.outline"))}</summary>'
        f"<nav><ul>{rows}</ul></nav></details>"
    )


def _page_of(document: Document, offset: int) -> str | None:
    return next((page.label for page in document.pages if page.start <= offset < page.end), None)


def _blocks(document: Document, mark: Mark) -> Iterator[str]:
    for block, tag, plain in _plain_blocks(document):
        if block.start < mark.span.end and mark.span.start < block.end:
            yield f"{tag}{_marked(document, block, mark)}{_closing(tag)}"
        else:
            yield plain


@lru_cache(maxsize=32)
def _plain_blocks(document: Document) -> tuple[tuple[Span, str, str], ...]:
    """Each paragraph and heading: where it is, its opening tag, and its HTML without a mark.

    Kept, since escaping a long document at every click would take a tenth of a second.
    """
    headings = {
        section.heading: (number, min(section.level + 1, 6))
        for number, section in enumerate(document.sections)
        if section.heading is not None
    }
    pages = {page.start: page.label for page in document.pages}
    starts, found = sorted(pages), []
    at = 0
    for block in _spans(document.text):
        label = ""
        while at < len(starts) and starts[at] < block.end:
            label = pages[starts[at]]
            at += 1
        attributes = f' data-at="{block.start}"'
        attributes += f' data-page="{_NO_LABEL.sub("", label)}"' if label else ""
        if block in headings:
            number, level = headings[block]
            tag = f'<h{level} data-section="{number}"{attributes}>'
        else:
            tag = f"<p{attributes}>"
        plain = f"{tag}{verbatim(document.cut(block))}{_closing(tag)}"
        found.append((block, tag, plain))
    return tuple(found)


def _closing(tag: str) -> str:
    return f"</{tag[1:].partition(' ')[0].rstrip('>')}>"


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(text))


def _marked(document: Document, block: Span, mark: Mark) -> str:
    """The block's text; what of it lies in the words is marked, the answering sentences more."""
    edges = {block.start, block.end}
    for span in (mark.span, *mark.strong):
        edges |= {edge for edge in span if block.start < edge < block.end}
    cuts = sorted(edges)
    return "".join(_piece(document, Span(start, end), mark) for start, end in pairwise(cuts))


def _piece(document: Document, piece: Span, mark: Mark) -> str:
    words = verbatim(document.cut(piece))
    if not _inside(piece, [mark.span]):
        return words
    kind = "hit strong" if _inside(piece, mark.strong) else "hit"
    return f'<mark class="{kind}">{words}</mark>'


def _inside(piece: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= piece.start and piece.end <= span.end for span in spans)
