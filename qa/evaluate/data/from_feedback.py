"""Verdicts of readers → labelled questions in the form of gold files."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.errors import FootnoteError, LibraryError
from corpus.text.documents import Document, Span
from corpus.wording import Message
from qa.chats.feedback import Feedback
from qa.evaluate.data.gold import MAX_WORDS, GoldPlace, GoldQuestion, pinpoint_at, resolve

DocumentOf = Callable[[str], Document]
"""Key of a source → its document in the version in use. Raises a FootnoteError for none."""


class Exported(NamedTuple):
    """The questions, and in words what was left out of them."""

    questions: tuple[GoldQuestion, ...]
    left_out: tuple[Message, ...]


def gold_from(feedback: Sequence[Feedback], document_of: DocumentOf) -> Exported:
    """A question for each that a reader found an answer to, whether quoted or chosen.

    Words that are called good by one reader and wrong by another are left out, and so are
    questions of which nothing but wrong quotations is known: that says nothing of what answers.
    The split hangs on the words of the question alone, so that it is the same at each export.
    """
    asked: dict[tuple[str, tuple[str, ...]], list[Feedback]] = {}
    for one in feedback:
        asked.setdefault((one.question, one.history), []).append(one)
    questions, left_out = [], []
    for (question, history), verdicts in asked.items():
        places, problems = _places(verdicts, document_of)
        left_out += [Message.of("feedback.left", question=question, problem=p) for p in problems]
        if places:
            questions.append(_question(question, history, places))
        elif not problems:
            alone = Message.of("feedback.wrong-alone")
            left_out.append(Message.of("feedback.left", question=question, problem=alone))
    return Exported(tuple(questions), tuple(left_out))


def _question(
    question: str, history: tuple[str, ...], places: tuple[GoldPlace, ...]
) -> GoldQuestion:
    digest = hashlib.sha256("\n".join((*history, question)).encode()).hexdigest()
    return GoldQuestion(
        id=f"r-{digest[:12]}",
        question=question,
        kind="reader",
        split="fit" if int(digest[-1], 16) % 2 else "measure",
        answers=places,
        history=history,
    )


def _places(
    verdicts: Sequence[Feedback], document_of: DocumentOf
) -> tuple[tuple[GoldPlace, ...], list[Message]]:
    wrong = {(one.source, one.words) for one in verdicts if one.verdict == "wrong"}
    found: dict[GoldPlace, None] = {}
    problems = []
    for one in verdicts:
        if one.verdict == "wrong":
            continue
        if (one.source, one.words) in wrong:
            problems.append(Message.of("feedback.disputed", words=one.words[:40]))
            continue
        try:
            document = document_of(one.source)
            found[_place(document, _standing(document, one))] = None
        except FootnoteError as error:
            problems.append(error.message)
    return tuple(found), problems


def _standing(document: Document, one: Feedback) -> Span:
    """Where the words stand now: the document may be another than that which was judged."""
    if document.text[one.start : one.end] == one.words:
        return Span(one.start, one.end)
    if document.text.count(one.words) == 1:
        start = document.text.index(one.words)
        return Span(start, start + len(one.words))
    raise LibraryError("feedback.moved", words=one.words[:40], source=one.source)


def _place(document: Document, span: Span) -> GoldPlace:
    """The first phrase of the words that stands once in the document, or once at its pinpoint."""
    for start, end in _phrases(document.text, span):
        phrase = " ".join(document.text[start:end].split())
        place = GoldPlace(
            source=document.key, pinpoint=pinpoint_at(document, Span(start, end)), phrase=phrase
        )
        try:
            if resolve(document, place) == Span(start, end):
                return place
        except LibraryError:
            continue
    raise LibraryError(
        "feedback.no-place", most=MAX_WORDS, words=document.cut(span)[:40], source=document.key
    )


def _phrases(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Runs of words, as long as a phrase may be, that lie within one section's text."""
    words, at = [], span.start
    for word in text[span.start : span.end].split():
        start = text.index(word, at)
        at = start + len(word)
        words.append((start, at))
    for first in range(max(1, len(words) - MAX_WORDS + 1)):
        run = words[first : first + MAX_WORDS]
        if run:
            yield run[0][0], run[-1][1]
