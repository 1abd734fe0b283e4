"""A build that ends badly, by SIGKILL or on a full disk, loses nothing and goes on."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import StorageError
from index.build.build import build
from index.search.search import Index
from index.versions.integrity import verify
from index.versions.published import Versions
from tests.crash import kept, settings
from tests.toys import ToyEncoder, write_library

SEED, POINTS = 4, 20
TEXTS = {
    "alpha": "# Alpha\n\n## First\n\nThe red fox runs. It sleeps at night.",
    "beta": "# Beta\n\nThe cat sat on the mat. Nobody saw the cat.",
}
MORE = TEXTS | {
    "beta": "# Beta\n\nThe cat left the mat. Nobody saw the cat.",
    "gamma": "# Gamma\n\n" + " ".join(f"Sentence number {n} is here." for n in range(300)),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published version in `home` and a library that has changed since."""
    folder = tmp_path_factory.mktemp("crash")
    library = write_library(folder / "packaged", TEXTS)
    build(settings(folder / "home"), ToyEncoder(), packaged=library)
    write_library(library, MORE)
    return folder


@pytest.fixture(scope="module")
def whole(begun: Path) -> Path:
    """The version that a build makes which nothing hinders."""
    home = begun / "whole"
    shutil.copytree(begun / "home", home)
    report = build(settings(home), ToyEncoder(), packaged=begun / "packaged")
    return Versions(home).path(report.version)


def _crash(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _assert_same(folder: Path, other: Path) -> None:
    name = "passages.faiss"
    assert (folder / name).read_bytes() == (other / name).read_bytes()


@pytest.mark.slow
def test_a_build_killed_at_any_point_leaves_a_version_serving_and_goes_on(
    begun: Path, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(begun / "home", tmp_path / "count")
    moments = json.loads(_crash("count", str(tmp_path / "count"), str(begun / "packaged")))
    # One in each twentieth of the build, so that every step of it is hit.
    chance = random.Random(SEED)
    edges = [moments * n // POINTS for n in range(POINTS + 1)]
    points = [chance.randrange(*pair) for pair in pairwise(edges)]
    homes = [tmp_path / str(point) for point in points]
    for home in homes:
        shutil.copytree(begun / "home", home)
    named = [str(part) for pair in zip(points, homes, strict=True) for part in pair]
    ends = json.loads(_crash("kill", str(begun / "packaged"), *named))
    assert ends == [-signal.SIGKILL] * POINTS
    old = Versions(begun / "home").current()
    texts = len(_encoded_by_a_whole_build(begun, tmp_path))
    resumed = served_new = 0
    for home in homes:
        versions = Versions(home)
        before = versions.current()
        served_new += before != old
        verify(versions.path(before))
        index = Index.open(settings(home), ToyEncoder())
        assert index.candidates("fox", 1)
        index.close()
        known, encoder = kept(home), ToyEncoder()
        report = build(settings(home), encoder, packaged=begun / "packaged")
        # What was kept is not encoded again; where the version was whole already, nothing is.
        assert len(encoder.encoded) <= texts - known
        assert len(encoder.encoded) == 0 or len(encoder.encoded) == texts - known
        resumed += 0 < known < texts
        assert versions.current() == report.version
        _assert_same(versions.path(report.version), whole)
        assert not versions.staging.exists()
    with capsys.disabled():
        print(
            f"\n[killed at {POINTS} of {moments:,} moments, seed {SEED}: {POINTS - served_new} "
            f"served the old version, {served_new} the new one; {resumed} went on from kept "
            "vectors; 0 lost anything]"
        )
    assert resumed


def _encoded_by_a_whole_build(begun: Path, tmp_path: Path) -> set[str]:
    shutil.copytree(begun / "home", tmp_path / "reference")
    encoder = ToyEncoder()
    build(settings(tmp_path / "reference"), encoder, packaged=begun / "packaged")
    return set(encoder.encoded)


@pytest.fixture(params=[10_000, 30_000, 50_000, 70_000, 100_000])
def limited(request: pytest.FixtureRequest) -> Iterator[int]:
    """No file may grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield request.param
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


def test_a_disk_that_is_full_is_one_line_and_the_build_goes_on_when_there_is_room(
    begun: Path, whole: Path, tmp_path: Path, limited: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun / "home", home)
    old = Versions(home).current()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limited, hard))
    try:
        with pytest.raises(StorageError, match="make room") as caught:
            build(settings(home), ToyEncoder(), packaged=begun / "packaged")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "\n" not in str(caught.value)
    assert Versions(home).current() == old
    verify(Versions(home).path(old))
    assert not (Versions(home).staging / "version").exists()
    known, encoder = kept(home), ToyEncoder()
    report = build(settings(home), encoder, packaged=begun / "packaged")
    assert len(encoder.encoded) + known == len(_encoded_by_a_whole_build(begun, tmp_path))
    _assert_same(Versions(home).path(report.version), whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 kB, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)]
    if os.geteuid() != 0 or mount is None or subprocess.run(command, check=False).returncode:
        pytest.skip("no right to mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_small_disk_that_fills_up_keeps_the_old_version(
    begun: Path, whole: Path, small_disk: Path
) -> None:
    home = small_disk / "home"
    shutil.copytree(begun / "home", home)
    old = Versions(home).current()
    filler = small_disk / "filler"
    filler.write_bytes(bytes(250_000))
    with pytest.raises(StorageError, match="make room"):
        build(settings(home), ToyEncoder(), packaged=begun / "packaged")
    assert Versions(home).current() == old
    verify(Versions(home).path(old))
    filler.unlink()
    report = build(settings(home), ToyEncoder(), packaged=begun / "packaged")
    _assert_same(Versions(home).path(report.version), whole)


@pytest.mark.slow
def test_a_folder_without_write_permission_is_told_in_one_line(begun: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun / "home", home)
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Whoever may write nothing must get as far as the folder; below the run's own folder of pytest.
    for parent in (tmp_path, *tmp_path.parents[:3], begun, *begun.parents[:3]):
        if parent.name.startswith(("pytest-", "popen-")) or parent in {tmp_path, begun}:
            parent.chmod(0o755)
    found, planned, message = json.loads(_crash("deny", str(home), str(begun / "packaged")))
    assert (found, planned > 0) == (1, True)
    assert "check the permissions" in message
    assert "\n" not in message
