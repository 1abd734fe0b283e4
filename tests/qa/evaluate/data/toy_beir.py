"""A small data set in the form of BEIR, for tests."""

import json
from pathlib import Path

DOCUMENTS = {
    "7": ("Cats", "Cats purr when they are content and sleep most of the day."),
    "a/b": ("Dogs", "Dogs bark at strangers and guard the house at night."),
    "x": ("", "Ships sail across the sea with cargo and passengers."),
}
QUERIES = {"q1": "Which animals purr?", "q2": "What guards the house?", "q3": "Unjudged?"}


def write_beir(folder: Path) -> Path:
    """Write the data set into a new folder: two judged questions, one that nobody judged."""
    (folder / "qrels").mkdir(parents=True)
    corpus = [
        json.dumps({"_id": key, "title": title, "text": text})
        for key, (title, text) in DOCUMENTS.items()
    ]
    (folder / "corpus.jsonl").write_text("\n".join(corpus))
    queries = [json.dumps({"_id": key, "text": text}) for key, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(queries))
    rows = ["query-id\tcorpus-id\tscore", "q1\t7\t1", "q2\ta/b\t2", "q2\tx\t0"]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows))
    return folder
