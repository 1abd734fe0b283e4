"""The outline of a law in a document: which provision, item and inserted text holds an offset."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.law.labels import label_paths, labels
from corpus.law.provisions import is_note, provision
from corpus.text.blocks import GOES_ON, PARAGRAPH_BREAK, QUOTED
from corpus.text.documents import Document, Span

_ANNOUNCING = (":", "—", "–", ":—")


class ProvisionPlace(NamedTuple):
    """A provision by the headings that are its own, and the labels down to an item of it."""

    names: tuple[str, ...]
    labels: tuple[str, ...]


def is_law(document: Document) -> bool:
    """Whether a document has articles or sections, as laws and treaties have."""
    return any(provision(name) for section in document.sections for name in section.path)


def section_at(document: Document, start: int) -> int:
    """The number of the section that holds the character at `start`."""
    return bisect_right(document.sections, start, key=lambda section: section.start) - 1


def places(document: Document, start: int) -> tuple[ProvisionPlace, ...]:
    """Where the character at `start` stands: in the document, and in each inserted text, in turn.

    The last place is that of the character itself; the ones before it are those of the items that
    insert the text.
    """
    number = section_at(document, start)
    path = document.sections[number].path
    item = _item_at(document, number, start)
    host = _host(document, number)
    if host is None:
        return (ProvisionPlace(path, item),)
    outer = document.sections[host]
    own = path[len(outer.path) :]
    return (*places(document, outer.end - 1), ProvisionPlace(own, item))


def announcement(document: Document, number: int) -> Callable[[int], str]:
    """From an offset in a section to the words that announce the list or inserted text it is in."""
    spans = _paragraphs(document, _pieces(document, number))
    above = ""
    host = _host(document, number)
    last = _paragraphs(document, [] if host is None else [host])[-1:]
    if host is not None and last:
        before = announcement(document, host)(last[0].start)
        above = f"{before} {document.cut(last[0])}".strip()
    found = announcers([document.cut(span).strip() for span in spans])
    edges = [span.start for span in spans]

    def words(at: int) -> str:
        number = bisect_right(edges, at) - 1
        return f"{above} {found[number] if number >= 0 else ''}".strip()

    return words


def announcers(paragraphs: Sequence[str]) -> list[str]:
    """For each paragraph of a provision, the words above it that announce the list it stands in.

    `The States Parties shall:` announces `(a) …`; the words of outer lists come first. Empty for a
    paragraph in no list.
    """
    paths = list(label_paths(map(labels, paragraphs)))
    found: list[str] = []
    for number, path in enumerate(paths):
        above = ""
        for earlier in reversed(range(number if path else 0)):
            inside = len(paths[earlier]) < len(path)
            if is_note(paragraphs[earlier]) or not inside:
                continue
            if paths[earlier] == path[: len(paths[earlier])]:
                if paragraphs[earlier].rstrip().endswith(_ANNOUNCING):
                    above = f"{found[earlier]} {paragraphs[earlier]}".strip()
                break
        found.append(above)
    return found


def _depth(document: Document, number: int) -> int:
    return document.sections[number].level // QUOTED


def _goes_on(document: Document, number: int) -> bool:
    return document.sections[number].level % QUOTED == GOES_ON


def _pieces(document: Document, number: int) -> list[int]:
    """The sections that one provision is made of: inserted text parts them."""
    depth = _depth(document, number)
    first = number
    while first > 0 and (_goes_on(document, first) or _depth(document, first) > depth):
        first -= 1
    found = [first]
    for other in range(first + 1, len(document.sections)):
        if _depth(document, other) > depth:
            continue
        if _depth(document, other) < depth or not _goes_on(document, other):
            break
        found.append(other)
    return found


def _host(document: Document, number: int) -> int | None:
    """The section that inserts the text of another; None for what the law itself says."""
    depth = _depth(document, number)
    before = range(number - 1, -1, -1)
    return next((n for n in before if _depth(document, n) < depth), None) if depth else None


def _paragraphs(document: Document, numbers: Sequence[int]) -> list[Span]:
    """The spans of the paragraphs of some sections, headings apart."""
    return [span for number in numbers for span in _paragraphs_of(document, number)]


def _paragraphs_of(document: Document, number: int) -> Iterator[Span]:
    body = document.sections[number].body
    return _spans(body.start, document.cut(body))


def _spans(begin: int, text: str) -> Iterator[Span]:
    for paragraph in text.split(PARAGRAPH_BREAK):
        if paragraph.strip():
            yield Span(begin, begin + len(paragraph))
        begin += len(paragraph) + len(PARAGRAPH_BREAK)


def _item_at(document: Document, number: int, start: int) -> tuple[str, ...]:
    if start < document.sections[number].body.start:
        return ()
    bodies = [document.sections[piece].body for piece in _pieces(document, number)]
    starts, paths = _items(tuple((body.start, document.cut(body)) for body in bodies))
    return paths[bisect_right(starts, start)]


# Who asks for one place in a provision asks for others in it: those of its sentences in turn.
@lru_cache(maxsize=16)
def _items(bodies: tuple[tuple[int, str], ...]) -> tuple[list[int], list[tuple[str, ...]]]:
    """Where the paragraphs of some bodies (offset, text) begin; the item before each and the last.

    The first item is that of what stands before all paragraphs: none.
    """
    found = [
        (span.start, labels(text[span.start - begin : span.end - begin].strip()))
        for begin, text in bodies
        for span in _spans(begin, text)
    ]
    return [start for start, _ in found], [(), *label_paths(own for _, own in found)]
