"""The commands `footnote users …`."""

from pathlib import Path

import pytest

from qa.cli.main import run
from qa.cli.users import app as users_app
from qa.web.access.users import USERS_FILE, Users

PASSWORD = "correct horse"


def test_users_are_added_listed_and_removed_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    def footnote(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run(lambda: users_app([*arguments, "--home", str(tmp_path)], standalone_mode=False))

    assert footnote("add", "maria", "--stdin", typed=f"{PASSWORD}\n") == 0
    assert Users(tmp_path).matches("maria", PASSWORD)
    assert footnote("add", "juan") == 1
    assert "--stdin" in capsys.readouterr().err
    assert footnote("list") == 0
    assert capsys.readouterr().out == "maria\n"
    assert footnote("remove", "juan") == 1
    assert footnote("remove", "maria") == 0
    assert (tmp_path / USERS_FILE).read_text() == "{}"
