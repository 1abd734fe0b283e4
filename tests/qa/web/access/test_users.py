"""Users and the door: who may change the library through the page."""

import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest
from starlette.testclient import TestClient

from corpus.errors import BusyError, ConfigurationError
from corpus.settings import Settings
from qa.answering.engine import Engine
from qa.cli.main import run
from qa.cli.users import app as users_app
from qa.web.access.sessions import COOKIE, HOURS, Door
from qa.web.access.users import USERS_FILE, Users
from qa.web.app.compose import whole_page
from tests.browser.meadow import open_meadow

PASSWORD = "correct horse"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


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
        assert door.shut


def test_without_users_the_door_is_open_on_this_machine_alone(tmp_path: Path) -> None:
    here, elsewhere = (Door(Users(tmp_path), local=local) for local in (True, False))
    assert here.open_to({})
    assert not here.kept
    assert not elsewhere.open_to({})
    assert elsewhere.shut


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


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_meadow(Path(tmp_path_factory.mktemp("meadow")))


@pytest.fixture
def client(users: Users, meadow: Engine) -> TestClient:
    settings = Settings(home=users.path.parent)
    app = whole_page(settings, meadow, None, local=True)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(
    client: TestClient,
) -> None:
    assert 'type="password"' in client.get("/sign-in").text
    wrong = client.post("/sign-in", data={"name": "maria", "password": "<script>alert(1)"})
    assert wrong.status_code == 401
    assert "<script>" not in wrong.text
    right = client.post("/sign-in", data={"name": "maria", "password": PASSWORD})
    assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"]
    assert all(part in cookie for part in (COOKIE, "HttpOnly", "SameSite=strict", "Max-Age=43200"))
    gone = client.post("/sign-out")
    assert f'{COOKIE}=""' in gone.headers["set-cookie"]


def test_the_page_says_in_its_language_how_long_to_wait(client: TestClient) -> None:
    wrong = {"name": "maria", "password": "wrong password"}
    for _ in range(5):
        assert client.post("/sign-in", data=wrong).status_code == 401
    busy = client.post("/sign-in", data=wrong, headers={"Accept-Language": "es"})
    assert busy.status_code == 429
    assert 290 <= int(busy.headers["retry-after"]) <= 300
    assert "contraseñas erróneas" in busy.text


def test_forms_of_other_sites_and_huge_ones_are_refused(client: TestClient) -> None:
    data = {"name": "maria", "password": PASSWORD}
    other = client.post("/sign-in", data=data, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403
    assert client.post("/sign-in", data={**data, "more": "x" * 5000}).status_code == 401
    assert client.post("/sign-in", content=b"\xff\xfe=&&&").status_code == 401


def test_only_those_who_are_signed_in_may_upload(client: TestClient) -> None:
    def upload() -> int:
        files = {"files": ("a.md", b"# A")}
        return client.post("/gradio_api/upload", files=files).status_code

    assert upload() == 403
    client.post("/sign-in", data={"name": "maria", "password": PASSWORD})
    assert upload() == 200


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
