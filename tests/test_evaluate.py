"""Data sets, measures and `footnote evaluate`."""

import json
import sys
from pathlib import Path

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EvaluationError
from corpus.settings import Settings
from qa.cli import main
from qa.evaluate.beir import read_beir
from qa.evaluate.golden import GoldRow, labelled, measures
from qa.evaluate.retrieval import measured
from qa.evaluate.squad import paragraph_id, read_squad
from qa.evaluate.trec import read_qrels, read_run, read_topics, scored, write_qrels, write_run

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
        ("qrels/test.tsv", "q1\tnone\t1", r"question q1: document none is unknown"),
        ("qrels/test.tsv", "q9\t7\t1", r"question q9: question q9 is unknown"),
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
    found = measured("toy", {"q1": {"7": 1.0}}, {"q1": dict(data.questions[0].grades)})
    assert found.means["R@5"] == 0.5  # one of two


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


def test_an_answer_that_does_not_stand_there_is_named(tmp_path: Path) -> None:
    path = _squad(tmp_path / "s.json", ("Cats purr.", [("1", "Who?", "Cats")]))
    raw = json.loads(path.read_text())
    raw["data"][0]["paragraphs"][0]["qas"][0]["answers"][0]["answer_start"] = 3
    path.write_text(json.dumps(raw))
    with pytest.raises(EvaluationError, match=r"question 1: 'Cats' does not stand at 3"):
        read_squad(path)


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


def test_measures_by_hand() -> None:
    qrels = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 1}}
    run = {"q1": scored(["a", "b"]), "q2": scored(["a", "b"])}
    found = measured("toy", run, qrels, (10.0, 20.0, 30.0))
    # Ranks 1, 2, and none: the third counts as zero.
    assert found.means["R@1"] == pytest.approx(1 / 3)
    assert found.means["R@5"] == pytest.approx(2 / 3)
    assert found.means["RR@10"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found.means["nDCG@10"] == pytest.approx((1 + 1 / 1.5849625 + 0) / 3)  # log2(3)
    assert found.percentile(50) == 20.0


_NAMES = st.sampled_from([f"d{number}" for number in range(12)])


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.tuples(
            st.dictionaries(_NAMES, st.integers(0, 3), min_size=1),
            st.lists(_NAMES, unique=True),
        ),
        min_size=1,
    )
)
def test_measures_are_those_of_trec_eval(
    data: dict[str, tuple[dict[str, int], list[str]]],
) -> None:
    qrels = {question: judged for question, (judged, _) in data.items()}
    run = {question: scored(ranked) for question, (_, ranked) in data.items() if ranked}
    wanted = {"ndcg_cut.10", "recall.1,5,20", "recip_rank"}
    expected = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(run)
    found = measured("toy", run, qrels).questions
    for question, own in found.items():
        told = expected.get(question, {})
        assert own["nDCG@10"] == pytest.approx(told.get("ndcg_cut_10", 0.0), abs=1e-6)
        for depth in (1, 5, 20):
            assert own[f"R@{depth}"] == pytest.approx(told.get(f"recall_{depth}", 0.0), abs=1e-6)


def _row(**changed: object) -> GoldRow:
    values = {
        "id": "q", "group": "article", "kind": "fact", "answerable": True, "passage": 1,
        "source": True, "first": True, "one_of_three": True, "answered": True, "confidence": 0.9,
        "exact": 1.0, "milliseconds": 10.0,
    }  # fmt: skip
    return GoldRow(**{**values, **changed})  # type: ignore[arg-type]


def test_measures_of_labelled_questions_by_hand() -> None:
    found = measures(
        [
            _row(),
            _row(passage=6, first=False, answered=False, confidence=0.3),
            _row(passage=0, first=False, one_of_three=False, source=False, confidence=0.6),
            _row(answerable=False, passage=0, source=False, answered=False, confidence=0.1),
            _row(answerable=False, passage=0, source=False, confidence=0.5, milliseconds=90.0),
        ]
    )
    assert found["answerable"] == 3
    assert found["passage@1"] == pytest.approx(1 / 3)
    assert found["passage@5"] == pytest.approx(1 / 3)  # ranks 1, 6 and none
    assert found["first quotation"] == pytest.approx(1 / 3)
    assert found["one of three"] == pytest.approx(2 / 3)
    assert found["refusals that are right"] == 1 / 2
    assert found["unanswerable refused"] == 1 / 2
    assert found["answerable refused"] == pytest.approx(1 / 3)
    # Pairs in right order: .9 beats both, .6 beats both, .3 beats .1 alone: 5 of 6.
    assert found["AUROC"] == pytest.approx(5 / 6)
    assert found["exact slices"] == 1.0
    assert found["p50 ms"] == 10.0


def test_only_what_the_index_holds_is_asked() -> None:
    article = {one.group for one in labelled(["delgado"])}
    assert article == {"article", "follow-ups"}
    everything = ["delgado", "un2000a", "un2000b", "congress2017", "tvpa2000", "camara2014"]
    assert {"library", "English on Spanish"} <= {one.group for one in labelled(everything)}
    assert all(one.question.split == "measure" for one in labelled(everything))


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
        lexical, dense = json.loads(capsys.readouterr().out)
        assert (lexical["stages"], dense["stages"]) == ("lexical", "dense")
        assert dense["R@1"] == 1.0
        assert lexical["documents"] == 3
        assert lexical["questions"] == 2
    assert read_qrels(runs / "qrels.txt")["q2"] == {"a/b": 2, "x": 0}
    assert next(iter(read_run(runs / "run-2.txt")["q1"])) == "7"
    assert not (tmp_path / "home" / "index").exists()  # the index of the user


def test_evaluate_gold_writes_a_row_a_question(
    article: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("qa.evaluate.golden.labelled", lambda *_: labelled(["delgado"])[:12])
    rows = tmp_path / "rows.jsonl"
    arguments = ["evaluate", "gold", "--rows", str(rows), "--json", "--home", str(article.home)]
    monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    assert not caught.value.code
    figures = json.loads(capsys.readouterr().out)["all"]["all"]
    assert figures["exact slices"] == 1.0
    assert figures["passage@5"] >= 0.8
    written = [json.loads(line) for line in rows.read_text().splitlines()]
    assert len(written) == 12
    assert {"id", "stages", "passage", "confidence"} <= set(written[0])
