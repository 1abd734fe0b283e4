"""Markdown (CommonMark) → Document: the words, without the marks."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.documents import Document, Section, Span, normalize

_PARAGRAPH_BREAK = "\n\n"


def read_markdown(key: str, text: str, language: str) -> Document:
    """The document that Markdown `text` shows; each heading opens a section.

    A single level-1 heading is the title of the document and no part of a section path. HTML in the
    text stays visible as text. Numbers of list items stay, since they are words of a law.
    """
    # HTML is switched off: a reader's eye must see every character of a source as it stands.
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(normalize(text))
    blocks = [block for block in _blocks(tokens) if block[1]]
    titles = sum(level == 1 for level, _ in blocks)
    body = _PARAGRAPH_BREAK.join(words for _, words in blocks)
    return Document(key, body, tuple(_sections(blocks, titles == 1, len(body))), (), language)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Level of heading (0: none) and words of each block, in order."""
    level, marker = 0, ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else f"{token.markup} "
        elif token.type in {"inline", "fence", "code_block"}:
            words = _words(token) if token.children else token.content
            yield level, normalize(marker + words).strip()
            marker = ""


def _words(inline: Token) -> str:
    parts: list[str] = []
    for child in inline.children or ():
        if child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type == "image":
            parts.append(_words(child))
        else:
            parts.append(child.content)
    # One line feed is a line of the paragraph; two would end it.
    return "".join(parts)


def _sections(blocks: Sequence[tuple[int, str]], titled: bool, length: int) -> Iterator[Section]:
    start, level, heading = 0, 0, None
    path: list[tuple[int, str]] = []
    position = 0
    for block_level, words in blocks:
        if block_level:
            if position > start or heading:
                yield Section(start, position, tuple(p for _, p in path), level, heading)
            path = [(at, p) for at, p in path if at < block_level]
            if not (titled and block_level == 1):
                path.append((block_level, " ".join(words.split())))
            start, level = position, block_level
            heading = Span(position, position + len(words))
        position += len(words) + len(_PARAGRAPH_BREAK)
    yield Section(start, length, tuple(p for _, p in path), level, heading)
