"""Labelled questions of a library and whether a quotation answers one."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from corpus.errors import LibraryError, field_reason
from corpus.law.pinpoints import pinpoint
from corpus.passages.units import units
from corpus.text.documents import Document, Span
from corpus.wording import Message
from qa.answers import Answer, Quotation
from qa.answers import Field as RecordField
from qa.evaluate.data.files import read_text
from qa.evaluate.data.language_kinds import languages_of_kind
from qa.request import Request

MAX_WORDS = 8
"""A phrase only points at a place; more words of a source are not copied."""

QuestionKind = Literal[
    "fact",
    "definition",
    "list",
    "number",
    "yesno",
    "who",
    "condition",
    "exception",
    "comparison",
    "paraphrase",
    "colloquial",
    "keyword",
    "typo",
    "follow-up",
    "reader",
    "near-miss",
    "related",
    "other",
]
"""What is hard about a question; the last three kinds are never answered, `reader` are questions
that readers judged. What is hard about others is their language: see `language_kinds`."""

Split = Literal["fit", "tune", "measure"]
"""What a question is for: models are fitted to some, choices are made by others, and what is
reported is measured on those that nothing was fitted to or chosen by."""
SPLITS: tuple[Split, ...] = get_args(Split)


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldPlace(_Row):
    """A place that answers: a phrase of the sentence that does, and where in the document it is.

    `phrase` has 1 to 8 words with single blanks; `pinpoint` is as in `corpus.law.pinpoints`.
    """

    source: str
    pinpoint: str
    phrase: str

    @field_validator("phrase")
    @classmethod
    def _short(cls, phrase: str) -> str:
        count = len(phrase.split())
        if not 1 <= count <= MAX_WORDS:
            both = {"n": count, "most": MAX_WORDS}
            raise ValueError(Message.of("gold.phrase", phrase=phrase, **both))
        return phrase


class GoldFact(_Row):
    """A field of the record of a source that answers a question on the source itself."""

    source: str
    field: RecordField

    def told_by(self, answer: Answer) -> bool:
        """Whether an answer tells it."""
        return any((one.source, one.field) == (self.source, self.field) for one in answer.about)


class GoldQuestion(_Row):
    """A labelled question; without `answers` and `record` nothing answers it.

    `history` holds the earlier questions of the conversation, oldest first; `near` is the place
    that seems to answer a near miss and does not; `language` that of the question, where it is
    known. `kind` is one of `QuestionKind`, or it names languages: `spanish`, `english-on-spanish`.
    """

    id: str = Field(min_length=1)
    question: str = Field(pattern=r"\S")
    kind: str
    split: Split
    answers: tuple[GoldPlace, ...]
    history: tuple[str, ...] = ()
    near: GoldPlace | None = None
    language: str | None = None
    record: GoldFact | None = None

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        known = get_args(QuestionKind)
        if kind not in known and not languages_of_kind(kind):
            raise ValueError(Message.of("gold.kind", kind=kind, known=known))
        return kind

    @property
    def answerable(self) -> bool:
        """Whether any source or record answers."""
        return bool(self.answers) or self.record is not None

    @property
    def sources(self) -> frozenset[str]:
        """Keys of the sources whose texts answer."""
        return frozenset(place.source for place in self.answers)

    @property
    def needed(self) -> frozenset[str]:
        """Keys of the sources whose texts answer or seem to."""
        return self.sources if self.near is None else self.sources | {self.near.source}

    def request(self, sources: Iterable[str] | None = None) -> Request:
        """The question as an engine takes it, of all sources or of these."""
        return Request(self.question, self.history, None if sources is None else frozenset(sources))


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file. Raises LibraryError naming file and line of a bad one."""
    questions: list[GoldQuestion] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(read_text(path, LibraryError).split("\n"), 1):
        if not line.strip():
            continue
        try:
            question = GoldQuestion.model_validate(json.loads(line))
            if question.id in lines:
                known = lines[question.id]
                raise ValueError(Message.of("gold.id", id=question.id, line=known))
        except ValueError as error:
            reason = field_reason(error)
            raise LibraryError("data.row", path=path, line=number, reason=reason) from None
        lines[question.id] = number
        questions.append(question)
    return tuple(questions)


def resolve(document: Document, place: GoldPlace) -> Span:
    """Where the phrase stands; any white space of the document matches its single blanks.

    Headings are left out: they are never quoted. Where the phrase stands several times, the
    pinpoint decides, as written or with further items: `sec. 107(b)` holds `sec. 107(b)(1)`.
    Raises LibraryError unless that leaves exactly one place.
    """
    words = r"\s+".join(map(re.escape, place.phrase.split()))
    pattern = re.compile(f"(?=({words}))")
    found = [
        Span(*match.span(1))
        for section in document.sections
        for match in pattern.finditer(document.text, *section.body)
    ]
    if len(found) == 1:
        return found[0]
    fitting = [span for span in found if within(pinpoint_at(document, span), place.pinpoint)]
    if len(fitting) != 1:
        counts = {"n": len(found), "fitting": len(fitting)}
        raise LibraryError(
            "gold.place",
            phrase=place.phrase,
            source=place.source,
            pinpoint=place.pinpoint,
            **counts,
        )
    return fitting[0]


def pinpoint_at(document: Document, span: Span) -> str:
    """The pinpoint of the sentence that holds a span: that of a quotation which begins with it."""
    section = next(s for s in document.sections if s.start <= span.start < s.end)
    begin, end = section.body
    starts = (begin + unit.start for unit in units(document.text[begin:end], section.language))
    return pinpoint(document, max(start for start in starts if start <= span.start))


def within(found: str, given: str) -> bool:
    """Whether a pinpoint is the given one or an item of it: `para. 12` is no part of `para. 1`."""
    return found == given or found.startswith((f"{given}(", f"{given},"))


def answers(quotation: Quotation, places: Iterable[tuple[str, Span]]) -> bool:
    """Whether a quotation holds one of the places (key of the source, span) whole."""
    return any(
        quotation.citation.source == key
        and quotation.start <= span.start
        and span.end <= quotation.end
        for key, span in places
    )
