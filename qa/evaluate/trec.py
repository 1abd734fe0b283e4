"""TREC's files: topics, judgements (qrels) and runs, read and written."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from qa.evaluate.datasets import bad, lines, read_text

Qrels = dict[str, dict[str, int]]
"""Question → document → grade."""
Run = dict[str, dict[str, float]]
"""Question → document → score."""
_TOPIC = re.compile(r"<top>(.*?)</top>", re.S | re.I)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.I)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*(.*?)\s*(?=<|$)", re.S | re.I)


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
        number, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        _add(found, path, line, number[1] if number else "", title[1] if title else "")
    return found


def _add(found: dict[str, str], path: Path, line: int, name: str, words: str) -> None:
    words = " ".join(words.split())
    if not name or not words:
        raise bad(path, line, "a topic needs an id and a text")
    if name in found:
        raise bad(path, line, f"topic '{name}' stands twice")
    found[name] = words


def read_qrels(path: Path) -> Qrels:
    """Judgements in TREC's form, `question iteration document grade`, or BEIR's with its heading.

    Raises EvaluationError naming file and line of a bad row, or of a second grade for one pair.
    """
    found: Qrels = {}
    for line, row in lines(path):
        parts = row.split("\t") if "\t" in row else row.split()
        if line == 1 and parts[0].replace("_", "-").lower() == "query-id":
            continue
        if len(parts) not in {3, 4}:
            raise bad(path, line, f"{len(parts)} columns, expected 'question 0 document grade'")
        question, document, grade = parts[0].strip(), parts[-2].strip(), parts[-1].strip()
        if not re.fullmatch(r"-?\d+", grade):
            raise bad(path, line, f"grade {grade!r} is no whole number")
        if document in found.setdefault(question, {}):
            raise bad(path, line, f"question {question} judges {document} twice")
        found[question][document] = int(grade)
    return found


def read_run(path: Path) -> Run:
    """A run in TREC's form, `question Q0 document rank score tag`; the scores count.

    Raises EvaluationError naming file and line of a bad row.
    """
    found: Run = {}
    for line, row in lines(path):
        parts = row.split()
        if len(parts) != 6:
            raise bad(path, line, f"{len(parts)} columns, expected 'question Q0 document rank …'")
        try:
            score = float(parts[4])
        except ValueError:
            raise bad(path, line, f"score {parts[4]!r} is no number") from None
        if parts[2] in found.setdefault(parts[0], {}):
            raise bad(path, line, f"question {parts[0]} finds {parts[2]} twice")
        found[parts[0]][parts[2]] = score
    return found


def scored(ranked: Iterable[str]) -> dict[str, float]:
    """Scores that keep an order; trec_eval would order equal scores by the names."""
    names = list(dict.fromkeys(ranked))
    return {name: float(len(names) - at) for at, name in enumerate(names)}


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements in TREC's form."""
    rows = [f"{q} 0 {d} {grade}\n" for q, judged in qrels.items() for d, grade in judged.items()]
    path.write_text("".join(rows), encoding="utf-8")


def write_run(path: Path, run: Mapping[str, Mapping[str, float]], tag: str) -> None:
    """Write a run in TREC's form, best first, scores in full; ranks begin with 1."""
    with path.open("w", encoding="utf-8") as file:
        for question, found in run.items():
            best = sorted(found.items(), key=lambda pair: -pair[1])
            for rank, (document, score) in enumerate(best, 1):
                file.write(f"{question} Q0 {document} {rank} {float(score)!r} {tag}\n")
