"""Users and their passwords, as they are kept."""

import stat
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from qa.web.access.sessions import Door
from qa.web.access.users import Users

PASSWORD = "correct horse"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    kept = Users(tmp_path / "home")
    kept.add("maria", PASSWORD)
    return kept


def test_a_password_fits_its_user_alone_and_stands_nowhere(users: Users) -> None:
    users.add("juan", "another password")
    assert users.names() == ("juan", "maria")
    assert users.matches("maria", PASSWORD)
    assert not users.matches("juan", PASSWORD)
    assert not users.matches("nobody", PASSWORD)
    assert not users.matches("maria", "")
    assert not users.matches("maria", "x" * 10_000)
    assert PASSWORD not in users.path.read_text()
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    users.remove("juan")
    assert users.names() == ("maria",)


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        pytest.param("../x", PASSWORD, "no name", id="path"),
        pytest.param("", PASSWORD, "no name", id="empty"),
        pytest.param("<b>", PASSWORD, "no name", id="markup"),
        pytest.param("ana", "short", "5 characters: choose 10", id="short"),
    ],
)
def test_names_and_passwords_that_will_not_do_are_refused(
    users: Users, name: str, password: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        users.add(name, password)


def test_a_damaged_file_lets_nobody_in_and_says_what_to_do(users: Users) -> None:
    for damage in ("{", '{"maria": 5}', '{"maria": ["zz", "00"]}', "[]", '{"maria": ["00", ""]}'):
        users.path.write_text(damage)
        with pytest.raises(ConfigurationError, match=r"users\.json.*users add"):
            users.names()
        door = Door(users, local=True)
        assert not door.open_to({})
        assert door.lets_nobody_in
