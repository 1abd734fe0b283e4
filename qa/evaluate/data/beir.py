"""Data sets in the form of BEIR: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv."""

from collections.abc import Collection
from pathlib import Path

from corpus.errors import EvaluationError
from corpus.wording import Message
from qa.evaluate.data.datasets import DataSet, Question, Text, bad, json_lines
from qa.evaluate.data.trec import read_qrels, read_topics


def read_beir(
    folder: Path,
    split: str = "test",
    queries: Path | None = None,
    qrels: Path | None = None,
    *,
    allow_unknown: bool = False,
) -> DataSet:
    """The judged questions of a split and all documents.

    `queries` and `qrels` are other files, also in TREC's form, in the place of the folder's. Raises
    EvaluationError, with file and line where there is one, for a bad row and for a judgement of an
    unknown document or question; with `allow_unknown` documents stay that can never be found, and
    judgements of unknown questions are left out.
    """
    documents = _documents(folder / "corpus.jsonl")
    texts = _queries(queries or folder / "queries.jsonl")
    judged_file = qrels or folder / "qrels" / f"{split}.tsv"
    if not judged_file.exists():
        there = sorted(one.stem for one in (folder / "qrels").glob("*.tsv"))
        named = there or Message.of("data.none")
        raise EvaluationError("data.no-split", path=judged_file, there=named)
    known = frozenset(one.id for one in documents)
    judged = read_qrels(
        judged_file, lambda q, d: None if allow_unknown else _wrong(q, d, texts, known)
    )
    questions = tuple(
        Question(id=name, text=texts[name], grades=grades)
        for name, grades in judged.items()
        if name in texts
    )
    if not questions:
        raise EvaluationError("data.no-judgment", path=judged_file)
    notes = {
        "data.unjudged": len(texts) - len(questions),
        "data.wordless": sum(not one.text for one in documents),
        "data.textless": len(judged.keys() - texts.keys()),
        "data.unfindable": len({document for own in judged.values() for document in own} - known),
    }
    left_out = tuple(Message.of(what, n=count) for what, count in notes.items() if count)
    worded = tuple(one for one in documents if one.text)
    name = qrels.stem if qrels else split
    return DataSet(f"{folder.resolve().name} {name}", questions, worded, left_out)


def _documents(path: Path) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for line, row in json_lines(path, "_id", "text"):
        name = row["_id"]
        if name in found:
            raise bad(path, line, Message.of("data.document-twice", id=name))
        title = " ".join(str(row.get("title") or "").split())
        if not name.strip():
            raise bad(path, line, Message.of("data.document-id"))
        text = row["text"] if row["text"].strip() else title
        found[name] = Text(name, text, "" if text == title else title)
    if not found:
        raise EvaluationError("data.no-document", path=path)
    return tuple(found.values())


def _queries(path: Path) -> dict[str, str]:
    if path.suffix != ".jsonl":
        return read_topics(path)
    found: dict[str, str] = {}
    for line, row in json_lines(path, "_id", "text"):
        if row["_id"] in found:
            raise bad(path, line, Message.of("data.question-twice", id=row["_id"]))
        if not row["_id"].strip() or not row["text"].strip():
            raise bad(path, line, Message.of("data.question-id"))
        found[row["_id"]] = row["text"]
    if not found:
        raise EvaluationError("data.no-query", path=path)
    return found


def _wrong(
    question: str, document: str, texts: Collection[str], known: Collection[str]
) -> Message | None:
    if question in texts and document in known:
        return None
    if question not in texts:
        return Message.of("data.unknown-question", id=question)
    return Message.of("data.unknown-document", id=document)
