"""Blocks of text, as every reader finds them, assembled into a Document."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.text.documents import Document, Page, Section, Span, normalize

PARAGRAPH_BREAK = "\n\n"
QUOTED = 8
"""Levels of text that is inserted into another law: that of its kind and `QUOTED`, each time."""
GOES_ON = 7
"""Level of a section in which a provision goes on after inserted text; it has no name."""


class Block(NamedTuple):
    """A heading (`level` 1 to 6) or a paragraph (0).

    `name` opens a section without a heading of its own, as `Artículo 10` does where the text goes
    on in the same line; the empty name adds nothing to the path. `page` is a position among the
    labels of the pages; `quoted` tells how many quotations the block stands in.
    """

    text: str
    level: int = 0
    page: int | None = None
    name: str | None = None
    quoted: int = 0


def assemble(
    key: str, blocks: Sequence[Block], language: str, page_labels: Sequence[str] = ()
) -> Document:
    """The document of some blocks, a blank line between each two.

    A single level-1 heading is the title of the document and no part of a section path.
    """
    tidied = [block._replace(text=normalize(block.text).strip()) for block in blocks]
    kept = [block for block in tidied if block.text]
    text = PARAGRAPH_BREAK.join(block.text for block in kept)
    titled = sum(block.level == 1 for block in kept) == 1
    sections = tuple(_sections(kept, titled, len(text), language))
    return Document(key, text, sections, tuple(_pages(kept, page_labels, len(text))), language)


def _sections(
    blocks: Sequence[Block], titled: bool, length: int, language: str
) -> Iterator[Section]:
    start, level = 0, 0
    heading: Span | None = None
    path: list[tuple[int, str]] = []
    position = 0
    for block in blocks:
        if block.level:
            if position > start or heading is not None:
                yield Section(start, position, _names(path), level, heading, language)
            path = [(at, name) for at, name in path if at < block.level]
            if not (titled and block.level == 1):
                name = _name(block.text) if block.name is None else block.name
                path += [(block.level, name)] if name else []
            start, level = position, block.level
            own = block.name is None
            heading = Span(position, position + len(block.text)) if own else None
        position += len(block.text) + len(PARAGRAPH_BREAK)
    yield Section(start, length, _names(path), level, heading, language)


def _names(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for _, name in path)


def _name(heading: str) -> str:
    # A number and its title stand in two lines: `Article 3` and `Use of terms`.
    return ": ".join(" ".join(line.split()) for line in heading.split("\n") if line.strip())


def _pages(blocks: Sequence[Block], labels: Sequence[str], length: int) -> Iterator[Page]:
    """Pages from the first character of their first block to that of the next page."""
    if not labels:
        return
    starts: dict[int, int] = {}
    position = 0
    for block in blocks:
        if block.page is not None:
            starts.setdefault(block.page, position)
        position += len(block.text) + len(PARAGRAPH_BREAK)
    end = length
    found = []
    for number in reversed(range(len(labels))):
        start = 0 if number == 0 else starts.get(number, end)
        found.append(Page(start, end, labels[number]))
        end = start
    yield from reversed(found)
