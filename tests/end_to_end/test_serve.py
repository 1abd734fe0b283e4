"""The command `footnote serve` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from urllib.request import urlopen

import pytest

from corpus.settings import Settings
from index.versions.published import Versions
from qa.cli.main import main

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
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors


@pytest.mark.slow
def test_serve_answers_from_the_index_that_is_there(start: Start, article: Settings) -> None:
    before = Versions(article.home).current()
    process = start(article.home, "serve", "--port", "0")
    with urlopen(f"{_address(process)}/healthz") as response:
        assert before in response.read().decode()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130


def _failed(capsys: pytest.CaptureFixture[str], serve: Callable[[], object]) -> str:
    """The one line that is told where the chat cannot be served, with exit code 1."""
    with pytest.raises(SystemExit) as caught:
        serve()
    assert caught.value.code == 1
    out, errors = capsys.readouterr()
    assert out == ""
    (line,) = errors.strip().splitlines()
    return str(line)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder without an index, which stays so: what is wrong is told before one is built."""
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    yield tmp_path / "home"
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("home")
def test_a_port_in_use_is_one_line_that_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(sys, "argv", ["footnote", "serve", "--port", str(port)])
        line = _failed(capsys, main)
    assert f"port {port} on 127.0.0.1 is in use" in line
    assert "--port" in line


@pytest.mark.usefixtures("home")
def test_an_address_that_cannot_be_had_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["footnote", "serve", "--host", "192.0.2.1"])
    assert "cannot listen on 192.0.2.1" in _failed(capsys, main)


@pytest.mark.usefixtures("home")
def test_app_py_serves_the_same_chat(capsys: pytest.CaptureFixture[str]) -> None:
    app = str(Path(__file__).parents[2] / "app.py")
    # The default port is taken on purpose, so that the test holds none and ends at once.
    with socket.create_server(("127.0.0.1", 7860)) if _free(7860) else socket.socket():
        line = _failed(capsys, lambda: run_path(app, run_name="__main__"))
    assert "port 7860 on 127.0.0.1 is in use" in line


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
