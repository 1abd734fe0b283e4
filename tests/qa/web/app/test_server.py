"""The server of the page."""

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from corpus.errors import BusyError
from qa.web.app.server import listen, server_settings


def test_a_port_in_use_is_told_before_anything_else() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(BusyError, match="is in use"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_a_header_names_who_asks_only_behind_a_proxy(*, behind_proxy: bool) -> None:
    app = FastAPI()

    @app.get("/who")
    def who(request: Request) -> str:
        return str(request.client and request.client.host)

    config = server_settings(app, behind_proxy=behind_proxy)
    config.load()
    client = TestClient(config.loaded_app, client=("127.0.0.1", 5000))
    asked = client.get("/who", headers={"X-Forwarded-For": "203.0.113.9"})
    assert asked.json() == ("203.0.113.9" if behind_proxy else "127.0.0.1")
