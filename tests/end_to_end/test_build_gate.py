"""The command `footnote build --gate` with the real models."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from corpus.settings import Settings
from index.versions.published import Versions, number
from qa.cli.main import main
from tests.qa.evaluate.runs.animals import TEXTS, gold_file
from tests.toys import write_library


@pytest.mark.slow
def test_the_command_holds_back_lists_what_got_worse_and_publishes_when_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Settings,
) -> None:
    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["footnote", *arguments, "--home", str(tmp_path / "h")])
        with pytest.raises(SystemExit) as caught:
            main()
        return int(caught.value.code or 0)

    monkeypatch.setenv("COLUMNS", "200")
    # The article is encoded already; its index is the version before the two of this test.
    shutil.copytree(article.home / "index", tmp_path / "h" / "index")
    one, two = (str(number(Versions(article.home).current()) + more) for more in (1, 2))
    library = tmp_path / "h" / "library"
    write_library(library, TEXTS)
    (tmp_path / "h" / "settings.toml").write_text("threshold = 0.0\n")
    gold = str(gold_file(tmp_path))
    assert run("build") == 0
    for key in ("deer", "bee", "owl"):
        (library / f"{key}.md").unlink()
    capsys.readouterr()
    assert run("build", "--gate", gold) == 1
    captured = capsys.readouterr()
    assert "q3 (worse): What about the deer" in captured.err
    assert "is not published" in captured.err
    assert run("versions", "diff", one, two, "--gold", gold, "--json") == 0
    answers = json.loads(capsys.readouterr().out)["gold"]
    assert [row["id"] for row in answers["worse"]] == ["q3", "q4", "q5"]
    assert run("versions", "publish", two) == 0
    assert capsys.readouterr().out.startswith(f"in use: {two}-")
    assert run("build", "--gate", str(tmp_path / "nosuch")) == 1
    assert "nosuch: not readable" in capsys.readouterr().err
