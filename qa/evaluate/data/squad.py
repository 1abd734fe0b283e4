"""Data sets in the form of SQuAD 1.1 and 2.0: each different paragraph is a document."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import EvaluationError
from corpus.text.documents import normalize
from corpus.wording import Message
from qa.evaluate.data.datasets import AnswerPlace, DataSet, Question, Text
from qa.evaluate.data.files import as_written, read_text


@dataclass(frozen=True)
class _Asked:
    question: Question
    paragraph: str


def read_squad(path: Path, corpus: Path | None = None) -> DataSet:
    """The questions of a file and its paragraphs.

    With `corpus` the paragraphs and answers are those of the same questions (by their ids) in that
    file, as where one language asks the texts of another. Raises EvaluationError naming file,
    paragraph and question of a bad row, and for a question that the corpus lacks.
    """
    asked = _read(path)
    if not asked:
        raise EvaluationError("data.squad-empty", path=path)
    name, questions = path.stem, [one.question for one in asked.values()]
    if corpus is not None:
        answered = _read(corpus)
        missing = sorted(set(asked) - set(answered))
        if missing:
            lacks = {"id": missing[0], "n": len(missing)}
            raise EvaluationError("data.squad-lacks", corpus=corpus, path=path, **lacks)
        questions = [replace(answered[q.id].question, text=q.text) for q in questions]
        name, asked = f"{path.stem} on {corpus.stem}", answered
    texts = dict.fromkeys(one.paragraph for one in asked.values())
    return DataSet(name, tuple(questions), tuple(Text(paragraph_id(one), one) for one in texts))


def paragraph_id(text: str) -> str:
    """An id of a paragraph that depends on its text alone."""
    return f"p{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _read(path: Path) -> dict[str, _Asked]:
    try:
        raw = json.loads(read_text(path))
        articles = raw["data"]
        if not isinstance(articles, list):
            raise TypeError(Message.of("data.no-list", type=type(articles).__name__))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EvaluationError("data.squad-form", path=path, reason=as_written(error)) from None
    found: dict[str, _Asked] = {}
    for where, context, qa in _rows(path, articles):
        one = _question(where, context, qa)
        if one.question.id in found:
            raise EvaluationError("data.squad-twice", where=where, id=one.question.id)
        found[one.question.id] = one
    return found


def _rows(path: Path, articles: Any) -> Iterator[tuple[str, str, Any]]:
    for at, article in enumerate(articles):
        try:
            for number, paragraph in enumerate(article["paragraphs"]):
                where = f"{path}: data[{at}].paragraphs[{number}]"
                for n, qa in enumerate(paragraph["qas"]):
                    yield f"{where}.qas[{n}]", _words(paragraph, "context"), qa
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(
                "data.squad-article", path=path, at=at, reason=as_written(error)
            ) from None


def _question(where: str, context: str, qa: Any) -> _Asked:
    try:
        name, text = _words(qa, "id"), _words(qa, "question").strip()
        # What SQuAD 2.0 calls impossible has no answer, whatever else stands there.
        given = [] if qa.get("is_impossible") else qa["answers"]
        answers = [(_words(one, "text"), _start(one)) for one in given]
        if "is_impossible" in qa and not qa["is_impossible"] and not answers:
            raise ValueError(Message.of("data.squad-answers"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvaluationError("data.squad-row", where=where, reason=as_written(error)) from None
    for words, start in answers:
        if not words or context[start : start + len(words)] != words:
            raise EvaluationError(
                "data.squad-words", where=where, id=name, words=words[:60], start=start
            )
    paragraph = normalize(context)
    document = paragraph_id(paragraph)
    places = dict.fromkeys(_place(document, context, *answer) for answer in answers)
    grades = {document: 1} if answers else {}
    return _Asked(Question(name, text, grades=grades, places=tuple(places)), paragraph)


def _words(row: Any, name: str) -> str:
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name!r}: {value!r}")
    value.encode()  # half a character of UTF-16 could be stored nowhere
    return value


def _start(answer: Any) -> int:
    start = answer["answer_start"]
    if not isinstance(start, int) or start < 0:
        raise ValueError(f"'answer_start': {start!r}")
    return start


def _place(document: str, context: str, words: str, start: int) -> AnswerPlace:
    """The answer by the number of times that its words stand before it.

    Offsets of the file do not hold in a text that was brought to normal form.
    """
    before, at = 0, context.find(words)
    while at != start:
        before, at = before + 1, context.find(words, at + 1)
    return AnswerPlace(document, normalize(words), nth=before)
