"""Who may change the library through the page, and for how long."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest

from corpus.errors import BusyError
from qa.web.access.sessions import COOKIE, HOURS, Door
from qa.web.access.users import Users

PASSWORD = "correct horse"


HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a check of a password costs is no matter here, and there are hundreds."""
    monkeypatch.setattr("qa.web.access.users._COST", 2)


@pytest.fixture
def users(tmp_path: Path) -> Users:
    kept = Users(tmp_path / "home")
    kept.add("maria", PASSWORD)
    return kept


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names whose passwords are checked from now on."""
    real, names = Users.matches, list[str]()

    def counted(self: Users, name: str, password: str) -> bool:
        names.append(name)
        return real(self, name, password)

    monkeypatch.setattr(Users, "matches", counted)
    return names


def test_without_users_the_door_is_open_on_this_machine_alone(tmp_path: Path) -> None:
    here, elsewhere = (Door(Users(tmp_path), local=local) for local in (True, False))
    assert here.open_to({})
    assert not here.needs_sign_in
    assert not elsewhere.open_to({})
    assert elsewhere.lets_nobody_in


def test_one_who_signs_in_passes_until_the_time_is_over_or_the_user_gone(users: Users) -> None:
    now = [0.0]
    door = Door(users, local=True, clock=lambda: now[0])
    assert not door.open_to({})
    token = door.sign_in("maria", PASSWORD, HERE)
    assert token
    cookies = {COOKIE: token}
    assert door.name_of(cookies) == "maria"
    assert not door.open_to({COOKIE: token + "x"})
    now[0] = HOURS * 3600 - 1
    assert door.open_to(cookies)
    now[0] += 1
    assert not door.open_to(cookies)
    other = {COOKIE: str(door.sign_in("maria", PASSWORD, HERE))}
    door.sign_out(other)
    assert not door.open_to(other)
    last = {COOKIE: str(door.sign_in("maria", PASSWORD, HERE))}
    users.add("juan", PASSWORD)
    users.remove("maria")
    assert not door.open_to(last)


def test_after_five_wrong_passwords_a_name_waits_for_five_minutes(users: Users) -> None:
    now = [0.0]
    door = Door(users, local=True, clock=lambda: now[0])
    for second in range(5):
        now[0] = float(second)
        assert door.sign_in("maria", "wrong password", HERE) is None
    now[0] = 40.5
    # The first wrong one counts until second 300: 259.5 seconds are left, 4 minutes and 20 seconds.
    with pytest.raises(BusyError, match="wait 4:20 min"):
        door.sign_in("maria", PASSWORD, HERE)
    now[0] = 300
    assert door.sign_in("maria", PASSWORD, HERE)


def test_wrong_passwords_of_one_address_leave_others_alone(users: Users) -> None:
    door = Door(users, local=False)
    for _ in range(5):
        door.sign_in("maria", "wrong password", ELSEWHERE)
    with pytest.raises(BusyError):
        door.sign_in("maria", PASSWORD, ELSEWHERE)
    for number in range(95):
        with suppress(BusyError):
            door.sign_in(f"name{number}", "wrong password", ELSEWHERE)
    assert door.sign_in("maria", PASSWORD, HERE)


def test_an_address_that_tries_many_names_waits(users: Users, checks: list[str]) -> None:
    door = Door(users, local=False)
    for number in range(40):
        with suppress(BusyError):
            door.sign_in(f"name{number}", "wrong password", ELSEWHERE)
    assert len(checks) == 20
    with pytest.raises(BusyError):
        door.sign_in("maria", PASSWORD, ELSEWHERE)


def test_parallel_wrong_passwords_are_checked_no_more_than_five_times(
    users: Users, checks: list[str]
) -> None:
    door, start = Door(users, local=False), Barrier(20)

    def attempt(_: int) -> bool:
        start.wait()
        try:
            door.sign_in("maria", "wrong password", ELSEWHERE)
        except BusyError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(attempt, range(20)))
    assert len(checks) == sum(taken) == 5


def test_right_passwords_never_count(users: Users) -> None:
    door = Door(users, local=False)
    for _ in range(30):
        assert door.sign_in("maria", PASSWORD, HERE)


def test_a_right_password_of_another_name_gives_no_further_attempts(users: Users) -> None:
    users.add("juan", PASSWORD)
    door = Door(users, local=False)
    for _ in range(5):
        door.sign_in("maria", "wrong password", HERE)
    assert door.sign_in("juan", PASSWORD, HERE)
    with pytest.raises(BusyError):
        door.sign_in("maria", PASSWORD, HERE)
