"""How a file is read, before it is added: sections, pages, sentences, passages, pinpoints."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.law.outline import is_law
from corpus.law.pinpoints import pinpoint
from corpus.passages.passages import Passage, passages
from corpus.passages.units import LONG
from corpus.readers import read_document
from corpus.settings import PassageSettings
from corpus.sources.registry import source_from_record
from corpus.text.documents import Document, Page, Section, Span
from corpus.wording import Message
from qa.library.text_notes import empty_pages

_KEY = "file"


@dataclass(frozen=True)
class FileReading:
    """A file as a build would read and cut it; all offsets are of `document.text`."""

    file: Path
    document: Document
    passages: tuple[Passage, ...]

    @property
    def title(self) -> Span | None:
        """Where the title stands, None where the file names none."""
        return _title(self.document)

    @property
    def law(self) -> bool:
        """Whether it is cut and cited as a law or treaty, by articles or sections."""
        return is_law(self.document)

    @property
    def languages(self) -> dict[str, int]:
        """Language → characters of the sections in it, the most first."""
        counts = Counter[str]()
        for section in self.document.sections:
            counts[section.language] += section.end - section.start
        return dict(counts.most_common())

    @cached_property
    def in_section(self) -> dict[int, tuple[Passage, ...]]:
        """Number of a section → its passages; sections without any are left out."""
        found: dict[int, tuple[Passage, ...]] = {}
        for one in self.passages:
            found[one.section] = (*found.get(one.section, ()), one)
        return found

    @property
    def sentences(self) -> int:
        """Number of sentences; a long one counts once for each of its clauses that is quoted."""
        return sum(len(one.sentences) for one in self.passages)

    @cached_property
    def notes(self) -> tuple[Message, ...]:
        """What to look at before the file is added."""
        document = self.document
        long = [
            span
            for one in self.passages
            for span in one.sentences
            if len(document.cut(span).split()) > LONG
        ]
        headings = any(section.path for section in document.sections)
        no_headings = Message.of("reading.no-headings")
        title_alone = Message.of("reading.title-alone")
        return tuple(
            note
            for note in (
                empty_pages(document),
                None if self.title else Message.of("reading.no-title"),
                None if headings else (title_alone if self.title else no_headings),
                Message.of("reading.long", n=len(long), words=LONG) if long else None,
                None if self.passages else Message.of("reading.no-sentences"),
            )
            if note is not None
        )

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """The pages on which the characters from `start` to `end` stand."""
        return tuple(one for one in self.document.pages if one.start < end and one.end > start)

    def pinpoint(self, start: int) -> str:
        """How a quotation that begins at `start` is cited."""
        return pinpoint(self.document, start)

    def to_json(self) -> dict[str, Any]:
        """All of it; `text[start:end]` is the text of each part."""
        document, title = self.document, self.title
        return {
            "file": str(self.file),
            "title": None if title is None else _slice(document, title),
            "language": document.language,
            "languages": self.languages,
            "law": self.law,
            "characters": len(document.text),
            "counts": {
                "sections": len(document.sections),
                "pages": len(document.pages),
                "sentences": self.sentences,
                "passages": len(self.passages),
            },
            "notes": [str(note) for note in self.notes],
            "pages": [
                {"label": one.label, "start": one.start, "end": one.end} for one in document.pages
            ],
            "sections": list(self._sections()),
            "passages": [self._passage(one) for one in self.passages],
            "text": document.text,
        }

    def _sections(self) -> Iterator[dict[str, Any]]:
        for number, one in enumerate(self.document.sections):
            own = self.in_section.get(number, ())
            yield {
                "start": one.start,
                "end": one.end,
                "level": one.level,
                "path": one.path,
                "heading": one.heading and _slice(self.document, one.heading),
                "language": one.language,
                "pages": [page.label for page in self.pages_of(one.start, one.end)],
                "pinpoint": self.pinpoint(own[0].start) if own else None,
                "sentences": sum(len(passage.sentences) for passage in own),
                "passages": len(own),
            }

    def _passage(self, one: Passage) -> dict[str, Any]:
        document = self.document
        return {
            **_slice(document, Span(one.start, one.end)),
            "section": one.section,
            "page": None if one.page is None else document.pages[one.page].label,
            "pinpoint": self.pinpoint(one.start),
            "context": one.context,
            "sentences": [
                {**_slice(document, span), "pinpoint": self.pinpoint(span.start)}
                for span in one.sentences
            ],
        }


def read_file(file: Path, settings: PassageSettings, language: str = "en") -> FileReading:
    """Read and cut a file as a build would; nothing is written.

    `language` is that of a record: it holds where the text is too short to tell its own. Raises
    DocumentError, with what to do, where the file cannot be read.
    """
    document = read_document(_KEY, file, language)
    title = _title(document)
    words = file.stem if title is None else " ".join(document.cut(title).split())
    record = {"id": _KEY, "type": "report", "title": words, "language": language}
    return FileReading(file, document, passages(document, source_from_record(record), settings))


def _title(document: Document) -> Span | None:
    """The heading of level 1 that names no section: there is one at most."""
    found = (section.heading for section in document.sections if _names_all(section))
    return next(found, None)


def _names_all(section: Section) -> bool:
    return section.level == 1 and not section.path and section.heading is not None


def _slice(document: Document, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": document.cut(span)}
