"""The text of a source and its parts, all as offsets into one canonical string."""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corpus.errors import DocumentError
from corpus.wording import Message


class Span(NamedTuple):
    """A half-open range of characters, `0 <= start <= end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """A part of a document between two headings, its own heading included.

    `path` holds the headings from the outermost to its own, without the title of the document;
    it is empty before the first heading. `heading` is None there, and where it is the first words
    of the text, as in `Artículo 10. …`. `language` is that of the text, such as `es`.
    """

    start: int
    end: int
    path: tuple[str, ...]
    level: int
    heading: Span | None = None
    language: str = "en"

    @property
    def body(self) -> Span:
        """Where the text after the heading lies."""
        return Span(self.start if self.heading is None else self.heading.end, self.end)


@dataclass(frozen=True)
class Page:
    """A page of a document under the number that is printed on it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Document:
    """The canonical text of one source; sections follow one another without a gap.

    `text` is in normal form (see `normalize`); a blank line ends a paragraph. `pages` is empty for
    formats without pages. Raises DocumentError where sections or pages do not tile the text.
    """

    key: str
    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...] = ()
    language: str = "en"

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise DocumentError.of(self.key, Message.of("document.no-text"))
        _check_tiles(self.key, Message.of("document.sections"), self.text, self.sections)
        if self.pages:
            _check_tiles(self.key, Message.of("document.pages"), self.text, self.pages)

    @cached_property
    def sha256(self) -> str:
        """Hash of all that a passage depends on: text, sections, pages and language."""
        parts = repr((self.text, self.sections, self.pages, self.language))
        return hashlib.sha256(parts.encode()).hexdigest()

    def cut(self, span: Span) -> str:
        """The text of a span, exactly."""
        return self.text[span.start : span.end]


def _check_tiles(
    key: str, name: Message, text: str, parts: tuple[Section, ...] | tuple[Page, ...]
) -> None:
    edges = [0, *(part.end for part in parts)]
    if [part.start for part in parts] != edges[:-1] or edges[-1] != len(text):
        raise DocumentError.of(key, Message.of("document.tiles", parts=name, n=len(text)))


def normalize(text: str) -> str:
    """Text in normal form: NFC, line feeds only, no control characters, no blanks before them.

    Runs of empty lines become one blank line; the words stay as they are. Idempotent.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    lines = [line.rstrip() for line in "".join(kept).lstrip("\ufeff").split("\n")]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip("\n")
