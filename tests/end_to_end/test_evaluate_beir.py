"""The command `footnote evaluate beir` on a small data set, with the real models."""

import json
import sys
from pathlib import Path

import pytest

from qa.cli.main import main
from qa.evaluate.data.beir import read_beir
from qa.evaluate.data.trec import read_qrels
from tests.qa.evaluate.data.toy_beir import write_beir


@pytest.mark.slow
def test_evaluate_beir_prints_the_measures_of_each_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, runs = write_beir(tmp_path / "toy"), tmp_path / "runs"
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
    first, _ = (runs / "run-2.txt").read_text().split("\n", 1)
    assert first.split()[:4] == ["q1", "Q0", "7", "1"]
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
