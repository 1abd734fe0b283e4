"""The command `footnote serve` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from corpus.settings import Settings
from index.versions.versions import Versions

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `footnote` with arguments; what is left running at the end is ended."""
    running: list[subprocess.Popen[str]] = []

    def run(home: Path, *arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "qa.cli.main", *arguments],
            env=os.environ | {"FOOTNOTE_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Footnote answers at http://127.0.0.1:")
    return line.split()[-1]


@pytest.mark.slow
def test_serve_builds_a_missing_index_prints_its_address_and_stops_when_told(
    start: Start, tmp_path: Path
) -> None:
    process = start(tmp_path / "home", "serve", "--port", "0")
    with urlopen(_address(process)) as page:
        assert '"title":"Footnote"' in page.read().decode()
    assert Versions(tmp_path / "home").any()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors


def test_serve_answers_from_the_index_that_is_there(start: Start, article: Settings) -> None:
    before = Versions(article.home).current()
    process = start(article.home, "serve", "--port", "0")
    with urlopen(f"{_address(process)}/healthz") as response:
        assert before in response.read().decode()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_a_port_in_use_is_one_line_that_names_the_way_out(start: Start, article: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(article.home, "serve", "--port", str(port))
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    lines = errors.strip().splitlines()
    assert len(lines) == 1
    assert f"port {port} on 127.0.0.1 is in use" in lines[0]
    assert "--port" in lines[0]


def test_an_address_that_cannot_be_had_is_one_line(start: Start, article: Settings) -> None:
    process = start(article.home, "serve", "--host", "192.0.2.1")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot listen on 192.0.2.1" in errors
    assert "Traceback" not in errors


def test_app_py_serves_the_same_chat(article: Settings) -> None:
    with socket.create_server(("127.0.0.1", 7860)) if _free(7860) else socket.socket():
        process = subprocess.run(
            [sys.executable, str(Path(__file__).parents[2] / "app.py")],
            env=os.environ | {"FOOTNOTE_HOME": str(article.home)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    # The default port is taken on purpose, so that the test holds none and ends at once.
    assert process.returncode == 1
    assert "port 7860 on 127.0.0.1 is in use" in process.stderr


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
