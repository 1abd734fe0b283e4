"""Public labelled questions as groups: rows of `en`, `legal` and `rel` (see their README)."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.tools.reader_training.groups import Group, ReadingPair

FILES = ("en.jsonl.gz", "legal.jsonl.gz", "rel.jsonl.gz")


def public_groups(folder: Path, wrong: int, seed: int) -> Iterator[Group]:
    """A group a row, in the order of the files: its passage, and others of the same source.

    The others are passages of the rows around it, which are on like subjects; another passage of
    the same text is none, since it may answer, too. The same seed gives the same groups.
    """
    for name in FILES:
        rows = list(_rows(folder / name))
        for number, row in enumerate(rows):
            choose = random.Random(f"{seed} {row['id']}")
            yield _group(row, _others(rows, number, wrong, choose))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _others(
    rows: list[dict[str, Any]], number: int, wrong: int, choose: random.Random
) -> list[str]:
    """Passages of rows within 60 places that come from the same source and are not its own."""
    own = rows[number]
    around = rows[max(0, number - 60) : number + 60]
    found = {one["passage"] for one in around if one["source"] == own["source"]}
    found.discard(own["passage"])
    return choose.sample(sorted(found), min(wrong, len(found)))


def _group(row: dict[str, Any], others: list[str]) -> Group:
    answers, span = bool(row["answerable"]), _span(row)
    pairs = [ReadingPair(row["question"], "", row["passage"], answers, span)]
    pairs += [ReadingPair(row["question"], "", text, False) for text in others]
    return Group(row["id"], tuple(pairs))


def _span(row: dict[str, Any]) -> tuple[int, int] | None:
    """The answering words; of a row that names one sentence alone, none: words are not known."""
    return tuple(row["span"]) if row["answerable"] and row["span"] else None
