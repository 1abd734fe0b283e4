"""Data sets in the form of BEIR: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv."""

from collections.abc import Collection
from pathlib import Path

from corpus.errors import EvaluationError
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
        there = ", ".join(sorted(one.stem for one in (folder / "qrels").glob("*.tsv"))) or "none"
        raise EvaluationError(f"{judged_file}: no such file; splits there: {there}: name one")
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
        raise EvaluationError(f"{judged_file}: judges no question: give another split")
    notes = {
        "questions without a judgement in this split": len(texts) - len(questions),
        "documents without any words": sum(not one.text for one in documents),
        "judged questions that have no text": len(judged.keys() - texts.keys()),
        "judged documents that the corpus lacks, which nothing can find": len(
            {document for own in judged.values() for document in own} - known
        ),
    }
    left_out = tuple(f"{count:,} {what}" for what, count in notes.items() if count)
    worded = tuple(one for one in documents if one.text)
    name = qrels.stem if qrels else split
    return DataSet(f"{folder.resolve().name} {name}", questions, worded, left_out)


def _documents(path: Path) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for line, row in json_lines(path, "_id", "text"):
        name = row["_id"]
        if name in found:
            raise bad(path, line, f"document '{name}' stands twice")
        title = " ".join(str(row.get("title") or "").split())
        if not name.strip():
            raise bad(path, line, "a document needs an id")
        text = row["text"] if row["text"].strip() else title
        found[name] = Text(name, text, "" if text == title else title)
    if not found:
        raise EvaluationError(f"{path}: holds no document: give a corpus in the form of BEIR")
    return tuple(found.values())


def _queries(path: Path) -> dict[str, str]:
    if path.suffix != ".jsonl":
        return read_topics(path)
    found: dict[str, str] = {}
    for line, row in json_lines(path, "_id", "text"):
        if row["_id"] in found:
            raise bad(path, line, f"question '{row['_id']}' stands twice")
        if not row["_id"].strip() or not row["text"].strip():
            raise bad(path, line, "a question needs an id and a text")
        found[row["_id"]] = row["text"]
    if not found:
        raise EvaluationError(f"{path}: holds no question: give queries in the form of BEIR")
    return found


def _wrong(
    question: str, document: str, texts: Collection[str], known: Collection[str]
) -> str | None:
    if question in texts and document in known:
        return None
    what = f"question {question}" if question not in texts else f"document {document}"
    return f"{what} is unknown; allow it with --allow-unknown, or"
