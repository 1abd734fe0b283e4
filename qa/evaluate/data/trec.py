"""TREC's files: topics read, judgements (qrels) read and written, runs written."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from corpus.errors import EvaluationError
from corpus.wording import Message
from qa.evaluate.data.datasets import bad, lines
from qa.evaluate.data.files import read_text

Qrels = dict[str, dict[str, int]]
"""Question → document → grade."""
Run = dict[str, dict[str, float]]
"""Question → document → score."""
Check = Callable[[str, str], Message | None]
"""Question and document → what is wrong with a judgement of the two, None where nothing is."""
_TOPIC = re.compile(r"<top>(.*?)(</top>|(?=<top>)|\Z)", re.S | re.I)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.I)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*(.*?)\s*(?=</?[a-z]+>|\Z)", re.S | re.I)


def read_topics(path: Path) -> dict[str, str]:
    """Question → text, of a file of `<top>` elements or of lines `id<TAB>text`.

    Raises EvaluationError naming file and line of a topic without number or title.
    """
    text = read_text(path)
    found: dict[str, str] = {}
    if "<top>" not in text.lower():
        for line, row in lines(path):
            name, _, words = row.partition("\t")
            _add(found, path, line, name.strip(), words)
        return found
    for topic in _TOPIC.finditer(text):
        line = text.count("\n", 0, topic.start()) + 1
        if not topic[2]:
            raise bad(path, line, Message.of("data.topic-end"))
        number, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        _add(found, path, line, number[1] if number else "", title[1] if title else "")
    return found


def _add(found: dict[str, str], path: Path, line: int, name: str, words: str) -> None:
    words = " ".join(words.split())
    if not name or not words:
        raise bad(path, line, Message.of("data.topic-id"))
    if name in found:
        raise bad(path, line, Message.of("data.topic-twice", id=name))
    found[name] = words


def read_qrels(path: Path, check: Check = lambda _question, _document: None) -> Qrels:
    """Judgements in TREC's form, `question iteration document grade`, or BEIR's with its heading.

    `check` says what is wrong with a pair, if anything. Raises EvaluationError naming file and line
    of a bad row, of a wrong pair, or of a second grade for one.
    """
    found: Qrels = {}
    for line, row in lines(path):
        parts = _columns(row)
        if line == 1 and parts[0].replace("_", "-").lower() == "query-id":
            continue
        if len(parts) not in {3, 4}:
            raise bad(path, line, Message.of("data.qrels-columns", n=len(parts)))
        question, document, grade = parts[0].strip(), parts[-2].strip(), parts[-1].strip()
        if not re.fullmatch(r"-?\d+", grade):
            raise bad(path, line, Message.of("data.grade", grade=grade))
        if document in found.setdefault(question, {}):
            raise bad(
                path, line, Message.of("data.judged-twice", question=question, document=document)
            )
        if (wrong := check(question, document)) is not None:
            raise bad(path, line, wrong)
        found[question][document] = int(grade)
    return found


def _columns(row: str) -> list[str]:
    """The columns of a row of judgements: apart by tabs as in BEIR, or by blanks as in TREC."""
    tabbed = [one.strip() for one in row.rstrip("\t ").split("\t")]
    return tabbed if len(tabbed) in {3, 4} else row.split()


def scored(ranked: Iterable[str]) -> dict[str, float]:
    """Scores that keep an order; trec_eval would order equal scores by the names."""
    names = list(dict.fromkeys(ranked))
    return {name: float(len(names) - at) for at, name in enumerate(names)}


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements in TREC's form. Raises EvaluationError for an id that has blanks."""
    rows = [
        f"{_id(q)} 0 {_id(d)} {grade}\n"
        for q, judged in qrels.items()
        for d, grade in judged.items()
    ]
    path.write_text("".join(rows), encoding="utf-8")


def write_run(path: Path, run: Mapping[str, Mapping[str, float]], tag: str) -> None:
    """Write a run in TREC's form, best first, scores in full; ranks begin with 1.

    Raises EvaluationError for an id that has blanks.
    """
    with path.open("w", encoding="utf-8") as file:
        for question, found in run.items():
            best = sorted(found.items(), key=lambda pair: -pair[1])
            for rank, (document, score) in enumerate(best, 1):
                file.write(f"{_id(question)} Q0 {_id(document)} {rank} {float(score)!r} {tag}\n")


def _id(name: str) -> str:
    if name.split() != [name]:
        raise EvaluationError("data.blanks", id=name[:80])
    return name
