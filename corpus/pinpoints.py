"""Pinpoints: where in a document a reader finds a quotation."""

import re

from corpus.documents import Document, Section
from corpus.structure import Provision, label_paths, labels, provision

_PROSE = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")


def pinpoint(document: Document, start: int) -> str:
    """Where the character at `start` stands: `Art. 3(a)`, `sec. 107(b)(1)`, or a paragraph.

    Laws and treaties are cited by article or section and item; other texts by heading and
    paragraph, such as “Next Steps, para. 2”. Paragraphs are counted within their section as APA 7
    (8.13) does; a line that ends in no punctuation, such as a byline, is not counted unless it is
    the one asked for.
    """
    section = next(s for s in document.sections if s.start <= start < s.end)
    opened = next(filter(None, map(provision, reversed(section.path))), None)
    before = _paragraphs_to(document, section, start)
    if opened is not None:
        return _item(opened, list(label_paths(map(labels, before)))[-1])
    number = 1 + sum(bool(_PROSE.search(paragraph)) for paragraph in before[:-1])
    heading = f"{section.path[-1]}, " if section.path else ""
    return f"{heading}para. {number}"


def _paragraphs_to(document: Document, section: Section, start: int) -> list[str]:
    """The paragraphs of a section, to the one that holds `start`."""
    begin, end = section.body
    found = []
    for paragraph in document.text[begin:end].split("\n\n"):
        found.append(paragraph.strip())
        begin += len(paragraph) + 2
        if start < begin:
            break
    return found


def _item(opened: Provision, path: tuple[str, ...]) -> str:
    if not opened.cited.startswith("Artículo"):
        return opened.cited + "".join(f"({label})" for label in path)
    words = []
    for label in path:
        roman = label.isupper()
        words.append(f"fracción {label}" if roman else f"inciso {label})")
    return ", ".join((opened.cited, *words))
