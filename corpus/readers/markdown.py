"""Markdown (CommonMark) → Document: the words, without the marks."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.law.labels import labels
from corpus.law.structure import structured
from corpus.readers.decoding import decoded
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document, normalize

_FRONT_MATTER = re.compile(r"\A---\n(?:[\w-]+:[^\n]*\n)+---\n")
_TIGHT_HEADING = re.compile(r"^(#{1,6})(?=[^#\s])", re.MULTILINE)


def read_markdown(key: str, data: bytes, language: str) -> Document:
    """The document that Markdown shows; each heading opens a section.

    HTML in the text stays visible as text. Numbers of list items stay, since they are words of a
    law; bullets are marks and go, as do the fields before the text. Raises DocumentError.
    """
    text = _FRONT_MATTER.sub("", normalize(decoded(key, data)))
    # `####Title` is no heading in CommonMark, and one wherever such files come from.
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    # HTML is switched off: a reader's eye must see every character of a source as it stands.
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    return assemble(key, structured(tuple(_blocks(tokens))), language)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    level, marker, quoted = 0, "", 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type in {"blockquote_open", "blockquote_close"}:
            quoted += token.nesting
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in {"inline", "fence", "code_block"}:
            words = _words(token) if token.children else token.content
            yield Block(marker + words, level, quoted=quoted)
            marker = ""


def _words(inline: Token) -> str:
    parts: list[str] = []
    children = inline.children or []
    for number, child in enumerate(children):
        if child.type == "softbreak":
            # A line that opens with a label is an item, though Markdown sees none in `2. …`.
            after = children[number + 1].content if number + 1 < len(children) else ""
            parts.append("\n" if labels(after) else " ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type == "image":
            parts.append(_words(child))
        else:
            parts.append(child.content)
    # One line feed is a line of the paragraph; two would end it.
    return "".join(parts)
