"""`footnote evaluate gold`: rows, limits, reports and exit codes, on the article."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ConfigurationError, EvaluationError
from corpus.settings import Settings
from corpus.sources.library import PACKAGED, Library
from corpus.wording import Message
from qa.cli.main import main
from qa.evaluate.data.datasets import Question
from qa.evaluate.data.gold import read_gold
from qa.evaluate.measures.cases import Case
from qa.evaluate.reports.thresholds import KNOWN
from qa.evaluate.runs.ask_question import MeasuredEngine
from qa.evaluate.runs.gold import labelled
from qa.evaluate.runs.setups import read_setups, setups

ASKED = 8
LIBRARY = Library((PACKAGED,))
Command = Callable[..., Any]


def _some(
    library: Library, _keys: Any, split: Any = "measure"
) -> tuple[list[Question], list[Message]]:
    asked, left_out = labelled(library, ["delgado"], split)
    answered = [one for one in asked if one.answerable][::20][: ASKED - 3]
    return answered + [one for one in asked if not one.answerable][:3], left_out


@pytest.fixture
def command(
    article: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the command on the article with a few questions: exit code, out, err."""
    monkeypatch.setattr("qa.evaluate.runs.gold.labelled", _some)

    def run(*arguments: str) -> tuple[int, str, str]:
        line = ["footnote", "evaluate", "gold", "--home", str(article.home), *arguments]
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as caught:
            main()
        told = capsys.readouterr()
        return int(caught.value.code or 0), told.out, told.err

    return run


@pytest.fixture(scope="module")
def asked_before(
    article: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Path]:
    """Puts a copy of the rows of a whole run, which is made once, at a path."""
    rows = Path(tmp_path_factory.mktemp("asked")) / "rows.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.evaluate.runs.gold.labelled", _some)
        line = ["footnote", "evaluate", "gold", "--home", str(article.home), "--rows", str(rows)]
        patch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as caught:
            main()
    assert not caught.value.code
    return lambda place: Path(shutil.copy(rows, place))


def test_a_cut_off_run_goes_on_and_gives_the_same_figures(
    command: Command,
    asked_before: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = asked_before(tmp_path / "rows.jsonl")
    code, out, _ = command("--rows", str(rows), "--json")
    assert code == 0
    whole = json.loads(out)["setups"][0]
    assert whole["figures"]["all"]["exact slices"]["value"] == 1.0
    assert whole["figures"]["all"]["passage Success@5"]["value"] >= 0.8
    lines = rows.read_text().splitlines()
    assert len(lines) == ASKED
    other = json.dumps(json.loads(lines[0]) | {"run": "another"})
    rows.write_text("\n".join([*lines[:5], other, lines[5][:40]]))  # cut off within a row

    asked: set[str] = set()
    real = MeasuredEngine.case

    def counted(self: MeasuredEngine, question: Question, names: Any = None) -> Case:
        asked.add(question.id)
        return real(self, question, names)

    monkeypatch.setattr(MeasuredEngine, "case", counted)
    code, out, err = command("--rows", str(rows), "--json")
    assert len(asked) == ASKED - 5
    assert "1 rows of other runs" in err.replace("\n", " ")
    again = json.loads(out)["setups"][0]
    assert again["figures"] == whole["figures"]
    assert len(rows.read_text().splitlines()) == ASKED + 1


def test_limits_and_an_earlier_run_decide_the_exit_code(
    command: Command, asked_before: Callable[[Path], Path], tmp_path: Path
) -> None:
    html, markdown = tmp_path / "r.html", tmp_path / "r.md"
    asked_once = ("--json", "--rows", str(asked_before(tmp_path / "rows.jsonl")))
    code, out, err = command(
        *asked_once, "--html", str(html), "--markdown", str(markdown),
        "--fail-under", "exact slices=1", "--fail-under", "AURC=0.0001",
        "--fail-under", "nobody/AUROC=0", "--fail-under", "nDCG@10=0",
        "--fail-under", "p95 ms=0.01", "--fail-under", "p50 ms=1e9",
    )  # fmt: skip
    assert code == 1
    assert "AURC is" in err
    assert "at most 0.0001" in err
    assert "exact slices" not in err
    assert "nobody: not asked" in err
    assert "nDCG@10 is not measured" in err  # the article alone was asked
    assert "p95 ms is" in err
    assert "p50 ms" not in err
    assert "| exact slices |" in markdown.read_text()
    page = html.read_text()
    assert page.count("<svg") == 4
    assert "http" not in page.replace("http://www.w3.org/", "")

    earlier = tmp_path / "run.json"
    earlier.write_text(out)
    assert command(*asked_once, "--no-worse-than", str(earlier))[0] == 0
    told = json.loads(out)
    told["setups"][0]["figures"]["all"]["first quotation"]["value"] = 1.01
    told["setups"][0]["figures"]["all"]["AURC"]["value"] = 0.0
    told["setups"][0]["figures"]["all"]["MAP of then"] = {"value": 0.5}
    earlier.write_text(json.dumps(told))
    code, _, err = command(*asked_once, "--no-worse-than", str(earlier))
    assert code == 1
    lines = err.splitlines()
    assert [one.split(": ")[2].split(" is ")[0] for one in lines if "does not hold" in one] == [
        "first quotation",
        "AURC",
        "MAP of then",
    ]
    assert "was 1.0100" in err
    assert "MAP of then is not measured, was 0.5000" in err
    told["digest"] = "other"
    earlier.write_text(json.dumps(told))
    code, _, err = command(*asked_once, "--no-worse-than", str(earlier))
    assert code == 1
    assert "give a run on the same questions" in " ".join(err.split())


@pytest.mark.slow
def test_set_ups_of_a_file_are_compared(command: Command, tmp_path: Path) -> None:
    config = tmp_path / "setups.toml"
    config.write_text(
        '[[setup]]\nname = "shipped"\n\n[[setup]]\nname = "words"\nstages = "lexical"\n'
    )
    code, out, _ = command("--config", str(config), "--json")
    told = json.loads(out)
    assert code == 0
    assert [one["name"] for one in told["setups"]] == ["shipped", "words"]
    measures = {one["measure"] for one in told["comparisons"]}
    assert {"first quotation", "right decision"} <= measures
    assert all(one["corrected"] >= one["probability"] for one in told["comparisons"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[setup]]\nname = 'a'\nmodel = 'x'", r"setup\.0\.model: Extra inputs"),
        ("[[setup]]\nname = 'a'\nstages = 'fast'", "no stages 'fast'"),
        ("[[setup]]\nname = 'a'\n[[setup]]\nname = 'a'", "two set-ups are called 'a'"),
        ("[[setup]]\nstages = 'all'", r"setup\.0\.name: Field required"),
        ("setup = 3", "setup: Input should be a valid tuple"),
        ("name = ", "not readable as TOML"),
        ("", "setup: Field required"),
        ("[[setup]]\nname = 'a'\n[setup.passages]\nmax_words = 0", r"passages\.max_words"),
    ],
)
def test_a_file_of_set_ups_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_setups(path)
    assert "\n" not in str(caught.value)


def test_set_ups_are_named_in_one_way() -> None:
    assert [one.name for one in setups(["lexical", "lexical", "all"], None)] == ["lexical", "all"]
    with pytest.raises(ConfigurationError, match="give one of them"):
        setups(["all"], Path("x.toml"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--fail-under", "AUROC"), "expected measure=value"),
        (("--fail-under", "AUROC=high"), "expected measure=value"),
        (("--fail-under", "AUROC=7"), "AUROC is 0 to 1, not 7"),
        (("--fail-under", "ECE=0.3"), "no measure 'ECE': name one of nDCG@10"),
        (("--fail-under", "article/p95 ms=300"), "name no group"),
        (("--no-worse-than", "/nowhere/run.json"), "no run"),
        (("--questions", "/nowhere/q.jsonl"), "not readable"),
        (("--questions", "q.jsonl", "--gate"), "holds the library's questions"),
        (("--html", "/nowhere/r.html"), "no such folder"),
        (("--split", "half"), "no part 'half'"),
    ],
)
def test_wrong_options_are_told_before_anything_is_asked(
    command: Command, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.evaluate.runs.gold.run_gold", None)
    code, _, err = command(*arguments)
    assert code == 1
    assert message in " ".join(err.split())


def test_the_questions_of_a_file_are_asked_in_the_place_of_the_projects(
    command: Command, tmp_path: Path
) -> None:
    known = next(one for one in read_gold(LIBRARY.gold[0][0]) if one.answers)
    answer = known.answers[0].model_dump()
    rows: list[dict[str, Any]] = [
        {"id": "a", "question": "What is trafficking called?", "answers": [answer]},
        {"id": "b", "question": "How deep is the sea?", "answers": []},
        {"id": "c", "question": "And then?", "answers": [answer | {"source": "nobody"}]},
        {"id": "d", "question": "Who knows?", "answers": [], "split": "fit"},
    ]
    file = tmp_path / "own.jsonl"
    file.write_text(
        "\ufeff"
        + "\r\n".join(json.dumps({"kind": "reader", "split": "measure"} | row) for row in rows)
    )
    code, _, err = command("--questions", str(file))
    assert code == 1
    assert "question c is answered by nobody, which is not indexed" in " ".join(err.split())
    code, out, _ = command("--questions", str(file), "--allow-unknown", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["setups"][0]["questions"] == 2
    assert told["left_out"] == [
        "1 questions of other parts than 'measure'",
        "1 questions answered by documents that are not indexed",
    ]
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in " ".join(command("--questions", str(tmp_path / "bad.jsonl"))[2].split())


def test_every_measure_of_a_run_can_be_limited(
    command: Command, asked_before: Callable[[Path], Path], tmp_path: Path
) -> None:
    told = json.loads(command("--json", "--rows", str(asked_before(tmp_path / "rows.jsonl")))[1])
    measured = {name for own in told["setups"][0]["figures"].values() for name in own}
    assert measured <= set(KNOWN)
    assert {"first quotation", "AUROC", "reference recall", "passage AP"} <= measured


def test_rows_that_are_none_are_refused(tmp_path: Path) -> None:
    from qa.evaluate.runs.rows import CaseRows

    path = tmp_path / "rows.jsonl"
    path.write_text("my only copy, without an end")
    with pytest.raises(EvaluationError, match=r"rows.jsonl, line 1: no row of an evaluation"):
        CaseRows(path)
    assert path.read_text() == "my only copy, without an end"
    path.write_text('{"run": "x"}\n')
    with pytest.raises(EvaluationError, match=r"rows.jsonl, line 1: no row of an evaluation"):
        CaseRows(path)


def test_only_what_the_index_holds_is_asked() -> None:
    asked, left_out = labelled(LIBRARY, ["delgado"])
    assert {one.group for one in asked} == {"article", "follow-ups"}
    assert [str(line).split(",")[0] for line in left_out] == ["treaties.jsonl", "statutes.jsonl"]
    assert "un2000a" in str(left_out[0])
    everything = ["delgado", "un2000a", "un2000b", "congress2017", "tvpa2000", "camara2014"]
    more, none = labelled(LIBRARY, everything)
    assert {"library", "English on Spanish", "library follow-ups"} <= {one.group for one in more}
    assert none == []
    assert len(more) > len(asked)


def test_a_library_without_labelled_questions_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("packaged = false")
    line = ["footnote", "evaluate", "gold", "--home", str(tmp_path), "--gate"]
    monkeypatch.setattr(sys, "argv", line)
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "no such file, so --gate has nothing to hold" in capsys.readouterr().err
    settings = Settings(home=tmp_path, packaged=False)
    with pytest.raises(EvaluationError, match="gold: no labelled questions, so nothing") as raised:
        labelled(Library.of(settings), [])
    assert "\n" not in str(raised.value)
