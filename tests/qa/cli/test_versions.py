"""The commands `footnote versions …`."""

import json
import sys
from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.versions.published import Versions
from qa.cli.main import main
from tests.index.versions.history import SECOND, TEXTS, rebuild


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two versions: `1-…` of TEXTS, and in use `2-…` of SECOND."""
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=5))
    rebuild(settings, TEXTS)
    rebuild(settings, SECOND)
    return settings


@pytest.fixture
def cli(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("FOOTNOTE_HOME", str(settings.home))
    monkeypatch.setenv("COLUMNS", "200")
    return monkeypatch


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footnote", "versions", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_commands_take_ids_and_numbers(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    one, two = Versions(settings.home).ids()
    assert _run(cli, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in listed] == [one, two]
    assert _run(cli, "list") == 0
    assert f"{two}  current" in capsys.readouterr().out
    assert _run(cli, "diff", "1", two) == 0
    shown = capsys.readouterr().out
    assert "changed  alpha: passages 1 changed" in shown
    assert f"{one} → {two}: 3 documents differ, 1 are the same" in shown
    assert _run(cli, "diff", "1", "2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["passages"] == {
        "added": 1, "removed": 1, "changed": 1,
    }  # fmt: skip
    assert _run(cli, "rollback", "1") == 0
    assert capsys.readouterr().out == f"in use: {one}\n"
    assert _run(cli, "prune", "--keep", "1") == 0
    assert capsys.readouterr().out == "nothing to remove\n"
    assert _run(cli, "prune", "2") == 0
    assert capsys.readouterr().out == f"removed {two}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["rollback", "9"], 1, "no version '9'; there are 1-", id="unknown version"),
        pytest.param(["prune"], 2, "one of the two", id="nothing to keep"),
        pytest.param(["prune", "--keep", "0"], 2, "keep", id="keep none"),
        pytest.param(["prune", "2"], 1, "is in use", id="prune the one in use"),
        pytest.param(["publish", "1"], 1, "is no candidate", id="publish what was published"),
        pytest.param(["diff", "1", "2", "--gold", "nosuch"], 1, "nosuch: not", id="no file"),
    ],
)
def test_what_cannot_be_done_says_why(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    assert _run(cli, *arguments) == code
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error


@pytest.mark.parametrize("command", ["list", "diff", "rollback", "prune", "publish"])
def test_help_has_an_example(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert _run(cli, command, "--help") == 0
    assert f"footnote versions {command}" in capsys.readouterr().out.split("Example", 1)[1]
