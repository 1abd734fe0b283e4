import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import BusyError
from index.versions.locks import Reading, building, unread

HOLD = (
    "import sys\nfrom pathlib import Path\nfrom index.versions.locks import building\n"
    "with building(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n    sys.stdin.readline()\n"
)


def _holder(root: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_build_is_told_who_holds_the_lock_and_since_when(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    try:
        since = json.loads((tmp_path / "build.json").read_text())["since"]
        with pytest.raises(BusyError) as caught, building(tmp_path):
            pass
        assert f"process {process.pid} on " in str(caught.value)
        assert f"since {since}" in str(caught.value)
        assert "wait until it has finished" in str(caught.value)
    finally:
        process.kill()
        process.communicate()


def test_a_stale_lock_hinders_nobody_and_tells_of_the_build_that_was_cut_off(
    tmp_path: Path,
) -> None:
    process = _holder(tmp_path)
    process.kill()
    process.communicate()
    with building(tmp_path) as cut_off:
        assert cut_off is not None
        assert cut_off.pid == process.pid
    with building(tmp_path) as nothing:
        assert nothing is None


def test_a_note_that_is_no_note_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "build.json").write_text("{")
    with building(tmp_path) as cut_off:
        assert cut_off is None
        assert json.loads((tmp_path / "build.json").read_text())["pid"] == os.getpid()


def test_what_is_read_is_not_free_to_be_removed_until_the_last_reader_is_done(
    tmp_path: Path,
) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    one, other = Reading(tmp_path), Reading(tmp_path)
    with unread(tmp_path) as free:
        assert not free
    one.close()
    with unread(tmp_path) as free:
        assert not free
    other.close()
    with unread(tmp_path) as free:
        assert free


def test_what_is_gone_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Reading(tmp_path)
