"""Data sets, measures and `footnote evaluate`."""

import json
import sys
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from qa.cli.main import main
from qa.evaluate.data.beir import read_beir
from qa.evaluate.data.squad import paragraph_id, read_squad
from qa.evaluate.data.trec import read_qrels, read_run, read_topics, scored, write_qrels, write_run
from qa.evaluate.measures.rankings import ranking
from qa.evaluate.runs.gold import labelled

DOCUMENTS = {
    "7": ("Cats", "Cats purr when they are content and sleep most of the day."),
    "a/b": ("Dogs", "Dogs bark at strangers and guard the house at night."),
    "x": ("", "Ships sail across the sea with cargo and passengers."),
}
QUERIES = {"q1": "Which animals purr?", "q2": "What guards the house?", "q3": "Unjudged?"}


def _beir(folder: Path) -> Path:
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


def test_a_beir_folder_is_read_with_what_is_left_out(tmp_path: Path) -> None:
    data = read_beir(_beir(tmp_path / "toy"))
    assert [one.id for one in data.documents] == list(DOCUMENTS)
    assert {one.id: dict(one.grades) for one in data.questions} == {
        "q1": {"7": 1},
        "q2": {"a/b": 2, "x": 0},
    }
    assert data.left_out == ("1 questions without a judgement in this split",)


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
    folder = _beir(tmp_path / "toy")
    with (folder / file).open("a") as out:
        out.write(f"\n{line}")
    with pytest.raises(EvaluationError, match=message):
        read_beir(folder)


def test_unknown_documents_can_be_allowed_and_are_never_found(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "toy")
    with (folder / "qrels" / "test.tsv").open("a") as out:
        out.write("\nq1\tnone\t1")
    data = read_beir(folder, allow_unknown=True)
    found = ranking({"q1": dict(data.questions[0].grades)}, {"q1": {"7": 1.0}})
    assert found["q1"]["R@5"] == 0.5  # one of two
    assert data.left_out[1:] == (
        "1 judged documents that the corpus lacks, which nothing can find",
    )


def test_documents_without_words_are_told_and_titles_alone_are_searched(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "toy")
    with (folder / "corpus.jsonl").open("a") as out:
        out.write('\n{"_id": "8", "text": " ", "title": "Only a title"}\n{"_id": "9", "text": ""}')
    data = read_beir(folder)
    assert "1 documents without any words" in data.left_out
    assert {one.id: (one.text, one.title) for one in data.documents}["8"] == ("Only a title", "")
    assert "9" not in {one.id for one in data.documents}


@pytest.mark.parametrize(
    ("file", "what"), [("corpus.jsonl", "document"), ("queries.jsonl", "ques")]
)
def test_an_empty_file_is_told_as_such(tmp_path: Path, file: str, what: str) -> None:
    folder = _beir(tmp_path / "toy")
    (folder / file).write_text("\n")
    with pytest.raises(EvaluationError, match=f"{file}: holds no {what}"):
        read_beir(folder)


def _squad(path: Path, *paragraphs: tuple[str, list[tuple[str, str, str]]]) -> Path:
    data = [
        {
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": name,
                            "question": question,
                            "answers": [{"text": a, "answer_start": text.rindex(a)}] if a else [],
                        }
                        for name, question, a in asked
                    ],
                }
                for text, asked in paragraphs
            ]
        }
    ]
    path.write_text(json.dumps({"data": data}))
    return path


def test_squad_questions_know_their_paragraph_and_the_place_that_answers(tmp_path: Path) -> None:
    text = "Cats purr. Lions are cats. Cats sleep."
    path = _squad(tmp_path / "s.json", (text, [("1", "Who sleeps?", "Cats"), ("2", "Why?", "")]))
    first, second = read_squad(path).questions
    assert dict(first.grades) == {paragraph_id(text): 1}
    assert first.places[0].nth == 1  # the second of two `Cats`
    assert not second.answerable


def test_questions_of_one_language_ask_paragraphs_of_another(tmp_path: Path) -> None:
    english = _squad(tmp_path / "en.json", ("Cats purr.", [("1", "Who purrs?", "Cats")]))
    spanish = _squad(
        tmp_path / "es.json", ("Los gatos ronronean.", [("1", "¿Quién?", "Los gatos")])
    )
    data = read_squad(english, spanish)
    assert data.questions[0].text == "Who purrs?"
    assert data.documents[0].text == "Los gatos ronronean."
    assert data.name == "en on es"
    other = _squad(tmp_path / "no.json", ("Nada.", [("9", "¿?", "Nada")]))
    with pytest.raises(EvaluationError, match="lacks question 1"):
        read_squad(english, other)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answers": [{"text": "the", "answer_start": -8}]}, "'answer_start': -8"),
        ({"answers": [{"text": "Ships", "answer_start": 0.0}]}, "'answer_start': 0.0"),
        ({"answers": [], "is_impossible": False}, "of a question that is possible"),
        ({"question": " "}, "'question': ' '"),
        ({"id": None}, "'id': None"),
        ({"answers": None}, "mend the row"),
    ],
)
def test_a_bad_question_of_squad_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    file = _squad(tmp_path / "s.json", ("Ships sail the sea.", [("a", "What sails?", "Ships")]))
    data = json.loads(file.read_text())
    data["data"][0]["paragraphs"][0]["qas"][0] |= change
    file.write_text(json.dumps(data))
    with pytest.raises(EvaluationError, match=r"paragraphs\[0\].qas\[0\]") as caught:
        read_squad(file)
    assert message in str(caught.value)


def test_a_file_of_squad_without_a_list_is_refused(tmp_path: Path) -> None:
    for text in ('{"data": null}', '{"data": 5}', "[]", "{"):
        (tmp_path / "s.json").write_text(text)
        with pytest.raises(EvaluationError, match="not SQuAD's form"):
            read_squad(tmp_path / "s.json")


def test_what_is_impossible_has_no_answer(tmp_path: Path) -> None:
    file = _squad(tmp_path / "s.json", ("Ships sail the sea.", [("a", "What sails?", "Ships")]))
    data = json.loads(file.read_text())
    data["data"][0]["paragraphs"][0]["qas"][0]["is_impossible"] = True
    file.write_text(json.dumps(data))
    (question,) = read_squad(file).questions
    assert not question.answerable


def test_an_answer_that_does_not_stand_there_is_named(tmp_path: Path) -> None:
    path = _squad(tmp_path / "s.json", ("Cats purr.", [("1", "Who?", "Cats")]))
    raw = json.loads(path.read_text())
    raw["data"][0]["paragraphs"][0]["qas"][0]["answers"][0]["answer_start"] = 3
    path.write_text(json.dumps(raw))
    with pytest.raises(EvaluationError, match=r"question 1: 'Cats' does not stand at 3"):
        read_squad(path)


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


def test_ids_with_blanks_are_not_written_and_scores_are_numbers(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="'d 1' has blanks"):
        write_run(tmp_path / "run", {"q": {"d 1": 1.0}}, "tag")
    with pytest.raises(EvaluationError, match="has blanks"):
        write_qrels(tmp_path / "qrels", {"q 1": {"d": 1}})
    (tmp_path / "run").write_text("q Q0 d 1 nan tag\n")
    with pytest.raises(EvaluationError, match="line 1: score 'nan' is no number"):
        read_run(tmp_path / "run")


def test_trec_files_are_written_as_they_are_read(tmp_path: Path) -> None:
    qrels, run = {"q1": {"d1": 1, "d2": 0}}, {"q1": scored(["d2", "d1", "d2"])}
    write_qrels(tmp_path / "q", qrels)
    write_run(tmp_path / "r", run, "toy")
    assert read_qrels(tmp_path / "q") == qrels
    assert read_run(tmp_path / "r") == run == {"q1": {"d2": 2.0, "d1": 1.0}}
    (tmp_path / "t").write_text("<top>\n<num> Number: 301\n<title> Big ships\n</top>")
    assert read_topics(tmp_path / "t") == {"301": "Big ships"}
    (tmp_path / "l").write_text("1\tBig ships\n")
    assert read_topics(tmp_path / "l") == {"1": "Big ships"}


def test_only_what_the_index_holds_is_asked() -> None:
    asked, left_out = labelled(["delgado"])
    assert {one.group for one in asked} == {"article", "follow-ups"}
    assert [line.split(",")[0] for line in left_out] == ["treaties.jsonl", "statutes.jsonl"]
    assert "un2000a" in left_out[0]
    everything = ["delgado", "un2000a", "un2000b", "congress2017", "tvpa2000", "camara2014"]
    more, none = labelled(everything)
    assert {"library", "English on Spanish", "library follow-ups"} <= {one.group for one in more}
    assert none == []
    assert len(more) > len(asked)


def test_near_ties_are_told_apart_in_a_written_run(tmp_path: Path) -> None:
    run = {"q1": {"d1": 1234567.5, "d2": 1234567.25, "d3": 0.1 + 0.2}}
    write_run(tmp_path / "r", run, "toy")
    assert read_run(tmp_path / "r") == run


def test_evaluate_beir_prints_the_measures_of_each_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, runs = _beir(tmp_path / "toy"), tmp_path / "runs"
    arguments = ["evaluate", "beir", str(folder), "--no-multilingual", "--json"]
    arguments += ["--stages", "lexical", "--stages", "dense", "--runs", str(runs)]
    for _ in range(2):  # the second finds the index made
        monkeypatch.setattr(sys, "argv", ["footnote", *arguments, "--home", str(tmp_path / "home")])
        with pytest.raises(SystemExit) as caught:
            main()
        assert not caught.value.code
        told = json.loads(capsys.readouterr().out)
        lexical, dense = told["setups"]
        assert (lexical["stages"], dense["stages"]) == ("lexical", "dense")
        assert dense["figures"]["all"]["R@1"]["value"] == 1.0
        assert "AUROC" not in dense["figures"]["all"]  # no answer was asked for
        assert told["documents"] == 3
        assert lexical["questions"] == 2
        assert told["comparisons"][0]["measure"] == "nDCG@10"
    assert read_qrels(runs / "qrels.txt")["q2"] == {"a/b": 2, "x": 0}
    assert next(iter(read_run(runs / "run-2.txt")["q1"])) == "7"
    assert not (tmp_path / "home" / "index").exists()  # the index of the user
    topics, judged = tmp_path / "topics.txt", tmp_path / "own.txt"
    text = next(one.text for one in read_beir(folder).questions if one.id == "q1")
    topics.write_text(f"<top><num>T1<title>{text}</top>\n")
    judged.write_text("T1 0 7 1\n")
    more = ["--queries", str(topics), "--qrels", str(judged), "--home", str(tmp_path / "home")]
    monkeypatch.setattr(sys, "argv", ["footnote", *arguments, *more])
    with pytest.raises(SystemExit) as caught:
        main()
    assert not caught.value.code
    told = json.loads(capsys.readouterr().out)
    assert (told["data"], told["setups"][0]["questions"]) == ("toy own", 1)
    assert told["setups"][1]["figures"]["all"]["R@1"]["value"] == 1.0
