"""Signing in through the page, and what it opens."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.settings import Settings
from qa.answering.engine import Engine
from qa.web.access.sessions import COOKIE
from qa.web.access.users import Users
from qa.web.app.compose import whole_page
from tests.browser.meadow import open_meadow

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_meadow(Path(tmp_path_factory.mktemp("meadow")))


@pytest.fixture(scope="module")
def page(meadow: Engine, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return _page(Path(tmp_path_factory.mktemp("home")), meadow)


@pytest.fixture
def client(page: TestClient) -> TestClient:
    """A visitor who has not signed in, of a page that tests share: none fails often enough there
    to have to wait."""
    page.cookies.clear()
    return page


def _page(home: Path, meadow: Engine) -> TestClient:
    Users(home).add("maria", PASSWORD)
    app = whole_page(Settings(home=home), meadow, None, local=True)
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


def test_the_page_says_in_its_language_how_long_to_wait(meadow: Engine, tmp_path: Path) -> None:
    client = _page(tmp_path, meadow)
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
