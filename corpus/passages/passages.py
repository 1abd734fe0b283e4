"""Sentences packed into passages: what is encoded, found and quoted from."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.law.outline import announcement, is_law
from corpus.passages.units import units
from corpus.settings import PassageSettings
from corpus.sources.registry import Source
from corpus.text.documents import Document, Section, Span

BETWEEN = " › "
"""Stands between the parts of a context."""
_NAME_WORDS = 28
_HEADING_WORDS = 20
_ANNOUNCED_WORDS = 24
"""Most words of each part of a context: an encoder reads context and passage up to a limit, and a
law's own names and headings would fill half of it (docs/quality.md)."""


@dataclass(frozen=True)
class Passage:
    """A run of sentences inside one section and one page.

    `document.text[start:end]` is its text; `sentences` are spans of the document that begin at
    `start` and finish at `end`. `section` and `page` are positions in the document's tuples, `page`
    is None where there are no pages. `context` is searched with the passage and never quoted.
    """

    id: str
    source: str
    start: int
    end: int
    section: int
    page: int | None
    sentences: tuple[Span, ...]
    context: str


def context_of(source: Source, section: Section, announced: str, title_words: int) -> str:
    """What a reader knows before the passage begins: title, other names, headings, announcement.

    `announced` are the words above the list that the passage stands in. Of a long title the first
    `title_words` count, of the names as many as there is room for, of the headings the innermost,
    of the announcement the last words.
    """
    title = " ".join(source.title.split()[:title_words])
    if not any(character.isalnum() for character in title):
        title = ""  # a record must have one, a text need not
    others = _first(source.aliases, _NAME_WORDS - len(title.split()))
    names = f"{title} ({', '.join(others)})".strip() if others else title
    headings = reversed(_first(section.path[::-1], _HEADING_WORDS) or section.path[-1:])
    words = " ".join(announced.split()[-_ANNOUNCED_WORDS:])
    return BETWEEN.join(filter(None, (names, *headings, words)))


def _first(texts: Sequence[str], most: int) -> list[str]:
    """The texts, from the first, that hold at most so many words together."""
    totals = accumulate(len(text.split()) for text in texts)
    return [text for text, total in zip(texts, totals, strict=True) if total <= most]


def passages(document: Document, source: Source, settings: PassageSettings) -> tuple[Passage, ...]:
    """The passages of a document in order: disjoint, and every sentence in exactly one.

    A passage holds at most `max_words` words unless a single sentence has more; paragraphs below
    `min_words` join their neighbors where both fit; laws and treaties have limits of their own.
    """
    settings = settings.for_laws() if is_law(document) else settings
    return tuple(
        Passage(
            id=passage_id(document, run[0].start, run[-1].end),
            source=document.key,
            start=run[0].start,
            end=run[-1].end,
            section=section,
            page=page,
            sentences=run,
            context=context_of(
                source, document.sections[section], above(run[0].start), settings.title_words
            ),
        )
        for section, page, region in _regions(document)
        for above in [announcement(document, section)]
        for run in _runs(document, region, settings)
    )


def passage_id(document: Document, start: int, end: int) -> str:
    """Key and 12 hexadecimal digits: the same while the document's text is the same."""
    digest = hashlib.sha256(f"{document.sha256}:{start}:{end}".encode()).hexdigest()
    return f"{document.key}-{digest[:12]}"


def _regions(document: Document) -> Iterator[tuple[int, int | None, Span]]:
    """Section, page and span of every stretch that no heading and no page break interrupts."""
    for number, section in enumerate(document.sections):
        start, end = section.body
        if not document.pages:
            if start < end:
                yield number, None, Span(start, end)
            continue
        for page_number, page in enumerate(document.pages):
            cut = Span(max(start, page.start), min(end, page.end))
            if cut.start < cut.end:
                yield number, page_number, cut


def _runs(
    document: Document, region: Span, settings: PassageSettings
) -> Iterator[tuple[Span, ...]]:
    pending: tuple[Span, ...] = ()
    for paragraph in _paragraphs(document, region):
        joined = pending + paragraph
        small = min(_words(document, pending), _words(document, paragraph)) < settings.min_words
        if small and _words(document, joined) <= settings.max_words:
            pending = joined
            continue
        if pending:
            yield from _split(document, pending, settings)
        pending = paragraph
    if pending:
        yield from _split(document, pending, settings)


def _paragraphs(document: Document, region: Span) -> Iterator[tuple[Span, ...]]:
    """The units of a region, grouped by paragraph."""
    group: list[Span] = []
    section = next(s for s in document.sections if s.start <= region.start < s.end)
    for found in units(document.cut(region), section.language):
        span = Span(region.start + found.start, region.start + found.end)
        if group and "\n\n" in document.text[group[-1].end : span.start]:
            yield tuple(group)
            group = []
        group.append(span)
    if group:
        yield tuple(group)


def _words(document: Document, run: Sequence[Span]) -> int:
    return sum(len(document.cut(span).split()) for span in run)


def _split(
    document: Document, run: tuple[Span, ...], settings: PassageSettings
) -> Iterator[tuple[Span, ...]]:
    """Runs of about equal length, none above the limit unless it is a single sentence."""
    left = _words(document, run)
    current: list[Span] = []
    size = 0
    for span in run:
        words = _words(document, (span,))
        parts = -(-(left + size) // settings.max_words)
        share = (left + size) / max(parts, 1)
        # Close the passage where stopping before this sentence is nearer to an equal share.
        nearer = share - size < size + words - share
        if current and (size + words > settings.max_words or nearer):
            yield tuple(current)
            current, size = [], 0
        current.append(span)
        size += words
        left -= words
    yield tuple(current)
