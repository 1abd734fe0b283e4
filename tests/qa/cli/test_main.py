import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.sources.library import CALIBRATION_FILE, PACKAGED
from index.build.build import build
from index.versions.published import Versions
from qa.answering.confidence import calibration
from qa.answering.engine import Engine
from qa.cli.main import main
from tests.toys import ToyEncoder, write_library

QUESTION = "How many trafficking victims did Mexico identify in 2016?"
_KEYS = [
    "question searched answered certainty confidence reason quotes closest index_version "
    "elapsed_ms parts about warning".split(),
    "text source start end strong answer section page pinpoint language score passage reference "
    "url references also".split(),
]


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture
def cli(article: Settings, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("FOOTNOTE_HOME", str(article.home))
    monkeypatch.setenv("COLUMNS", "200")
    return monkeypatch


def test_ask_prints_the_json_of_the_design(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(cli, "ask", QUESTION, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == _KEYS[0]
    assert answer["answered"] is True
    assert list(answer["quotes"][0]) == _KEYS[1]
    assert "740" in answer["quotes"][0]["text"]
    assert set(answer["quotes"][0]["passage"]) == {"id", "start", "end", "text"}


def test_ask_prints_quotations_with_their_references(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(cli, "ask", QUESTION) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "identified 740 trafficking victims" in shown
    assert "[1] Delgado, O. (n.d.)." in shown


def test_ask_prints_above_quotations_that_may_answer_that_they_may(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fitted = calibration(PACKAGED / CALIBRATION_FILE)
    for sure in (1.0, 0.0):
        own = replace(fitted, threshold=0.0, sure=sure)
        cli.setattr("qa.answering.weighing.calibration", lambda _path, own=own: own)
        assert _run(cli, "ask", QUESTION) == 0
    may, does = capsys.readouterr().out.split("index ", 1)
    assert may.index("These passages may answer:") < may.index("740 trafficking victims")
    assert "740 trafficking victims" in does
    assert "may answer" not in does


def test_batch_prints_one_object_a_row_in_order_and_marks_the_row_that_failed(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [
        {"id": "q1", "question": QUESTION, "history": ["Who reports?"], "sources": ["delgado"]},
        {"id": 2, "question": "  "},
        {"id": "q3", "question": "How do I bake bread?"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n")
    assert _run(cli, "ask", "--batch", str(file), "--json") == 1
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in printed] == ["q1", 2, "q3"]
    assert [row.get("answered") for row in printed] == [True, None, False]
    assert [row.get("certainty") for row in printed][1:] == [None, "refused"]
    assert "holds no words" in printed[1]["error"]


def test_a_warning_on_the_confidence_is_said_once_on_the_error_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home")
    build(settings, ToyEncoder(), packaged=library)
    opened = Engine.open(settings, ToyEncoder())
    monkeypatch.setattr(Engine, "open", lambda _settings: opened)
    monkeypatch.setenv("COLUMNS", "200")
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f'{{"id": {n}, "question": "Do cats purr?"}}\n' for n in range(2)))
    assert _run(monkeypatch, "ask", "--batch", str(rows), "--home", str(settings.home)) == 0
    said = capsys.readouterr().err
    assert said.count("warning: the confidence was fitted to all-MiniLM-L6-v2") == 1
    opened.close()


def test_batch_reads_standard_input(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = json.dumps({"id": "q", "question": QUESTION}).encode()
    cli.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(row)))
    assert _run(cli, "ask", "--batch", "-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "q"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param('{"id": "q"}', "line 2: question: Field required", id="no question"),
        pytest.param('{"id": "q", "question": 3}', "line 2: question: ", id="not text"),
        pytest.param('{"id": "q", "question": "a", "x": 1}', "line 2: x: Extra", id="unknown"),
        pytest.param("nonsense", "line 2: ", id="no JSON"),
    ],
)
def test_a_broken_row_of_a_batch_is_named_before_anything_is_asked(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    row: str,
    message: str,
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "q", "question": "a"}\n' + row)
    assert _run(cli, "ask", "--batch", str(file), "--json") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["ask", ""], 1, "holds no words", id="empty question"),
        pytest.param(["ask", "\x07\x1b"], 1, "holds no words", id="control characters"),
        pytest.param(["ask", "why " * 6000], 1, "at most 20,000", id="long question"),
        pytest.param(["ask"], 2, "give a question or --batch", id="nothing asked"),
        pytest.param(["ask", "a", "--batch", "b"], 2, "one of the two", id="both"),
        pytest.param(["ask", "--batch", "nosuch"], 1, "nosuch: not readable", id="no file"),
        pytest.param(["ask", "a?", "--source", "x"], 1, "No indexed source x", id="no source"),
        pytest.param(["build", "--encoder", "/nosuch"], 1, "cannot be loaded", id="no model"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    assert _run(cli, *arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err
    if code == 1:
        lines = [line for line in captured.err.splitlines() if "footnote:" in line]
        assert len(lines) == 1


def test_asking_without_an_index_says_what_to_run(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(cli, "ask", "Who?", "--home", str(tmp_path / "new")) == 1
    assert "run 'footnote build'" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_build_reports_what_it_published(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    article: Settings,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(article.home, home)
    write_library(home / "library", {"gamma": "Gulls cry."})
    before = Versions(home).current()
    assert _run(cli, "build", "--home", str(home), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["published"] is True
    assert Versions(home).current() == report["version"] != before
    assert _run(cli, "build", "--home", str(home)) == 0
    captured = capsys.readouterr()
    assert "nothing changed" in captured.out
    assert "0 new, 0 changed, 2 unchanged, 0 removed: 0 passages to encode" in captured.err


def test_a_dry_run_prints_the_plan_and_builds_nothing(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(cli, "build", "--dry-run", "--home", str(tmp_path / "home")) == 0
    shown = capsys.readouterr().out
    assert re.fullmatch(
        r"1 new, 0 changed, 0 unchanged, 0 removed: \d+ passages to encode\n", shown
    )
    assert not (tmp_path / "home" / "index").exists()
    assert _run(cli, "build", "--dry-run", "--json", "--full") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == ["delgado"]


@pytest.mark.parametrize("registry", ['[{"id": "a"', '[{"id": "delgado"}, {"id": "delgado"}]'])
def test_a_broken_registry_is_one_line_and_nothing_is_lost(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    article: Settings,
    registry: str,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(article.home, home)
    (home / "library").mkdir()
    (home / "library" / "sources.json").write_text(registry)
    assert _run(cli, "build", "--home", str(home)) == 1
    error = capsys.readouterr().err
    assert "sources.json" in error
    assert "Traceback" not in error
    assert _run(cli, "ask", QUESTION, "--home", str(home)) == 0


def test_doctor_finds_a_sound_installation(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(cli, "doctor", "--deep", "--json") == 0
    findings = json.loads(capsys.readouterr().out)
    assert {f["subject"] for f in findings} == {
        "packages", "model", "reader", "data folder", "library", "index", "confidence",
    }  # fmt: skip
    assert not [f for f in findings if f["state"] == "fault"]


def test_doctor_names_a_damaged_index_and_what_mends_it(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    article: Settings,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(article.home, home)
    (version,) = (home / "index" / "versions").iterdir()
    store = version / "store.sqlite"
    raw = bytearray(store.read_bytes())
    raw[-10] ^= 255
    store.write_bytes(raw)
    assert _run(cli, "doctor", "--home", str(home), "--deep") == 1
    shown = capsys.readouterr().out
    assert re.search(r"index: .*store\.sqlite: altered .*run 'footnote build'", shown)


def test_doctor_notes_a_library_that_is_newer_than_the_index(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    article: Settings,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(article.home, home)
    write_library(home / "library", {"gamma": "Gulls cry."})
    assert _run(cli, "doctor", "--home", str(home)) == 0
    assert "new since the build: gamma: run 'footnote build'" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["build", "ask", "serve", "doctor"])
def test_help_has_an_example(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert _run(cli, command, "--help") == 0
    assert f"footnote {command}" in capsys.readouterr().out.split("Example", 1)[1]


def test_the_command_starts_without_loading_what_searches() -> None:
    line = "import sys, qa.cli.main; print({'numpy', 'faiss', 'torch', 'gradio'} & {*sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", line], capture_output=True, text=True, check=True
    ).stdout
    assert loaded == "set()\n"
