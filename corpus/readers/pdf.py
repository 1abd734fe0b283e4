"""PDF → Document: pages, without running headers and footers, lines joined into paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from corpus.errors import DocumentError
from corpus.law.structure import opens_provision, structured
from corpus.readers.lines import hyphenated_words, joined_lines
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document, normalize
from corpus.text.sentences import sentences
from corpus.wording import Message

_END_OF_FILE = b"%%EOF"
_TRAILER = 2048
"""Bytes at the end among which a PDF says that it is whole; 1024 by custom of its first readers."""
_MARGIN_LINES = 8
"""Lines at the top and at the bottom of a page among which running ones are looked for."""
_SHARE_OF_PAGES = 0.5
_SAME_LINE = 4.0
_GUTTER = 12.0
"""Points that the middles of a line differ at most, and that part two columns at least."""
_NUMBER = re.compile(
    r"^\W*(?:p(?:age|ágina|ág)?\.?\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de)\s*\d{1,4})?\W*$",
    re.I,
)
_CLOSED = re.compile(r"""[.!?:;…—]["'”’»)\]]*$""")


def read_pdf(key: str, data: bytes, language: str) -> Document:
    """The document of a PDF, its pages under the numbers that are printed on them.

    Raises DocumentError for a file that is encrypted, broken, cut off, or scanned and so without
    text.
    """
    if b"%PDF-" in data[:1024] and _END_OF_FILE not in data[-_TRAILER:]:
        # A part of a file can often be opened, and nobody would notice what is missing.
        raise DocumentError.of(key, Message.of("document.cut-off"))
    pages = _page_lines(key, data)
    if not any(any(page) for page in pages):
        raise DocumentError.of(key, Message.counted("document.scanned", len(pages)))
    running = _running(pages)
    labels, bodies = [], []
    for number, page in enumerate(pages, 1):
        margin, body = _parted(page, running)
        found = (_NUMBER.match(line) for line in margin)
        labels.append(next((match[1] for match in found if match), str(number)))
        bodies.append(body)
    words = hyphenated_words("\n".join(line for body in bodies for line in body))
    blocks = [
        Block(paragraph, page=number)
        for number, body in enumerate(bodies)
        for paragraph in joined_lines(body, words)
    ]
    whole = structured(list(_across_pages(blocks, language)))
    return assemble(key, whole, language, labels)


def _page_lines(key: str, data: bytes) -> list[list[str]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        problem = (
            Message.of("document.encrypted")
            if encrypted
            else Message.of("document.no-pdf", reason=str(error))
        )
        raise DocumentError.of(key, problem) from None
    try:
        return [_lines(document[number]) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        problem = Message.of("document.broken-page", reason=str(error))
        raise DocumentError.of(key, problem) from None
    finally:
        document.close()


def _lines(page: pdfium.PdfPage) -> list[str]:
    """The lines of a page in the order of reading, columns one after the other."""
    text = page.get_textpage()
    found = _pieces(text)
    if _has_two_columns(found, page.get_width()):
        return [words for *_, words in _by_column(found, page.get_width())]
    return [normalize(line) for line in text.get_text_bounded().splitlines() if line.strip()]


_Piece = tuple[float, float, float, str]
"""Left edge, right edge, middle height (in points, from the bottom) and the words of a line."""


def _pieces(text: pdfium.PdfTextPage) -> list[_Piece]:
    """Stretches of lines; a change of font within a line does not part it."""
    found: list[_Piece] = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = re.sub(r"\s+", " ", text.get_text_bounded(left, bottom, right, top))
        middle = (bottom + top) / 2
        if not words.strip():
            continue
        if found:
            begin, end, height, before = found[-1]
            if abs(middle - height) < _SAME_LINE and -_SAME_LINE < left - end < _GUTTER:
                gap = " " if left - end > 1 and not before.endswith(" ") else ""
                found[-1] = (begin, max(end, right), height, before + gap + words)
                continue
        found.append((left, right, middle, words))
    return [(left, right, height, words.strip()) for left, right, height, words in found]


def _has_two_columns(pieces: Sequence[_Piece], width: float) -> bool:
    """Whether lines stand side by side on either half, and next to none across the middle."""
    middle = width / 2
    left = [piece for piece in pieces if piece[1] < middle + 0.02 * width]
    right = [piece for piece in pieces if piece[0] > middle - 0.02 * width]
    across = len(pieces) - len(left) - len(right)
    if min(len(left), len(right)) < 8 or across > 0.2 * len(pieces):
        return False
    beside = sum(any(abs(one[2] - other[2]) < 3 for other in right) for one in left)
    return beside > 0.5 * min(len(left), len(right))


def _by_column(pieces: Sequence[_Piece], width: float) -> list[_Piece]:
    """Full-width lines cut the page into bands; in each the left column comes first."""
    middle = width / 2
    across = sorted(p[2] for p in pieces if p[0] < 0.98 * middle and p[1] > 1.02 * middle)

    def place(piece: _Piece) -> tuple[int, int, float]:
        left, right, height, _ = piece
        band = sum(line > height for line in across) * 2
        if left < 0.98 * middle and right > 1.02 * middle:
            return (band - 1, 0, -height)
        return (band, int(left > 0.96 * middle), -height)

    return sorted(pieces, key=place)


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines, digits aside, that stand in the margin of at least half of the pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_pattern(line) for line in (*page[:_MARGIN_LINES], *page[-_MARGIN_LINES:])})
    least = max(3, _SHARE_OF_PAGES * len(pages))
    return frozenset(pattern for pattern, count in counts.items() if count >= least)


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


def _parted(page: Sequence[str], running: frozenset[str]) -> tuple[list[str], list[str]]:
    """The running lines of a page, and the others."""
    first, last = 0, len(page)
    while first < last and _pattern(page[first]) in running:
        first += 1
    while last > first and _pattern(page[last - 1]) in running:
        last -= 1
    return [*page[:first], *page[last:]], list(page[first:last])


def _across_pages(blocks: Sequence[Block], language: str) -> Iterator[Block]:
    """A sentence that goes on over the page stands whole on the page where it begins."""
    waiting: Block | None = None
    for block in blocks:
        if waiting is None or waiting.page == block.page or not _goes_on(waiting.text, block.text):
            if waiting is not None:
                yield waiting
            waiting = block
            continue
        joined = f"{waiting.text} {block.text}"
        ends = [span.end for span in sentences(joined, language)]
        end = next(end for end in ends if end >= len(waiting.text))
        yield waiting._replace(text=joined[:end])
        rest = joined[end:].strip()
        waiting = block._replace(text=rest) if rest else None
    if waiting is not None:
        yield waiting


def _goes_on(before: str, after: str) -> bool:
    return not _CLOSED.search(before) and after[:1].islower() and not opens_provision(after)
