"""What a hostile request can reach: files, components, other servers, the choices of the page."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.errors import QuestionError
from corpus.settings import Settings
from qa.answering.engine import Engine
from qa.web.access.request_guard import MOST_BYTES
from qa.web.access.users import Users
from qa.web.app.compose import whole_page
from qa.web.chat.messages import own_messages
from qa.web.chat.source_filter import narrowed
from tests.browser.meadow import open_meadow

PASSWORD = "correct horse battery"
SECRET = "nobody may read this"
CHAT, LINKED = "typed", "linked"


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_meadow(Path(tmp_path_factory.mktemp("meadow")))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def page(home: Path, meadow: Engine) -> Iterator[TestClient]:
    with _page(home, meadow) as client:
        yield client


@pytest.fixture
def client(page: TestClient) -> TestClient:
    """A visitor who has not signed in, of a page that all tests share: none changes its library."""
    page.cookies.clear()
    return page


def _page(home: Path, meadow: Engine) -> TestClient:
    Users(home).add("maria", PASSWORD)
    app = whole_page(Settings(home=home), meadow, None, local=True)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def _sign_in(client: TestClient) -> None:
    assert client.post("/sign-in", data={"name": "maria", "password": PASSWORD}).status_code == 303


def _named(path: str) -> dict[str, Any]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


@cache
def _numbers(client: TestClient) -> dict[str, int]:
    """The number of the first handler of each name."""
    handlers = client.get("/config").json()["dependencies"]
    return {one["api_name"]: int(one["id"]) for one in reversed(handlers)}


def _send(client: TestClient, name: str, data: list[Any], session: str = "s1", **more: Any) -> Any:
    """What the server answers to an event: the last message of its stream, or the refusal."""
    request = {"data": data, "fn_index": _numbers(client)[name], "session_hash": session, **more}
    joined = client.post("/gradio_api/queue/join", json=request)
    if joined.status_code != 200:
        return joined
    told = client.get("/gradio_api/queue/data", params={"session_hash": session}).text
    messages = [json.loads(line[5:]) for line in told.splitlines() if line.startswith("data:")]
    return next(one for one in messages if one["msg"] == "process_completed")


def _message(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"role": "user", "content": [part], "metadata": None, "options": None}]


def test_without_signing_in_no_event_takes_the_name_of_a_file(
    client: TestClient, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(SECRET)
    for path in (str(secret), "/etc/passwd", "https://evil.example/a.md"):
        chat = _message({"type": "file", "file": _named(path)})
        answer = _send(client, LINKED, [chat, None], event_data={"fragment": "#x"})
        assert (answer.status_code, SECRET in answer.text) == (403, False)
    hidden = json.dumps(_message({"type": "file", "file": _named(str(secret))}))
    escaped = hidden.replace("gradio.FileData", "gradio\\u002eFileData")
    body = f'{{"data": [{escaped}, null], "fn_index": 1, "session_hash": "s"}}'
    headers = {"content-type": "application/json"}
    assert client.post("/gradio_api/queue/join", content=body, headers=headers).status_code == 403


def test_who_signed_in_adds_only_what_was_uploaded(meadow: Engine, tmp_path: Path) -> None:
    home = tmp_path / "home"
    secret = tmp_path / "secret.md"
    secret.write_text(SECRET)
    with _page(home, meadow) as client:
        _sign_in(client)
        fields = ["A secret", "", "2001", "report", "en"]
        taken = _send(client, "_add", [_named(str(secret)), "", *fields])
        assert not taken["success"]
        assert secret.read_text() == SECRET
        assert not list((home / "library").glob("*.md"))
        far = _send(client, "_add", [_named("https://evil.example/a.md"), "", *fields])
        assert far.status_code == 403
        uploaded = client.post("/gradio_api/upload", files={"files": ("a.md", b"# A\n\nBees hum.")})
        added = _send(client, "_add", [_named(uploaded.json()[0]), "", *fields], session="s2")
        assert added["success"]
        assert len(list((home / "library").glob("*.md"))) == 1
        told = _send(client, "_add", [None, "", *fields], session="s3")
        assert "Choose a file" in json.dumps(told)


def test_a_refusal_is_told_in_the_language_of_the_reader(client: TestClient) -> None:
    body: dict[str, Any] = {"data": [_named("/etc/passwd")], "session_hash": "s"}

    def told(language: str) -> str:
        headers = {"accept-language": language}
        answer = client.post("/gradio_api/queue/join", json=body, headers=headers)
        assert answer.status_code == 403
        return answer.text

    assert told("de, en;q=0.5") == "Footnote takes no files here: sign in."
    assert told("es-MX, en;q=0.5") == "Footnote no recibe archivos aquí: entre con su nombre."
    other = {"accept-language": "es", "sec-fetch-site": "cross-site"}
    answer = client.post("/gradio_api/queue/join", json={}, headers=other)
    assert (answer.status_code, answer.text) == (403, "Esta petición vino de otra página.")


def test_messages_that_come_back_are_texts_alone(client: TestClient) -> None:
    component = {
        "type": "component",
        "component": "file",
        "value": "/etc/passwd",
        "constructor_args": {},
        "props": {},
    }
    answer = _send(client, LINKED, [_message(component), None], event_data={"fragment": "#x"})
    assert answer["success"]
    assert "passwd" not in json.dumps(answer)
    good = _message({"type": "text", "text": "Hello"})
    assert own_messages(good) == [{"role": "user", "content": "Hello"}]
    assert own_messages(good + _message(component)) == []
    assert own_messages([{"role": "system", "content": [{"type": "text", "text": "x"}]}]) == []
    assert own_messages("x") == own_messages(None) == []


def test_values_that_no_filter_gives_are_refused() -> None:
    given = [["a"], "a b", [], [], None, ""]
    assert narrowed("Why?", [], given).off == ("b",)
    for place, value in ((0, "a"), (0, [1]), (1, 5), (2, [{}]), (3, 7), (4, {}), (2, ["<b>"])):
        values: list[Any] = [*given[:place], value, *given[place + 1 :]]
        with pytest.raises(QuestionError, match="load the page again"):
            narrowed("Why?", [], values)


def test_a_session_that_the_server_forgot_can_still_ask(client: TestClient) -> None:
    # Such as after a restart: the page holds choices that this server never told the session.
    filtered = [["reed2019"], "moss2015 reed2019", [], [], "", ""]
    answer = _send(client, CHAT, ["How do bees dance?", [], None, *filtered], session="old")
    assert answer["success"]
    assert "reed2019" in json.dumps(answer)


def test_requests_of_other_pages_change_nothing(client: TestClient) -> None:
    _sign_in(client)
    files = {"files": ("a.md", b"# A")}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"},
    ):
        assert client.post("/gradio_api/upload", files=files, headers=headers).status_code == 403
        told = client.post("/gradio_api/queue/join", json={"data": []}, headers=headers)
        assert told.status_code == 403
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/gradio_api/upload", files=files, headers=own).status_code == 200


def test_files_are_given_to_none_but_those_who_may_add_them(client: TestClient) -> None:
    files = {"files": ("a.md", b"# A")}
    assert client.get("/gradio_api/file=/etc/passwd").status_code == 403
    _sign_in(client)
    kept = client.post("/gradio_api/upload", files=files).json()[0]
    assert client.get(f"/gradio_api/file={kept}").status_code == 200
    assert client.get("/gradio_api/file=/etc/passwd").status_code == 403
    assert client.get("/gradio_api/file=https://evil.example/").status_code == 403
    assert client.get("/gradio_api/proxy=https://evil.example/").status_code == 403
    client.post("/sign-out")
    assert client.get(f"/gradio_api/file={kept}").status_code == 403


def test_bodies_that_are_too_long_or_no_json_are_refused(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    for body, status in ((b" " * (MOST_BYTES + 1), 413), (b"{", 400), (b"[" * 100_000, 400)):
        told = client.post("/gradio_api/queue/join", content=body, headers=headers)
        assert told.status_code == status
    sent = client.post("/gradio_api/component_server", files={"data": ("a", b"x")})
    assert sent.status_code == 415


def test_only_who_may_changes_the_library_whatever_is_sent(client: TestClient, home: Path) -> None:
    for name in ("change", "change_1", "change_2", "_start", "start", "start_1", "start_2"):
        for number, value in enumerate(("reed2019", ["x"], {"a": 1}, None)):
            data = [value, value] if name == "_start" else [value] if "change" in name else []
            told = _send(client, name, data, session=f"{name}{number}")
            assert told["success"]
            assert "sign in" in json.dumps(told)
    assert not (home / "library").exists()
    assert not (home / "index").exists()
