"""Labelled questions in one form, whatever file they came from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.errors import EvaluationError
from corpus.text.documents import Document, Span
from corpus.wording import Message
from qa.answers import Answer
from qa.evaluate.data.files import read_text
from qa.evaluate.data.gold import GoldFact, GoldPlace, GoldQuestion, resolve
from qa.request import Request

NO_GRADES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Text:
    """A document of a data set that brings its own; `title` is empty where none is given."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class AnswerPlace:
    """Words of a document that answer.

    With a `pinpoint` they are found as in `gold.resolve`, else they are the occurrence number
    `nth` (from 0) of the words in the text.
    """

    document: str
    words: str
    pinpoint: str | None = None
    nth: int = 0

    def locate(self, document: Document) -> Span:
        """Where they stand. Raises LibraryError or EvaluationError where they do not."""
        if self.pinpoint is not None:
            key, phrase = self.document, self.words
            return resolve(document, GoldPlace(source=key, pinpoint=self.pinpoint, phrase=phrase))
        start = -1
        for _ in range(self.nth + 1):
            start = document.text.find(self.words, start + 1)
            if start < 0:
                raise EvaluationError(
                    "data.place",
                    words=self.words[:60],
                    times=self.nth + 1,
                    document=self.document,
                )
        return Span(start, start + len(self.words))


@dataclass(frozen=True)
class Question:
    """A question with what is known to answer it.

    `grades`: judged document → grade, above 0 where it is relevant. `places` are the words that
    answer, any of which will do, as will the `record` of a source. Without any of them nothing
    answers it. `sources` limits the search.
    """

    id: str
    text: str
    history: tuple[str, ...] = ()
    kind: str = ""
    group: str = ""
    grades: Mapping[str, int] = field(default_factory=lambda: NO_GRADES)
    places: tuple[AnswerPlace, ...] = ()
    sources: tuple[str, ...] | None = None
    record: GoldFact | None = None

    @property
    def answerable(self) -> bool:
        """Whether anything answers."""
        judged = any(grade > 0 for grade in self.grades.values())
        return judged or bool(self.places) or self.record is not None

    def told_by(self, answer: Answer) -> bool:
        """Whether an answer tells the field of the record that answers."""
        return self.record is not None and self.record.told_by(answer)

    def request(self) -> Request:
        """The question as an engine takes it."""
        sources = None if self.sources is None else frozenset(self.sources)
        return Request(self.text, self.history, sources)


@dataclass(frozen=True)
class DataSet:
    """Questions and, where they do not ask the library, the documents that they ask.

    `left_out`: a line for each group of rows that is not among the questions, with the reason.
    """

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Text, ...] = ()
    left_out: tuple[Message, ...] = ()


def from_gold(
    question: GoldQuestion, group: str = "", sources: tuple[str, ...] | None = None
) -> Question:
    """A labelled question of the project in the common form."""
    return Question(
        id=question.id,
        text=question.question,
        history=question.history,
        kind=question.kind,
        group=group,
        grades=dict.fromkeys(sorted(question.sources), 1),
        places=tuple(AnswerPlace(p.source, p.phrase, p.pinpoint) for p in question.answers),
        sources=sources,
        record=question.record,
    )


def json_lines(path: Path, *names: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines with their line, from 1; `names` are strings in each.

    Raises EvaluationError naming file and line of the first row that is none.
    """
    for line, text in lines(path):
        try:
            row = json.loads(text)
        except ValueError as error:
            raise bad(path, line, Message.of("data.not-json", reason=str(error))) from None
        missing = [n for n in names if not isinstance(row, dict) or not _is_text(row.get(n))]
        if missing:
            raise bad(path, line, Message.of("data.no-text", name=missing[0], row=text[:80]))
        yield line, row


def _is_text(value: object) -> bool:
    """Whether a value is text that can be stored: half a character of UTF-16 cannot."""
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers from 1."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")


def bad(path: Path, line: int, reason: Message) -> EvaluationError:
    """The error of a bad row."""
    return EvaluationError("data.row", path=path, line=line, reason=reason)
