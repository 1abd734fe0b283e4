"""The project's own labelled questions and whether a quotation answers one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.documents import Document, Span
from corpus.errors import LibraryError
from qa.answers import Quotation

GOLD = Path(__file__).parents[1] / "gold"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldPlace(_Row):
    """A place that answers: a phrase that stands exactly once in a section of a document."""

    source: str
    section: tuple[str, ...]
    phrase: str


class GoldQuestion(_Row):
    """A labelled question; without `answers` the sources do not answer it."""

    id: str
    question: str
    kind: str
    split: Literal["fit", "measure"]
    answers: tuple[GoldPlace, ...]
    history: tuple[str, ...] = ()


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file. Raises LibraryError naming file and line of a bad one."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            questions.append(GoldQuestion.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            reason = " ".join(str(error).split())
            raise LibraryError(f"{path}, line {number}: {reason}; mend the row") from None
    return tuple(questions)


def resolve(document: Document, place: GoldPlace) -> Span:
    """Where the phrase stands.

    Raises LibraryError unless it stands exactly once in the sections of that path.
    """
    spans = [
        Span(found, found + len(place.phrase))
        for section in document.sections
        if section.path == place.section
        for found in _all(document.text, place.phrase, section.start, section.end)
    ]
    if len(spans) != 1:
        raise LibraryError(
            f"{place.phrase!r} stands {len(spans)} times in {place.source} {list(place.section)}, "
            "expected once: mend the gold file"
        )
    return spans[0]


def answers(quotation: Quotation, places: Iterable[tuple[str, Span]]) -> bool:
    """Whether a quotation holds one of the places (key of the source, span) whole."""
    return any(
        quotation.citation.source == key
        and quotation.start <= span.start
        and span.end <= quotation.end
        for key, span in places
    )


def _all(text: str, phrase: str, start: int, end: int) -> Iterable[int]:
    found = text.find(phrase, start, end)
    while found != -1:
        yield found
        found = text.find(phrase, found + 1, end)
