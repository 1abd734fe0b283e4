"""The command `footnote evaluate beir` on a small data set, with the real models."""

import json
import sys
from pathlib import Path

import pytest

from qa.cli.main import main
from qa.evaluate.data.beir import read_beir
from qa.evaluate.data.trec import read_qrels, read_run

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
