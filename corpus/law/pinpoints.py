"""Pinpoints: where in a document a reader finds a quotation."""

import re

from corpus.law.outline import ProvisionPlace, places, section_at
from corpus.law.provisions import is_decree, is_named, provision
from corpus.text.documents import Document

_PROSE = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")


def pinpoint(document: Document, start: int) -> str:
    """Where the character at `start` stands: `Art. 3(a)`, `sec. 107(b)(1)`, or a paragraph.

    Laws and treaties are cited by article or section and item; other texts by heading and
    paragraph, such as “Next Steps, para. 2”. Text that an act inserts into another law is cited as
    the act's, with the number that it has there: `sec. 112(a)(2), inserting § 1589(1)`, or, where
    it is less than a section, its items: `sec. 104(a), inserting (f)(1)(A)`. A reform decree is
    named by its date: `Decreto DOF 19-03-2014, Transitorio Único`.
    """
    own, *inserted = places(document, start)
    cited = _cited(own)
    if cited is None:
        return _by_paragraph(document, start)
    return ", inserting ".join((cited, *filter(None, map(_as_inserted, inserted))))


def _cited(place: ProvisionPlace) -> str | None:
    """How a place is cited; None where it is in no provision, no decree and no named part."""
    decree = next(filter(is_decree, place.names), None)
    opened = next(filter(None, map(provision, reversed(place.names))), None)
    named = place.names[-1] if place.names and is_named(place.names[-1]) else None
    words = named or (opened and opened.cited + _items(place, opened.cited))
    return ", ".join(filter(None, (decree, words))) or None


def _items(place: ProvisionPlace, cited: str) -> str:
    if not cited.startswith(("Artículo", "Transitorio")):
        return "".join(f"({label})" for label in place.labels)
    return "".join(f", {_spanish_kind(label)}" for label in place.labels)


def _spanish_kind(label: str) -> str:
    if label.isdigit():
        return f"numeral {label}"
    return f"fracción {label}" if label.isupper() else f"inciso {label})"


def _as_inserted(place: ProvisionPlace) -> str:
    cited = _cited(place)
    if cited is None:
        return "".join(f"({label})" for label in place.labels)
    return cited.replace("sec. ", "§ ", 1)


def _by_paragraph(document: Document, start: int) -> str:
    """Heading and paragraph.

    Paragraphs are counted within their section as APA 7 (8.13) does; a line that ends in no
    punctuation, such as a byline, is not counted unless it is the one asked for.
    """
    section = document.sections[section_at(document, start)]
    before = document.text[section.body.start : max(start, section.body.start)].split("\n\n")
    number = 1 + sum(bool(_PROSE.search(paragraph)) for paragraph in before[:-1])
    heading = f"{section.path[-1]}, " if section.path else ""
    return f"{heading}para. {number}"
