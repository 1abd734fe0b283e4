"""Topics, judgements and runs in the forms of TREC."""

from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from qa.evaluate.data.trec import read_qrels, read_topics, scored, write_qrels, write_run


def test_topics_hold_any_sign_and_must_end(tmp_path: Path) -> None:
    file = tmp_path / "topics"
    file.write_text("<top><num>Number: 1 <title> p < 0.05 ships\n<desc> more</top>\n")
    assert read_topics(file) == {"1": "p < 0.05 ships"}
    file.write_text("<top><num>1<title>a</top>\n<top><num>2<title>b\n")
    with pytest.raises(EvaluationError, match="line 2: a topic without its end"):
        read_topics(file)


def test_columns_are_apart_by_tabs_or_blanks(tmp_path: Path) -> None:
    file = tmp_path / "qrels"
    file.write_text("q1 0 d1\t1\nq1\t0\td 2\t2\t\nq2  0  d1  0\n")
    assert read_qrels(file) == {"q1": {"d1": 1, "d 2": 2}, "q2": {"d1": 0}}


def test_ids_with_blanks_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="'d 1' has blanks"):
        write_run(tmp_path / "run", {"q": {"d 1": 1.0}}, "tag")
    with pytest.raises(EvaluationError, match="has blanks"):
        write_qrels(tmp_path / "qrels", {"q 1": {"d": 1}})


def test_trec_files_are_written_as_they_are_read(tmp_path: Path) -> None:
    qrels, run = {"q1": {"d1": 1, "d2": 0}}, {"q1": scored(["d2", "d1", "d2"])}
    write_qrels(tmp_path / "q", qrels)
    write_run(tmp_path / "r", run, "toy")
    assert read_qrels(tmp_path / "q") == qrels
    assert (tmp_path / "r").read_text() == "q1 Q0 d2 1 2.0 toy\nq1 Q0 d1 2 1.0 toy\n"
    (tmp_path / "t").write_text("<top>\n<num> Number: 301\n<title> Big ships\n</top>")
    assert read_topics(tmp_path / "t") == {"301": "Big ships"}
    (tmp_path / "l").write_text("1\tBig ships\n")
    assert read_topics(tmp_path / "l") == {"1": "Big ships"}


def test_near_ties_are_told_apart_in_a_written_run(tmp_path: Path) -> None:
    run = {"q1": {"d1": 1234567.5, "d2": 1234567.25, "d3": 0.1 + 0.2}}
    write_run(tmp_path / "r", run, "toy")
    rows = [row.split() for row in (tmp_path / "r").read_text().splitlines()]
    assert {row[2]: float(row[4]) for row in rows} == run["q1"]
