"""Data sets in the form of BEIR: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv."""

from pathlib import Path

from corpus.errors import EvaluationError
from qa.evaluate.datasets import DataSet, Question, Text, bad, json_lines
from qa.evaluate.trec import read_qrels, read_topics


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
    unknown document or question; with `allow_unknown` such judgements stay and can never be found.
    """
    documents = _documents(folder / "corpus.jsonl")
    texts = _queries(queries or folder / "queries.jsonl")
    judged_file = qrels or folder / "qrels" / f"{split}.tsv"
    if not judged_file.exists():
        there = ", ".join(sorted(one.stem for one in (folder / "qrels").glob("*.tsv"))) or "none"
        raise EvaluationError(f"{judged_file}: no such file; splits there: {there}: name one")
    judged = read_qrels(judged_file)
    if not allow_unknown:
        _check(judged_file, judged, texts, frozenset(one.id for one in documents))
    questions = tuple(
        Question(id=name, text=texts[name], grades=grades)
        for name, grades in judged.items()
        if name in texts
    )
    if not questions:
        raise EvaluationError(f"{judged_file}: judges no question: give another split")
    left = len(texts) - len(questions)
    note = (f"{left:,} questions without a judgement in this split",) if left else ()
    return DataSet(f"{folder.resolve().name} {split}", questions, documents, note)


def _documents(path: Path) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for line, row in json_lines(path, "_id", "text"):
        name = row["_id"]
        if name in found:
            raise bad(path, line, f"document '{name}' stands twice")
        found[name] = Text(name, row["text"], " ".join(str(row.get("title") or "").split()))
    return tuple(found.values())


def _queries(path: Path) -> dict[str, str]:
    if path.suffix != ".jsonl":
        return read_topics(path)
    found: dict[str, str] = {}
    for line, row in json_lines(path, "_id", "text"):
        if row["_id"] in found:
            raise bad(path, line, f"question '{row['_id']}' stands twice")
        found[row["_id"]] = row["text"]
    return found


def _check(
    path: Path, judged: dict[str, dict[str, int]], texts: dict[str, str], known: frozenset[str]
) -> None:
    for name, grades in judged.items():
        unknown = [f"document {one}" for one in grades if one not in known]
        if name not in texts:
            unknown = [f"question {name}"]
        if unknown:
            raise EvaluationError(
                f"{path}: question {name}: {unknown[0]} is unknown; mend the row, or allow it with "
                "--allow-unknown"
            )
