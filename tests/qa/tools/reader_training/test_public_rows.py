"""Public rows as groups."""

import gzip
import json
from pathlib import Path

from qa.tools.reader_training.public_rows import FILES, public_groups


def _row(number: int, source: str, *, answerable: bool = True) -> dict[str, object]:
    return {
        "id": f"{source}-{number}",
        "source": source,
        "question": f"What is {number}?",
        "passage": f"{number} is a number of {source}.",
        "answerable": answerable,
        "span": [0, 1] if answerable else None,
    }


def _written(folder: Path, rows: list[dict[str, object]]) -> Path:
    for name in FILES:
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in (rows if name == FILES[0] else ()))
    return folder


def test_wrong_passages_are_others_of_the_same_source(tmp_path: Path) -> None:
    rows = [_row(n, source) for source in ("a", "b") for n in range(3)]
    groups = {one.id: one for one in public_groups(_written(tmp_path, rows), 9, wrong=2, seed=0)}
    assert {one.text for one in groups["a-0"].pairs[1:]} == {
        "1 is a number of a.",
        "2 is a number of a.",
    }
    assert groups["a-0"].pairs[0].span == (0, 1)


def test_a_row_without_an_answer_has_no_passage_that_answers(tmp_path: Path) -> None:
    rows = [_row(0, "a", answerable=False), _row(1, "a")]
    found = {one.id: one for one in public_groups(_written(tmp_path, rows), 9, wrong=2, seed=0)}
    first, second = found["a-0"], found["a-1"]
    assert not first.answerable
    assert second.answerable
    assert first.pairs[0].span is None


def test_a_large_source_does_not_drown_a_small_one(tmp_path: Path) -> None:
    rows = [_row(n, "large") for n in range(30)] + [_row(n, "small") for n in range(2)]
    found = list(public_groups(_written(tmp_path, rows), 5, wrong=1, seed=0))
    assert sorted(one.id.split("-")[0] for one in found) == ["large"] * 3 + ["small"] * 2


def test_the_same_seed_takes_the_same_rows(tmp_path: Path) -> None:
    folder = _written(tmp_path, [_row(n, "a") for n in range(30)])
    one, same, other = (list(public_groups(folder, 5, 1, seed)) for seed in (0, 0, 1))
    assert one == same
    assert {row.id for row in one} != {row.id for row in other}
