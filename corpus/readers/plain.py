"""Plain text → Document: blank lines end paragraphs, or the lines themselves where none are."""

import re

from corpus.law.structure import structured
from corpus.readers.decoding import decoded
from corpus.readers.lines import hyphenated_words, joined_lines
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document, normalize


def read_plain(key: str, data: bytes, language: str) -> Document:
    """The document of a plain text; headings are those of laws and treaties. Raises DocumentError.

    Lines that were broken to a width are joined into paragraphs.
    """
    text = normalize(decoded(key, data))
    words = hyphenated_words(text)
    blocks = [
        Block(paragraph)
        for part in re.split(r"\n\n|\f", text)
        for paragraph in joined_lines(part.split("\n"), words)
    ]
    return assemble(key, structured(blocks), language)
