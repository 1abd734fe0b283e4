"""Pinpoints: where in a document a reader finds a quotation."""

import re

from corpus.documents import Document

_PROSE = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")


def pinpoint(document: Document, start: int) -> str:
    """Heading and paragraph of the character at `start`, such as “Next Steps, para. 2”.

    Paragraphs are counted within their section as APA 7 (8.13) does; a line that ends in no
    punctuation, such as a byline, is not counted unless it is the one asked for.
    """
    section = next(s for s in document.sections if s.start <= start < s.end)
    begin, end = section.body
    number = 1
    position = begin
    for block in document.text[begin:end].split("\n\n"):
        position += len(block) + 2
        if start < position:
            break
        number += bool(_PROSE.search(block))
    heading = f"{section.path[-1]}, " if section.path else ""
    return f"{heading}para. {number}"
