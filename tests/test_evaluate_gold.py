"""`footnote evaluate gold`: rows, limits, reports and exit codes, on the article."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ConfigurationError, EvaluationError
from corpus.settings import Settings
from qa.cli import main
from qa.evaluate.asking import Asking
from qa.evaluate.cases import Case
from qa.evaluate.datasets import Question
from qa.evaluate.golden import labelled
from qa.evaluate.setups import read_setups, setups

ASKED = 8
Command = Callable[..., Any]


def _some(_keys: Any, split: Any = "measure") -> tuple[list[Question], list[str]]:
    asked, left_out = labelled(["delgado"], split)
    answered = [one for one in asked if one.answerable][::20][: ASKED - 3]
    return answered + [one for one in asked if not one.answerable][:3], left_out


@pytest.fixture
def command(
    article: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the command on the article with a few questions: exit code, out, err."""
    monkeypatch.setattr("qa.evaluate.golden.labelled", _some)

    def run(*arguments: str) -> tuple[int, str, str]:
        line = ["footnote", "evaluate", "gold", "--home", str(article.home), *arguments]
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as caught:
            main()
        told = capsys.readouterr()
        return int(caught.value.code or 0), told.out, told.err

    return run


def test_a_cut_off_run_goes_on_and_gives_the_same_figures(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows.jsonl"
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
    real = Asking.case

    def counted(self: Asking, question: Question, names: Any = None) -> Case:
        asked.add(question.id)
        return real(self, question, names)

    monkeypatch.setattr(Asking, "case", counted)
    code, out, err = command("--rows", str(rows), "--json")
    assert len(asked) == ASKED - 5
    assert "1 rows of other runs" in err.replace("\n", " ")
    again = json.loads(out)["setups"][0]
    assert again["figures"] == whole["figures"]
    assert len(rows.read_text().splitlines()) == ASKED + 1


def test_limits_and_an_earlier_run_decide_the_exit_code(command: Command, tmp_path: Path) -> None:
    html, markdown = tmp_path / "r.html", tmp_path / "r.md"
    code, out, err = command(
        "--json", "--html", str(html), "--markdown", str(markdown),
        "--fail-under", "exact slices=1", "--fail-under", "AURC=0.0001",
    )  # fmt: skip
    assert code == 1
    assert "AURC is" in err
    assert "at most 0.0001" in err
    assert "exact slices" not in err
    assert "| exact slices |" in markdown.read_text()
    page = html.read_text()
    assert page.count("<svg") == 4
    assert "http" not in page.replace("http://www.w3.org/", "")

    earlier = tmp_path / "run.json"
    earlier.write_text(out)
    assert command("--json", "--no-worse-than", str(earlier))[0] == 0
    told = json.loads(out)
    told["setups"][0]["figures"]["all"]["first quotation"]["value"] = 1.01
    earlier.write_text(json.dumps(told))
    code, _, err = command("--json", "--no-worse-than", str(earlier))
    assert code == 1
    assert "first quotation is" in err
    assert "was 1.0100" in err


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
        (("--fail-under", "AUROC=7"), "value of 0 to 1"),
        (("--html", "/nowhere/r.html"), "no such folder"),
        (("--split", "half"), "no half 'half'"),
    ],
)
def test_wrong_options_are_told_before_anything_is_asked(
    command: Command, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.evaluate.golden.run_gold", None)
    code, _, err = command(*arguments)
    assert code == 1
    assert message in " ".join(err.split())


def test_rows_that_are_none_are_refused(tmp_path: Path) -> None:
    from qa.evaluate.recorded import Rows

    path = tmp_path / "rows.jsonl"
    path.write_text('{"run": "x"}\n')
    with pytest.raises(EvaluationError, match=r"rows.jsonl, line 1: no row of an evaluation"):
        Rows(path)
