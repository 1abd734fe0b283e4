"""Public labelled questions as groups: rows of `en`, `legal` and `rel` (see their README)."""

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from qa.tools.reader_training.groups import Group, ReadingPair

FILES = ("en.jsonl.gz", "legal.jsonl.gz", "rel.jsonl.gz")


def public_groups(folder: Path, most: int, wrong: int, seed: int) -> Iterator[Group]:
    """Groups of at most `most` rows, each kind of row as often as each other while there are any.

    A kind is a source and whether its passage answers, so that a large source does not drown the
    others. A group is a row's passage and `wrong` others of the same source: passages of the rows
    around it, which are on like subjects. The same seed gives the same groups.
    """
    kinds: dict[tuple[str, bool], list[tuple[str, int]]] = {}
    files = {name: list(_rows(folder / name)) for name in FILES}
    for name, rows in files.items():
        for number, row in enumerate(rows):
            kind = row["source"], bool(row["answerable"])
            kinds.setdefault(kind, []).append((name, number))
    for key, places in sorted(kinds.items()):
        random.Random(f"{seed} {key}").shuffle(places)
    taken = (place for turn in zip_longest(*kinds.values()) for place in turn if place is not None)
    for name, number in islice(taken, most):
        row = files[name][number]
        choose = random.Random(f"{seed} {row['id']}")
        yield _group(row, _others(files[name], number, wrong, choose))


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
