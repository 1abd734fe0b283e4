"""Data sets in the form of BEIR."""

from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from qa.evaluate.data.beir import read_beir
from qa.evaluate.measures.rankings import ranking
from tests.qa.evaluate.data.toy_beir import DOCUMENTS, write_beir


def test_a_beir_folder_is_read_with_what_is_left_out(tmp_path: Path) -> None:
    data = read_beir(write_beir(tmp_path / "toy"))
    assert [one.id for one in data.documents] == list(DOCUMENTS)
    assert {one.id: dict(one.grades) for one in data.questions} == {
        "q1": {"7": 1},
        "q2": {"a/b": 2, "x": 0},
    }
    assert tuple(map(str, data.left_out)) == ("1 questions without a judgement in this split",)


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("corpus.jsonl", '{"_id": "7", "text": "x"}', r"corpus.jsonl, line 4: document '7' stands"),
        ("corpus.jsonl", "{", r"corpus.jsonl, line 4: not JSON"),
        ("queries.jsonl", '{"_id": 3}', r"queries.jsonl, line 4: no text '_id'"),
        ("qrels/test.tsv", "q1\t7\thigh", r"test.tsv, line 5: grade 'high' is no whole number"),
        ("qrels/test.tsv", "q1\tnone\t1", r"test.tsv, line 5: document none is unknown"),
        ("qrels/test.tsv", "q9\t7\t1", r"test.tsv, line 5: question q9 is unknown"),
        (
            "corpus.jsonl",
            '{"_id": "8", "text": "\\ud800"}',
            r"corpus.jsonl, line 4: no text 'text'",
        ),
        ("corpus.jsonl", '{"_id": " ", "text": "x"}', r"corpus.jsonl, line 4: .* needs an id"),
        ("queries.jsonl", '{"_id": "8", "text": " "}', r"queries.jsonl, line 4: .* id and a text"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(
    tmp_path: Path, file: str, line: str, message: str
) -> None:
    folder = write_beir(tmp_path / "toy")
    with (folder / file).open("a") as out:
        out.write(f"\n{line}")
    with pytest.raises(EvaluationError, match=message):
        read_beir(folder)


def test_unknown_documents_can_be_allowed_and_are_never_found(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "toy")
    with (folder / "qrels" / "test.tsv").open("a") as out:
        out.write("\nq1\tnone\t1")
    data = read_beir(folder, allow_unknown=True)
    found = ranking({"q1": dict(data.questions[0].grades)}, {"q1": {"7": 1.0}})
    assert found["q1"]["R@5"] == 0.5  # one of two
    assert tuple(map(str, data.left_out[1:])) == (
        "1 judged documents that the corpus lacks, which nothing can find",
    )


def test_documents_without_words_are_told_and_titles_alone_are_searched(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "toy")
    with (folder / "corpus.jsonl").open("a") as out:
        out.write('\n{"_id": "8", "text": " ", "title": "Only a title"}\n{"_id": "9", "text": ""}')
    data = read_beir(folder)
    assert "1 documents without any words" in [*map(str, data.left_out)]
    assert {one.id: (one.text, one.title) for one in data.documents}["8"] == ("Only a title", "")
    assert "9" not in {one.id for one in data.documents}


@pytest.mark.parametrize(
    ("file", "what"), [("corpus.jsonl", "document"), ("queries.jsonl", "ques")]
)
def test_an_empty_file_is_told_as_such(tmp_path: Path, file: str, what: str) -> None:
    folder = write_beir(tmp_path / "toy")
    (folder / file).write_text("\n")
    with pytest.raises(EvaluationError, match=f"{file}: holds no {what}"):
        read_beir(folder)
