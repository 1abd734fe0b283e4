"""Whatever happens to a file of a version is found when it is opened, and the file is named."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexDamagedError
from corpus.settings import KindRow, PassageSettings, Settings, VectorSettings
from index.build.build import build
from index.search.search import Index
from index.versions.published import Versions
from tests.toys import ToyEncoder, write_library


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two versions with an approximate search."""
    folder = tmp_path_factory.mktemp("damage")
    settings = Settings(
        home=folder / "home",
        passages=PassageSettings(min_words=1, max_words=4),
        vectors=VectorSettings(kinds=(KindRow(kind="hnsw"),)),
    )
    many = " ".join(f"Thing{n} meets item{n + 7}." for n in range(60))
    for texts in ({"one": many}, {"one": many, "two": "Cats purr."}):
        library = write_library(folder / "packaged", texts)
        build(settings, ToyEncoder(), packaged=library)
    return settings


def _files(settings: Settings) -> list[Path]:
    versions = Versions(settings.home)
    return sorted(versions.path(versions.current()).iterdir())


def _assert_found(settings: Settings, file: Path, damaged: bytes) -> None:
    """Damage a file, open the version, mend the file."""
    whole = file.read_bytes()
    file.write_bytes(damaged)
    try:
        with pytest.raises(IndexDamagedError) as caught:
            Index.open(settings, ToyEncoder()).close()
    finally:
        file.write_bytes(whole)
    message = str(caught.value)
    assert str(file) in message
    assert "\n" not in message
    older = Versions(settings.home).ids()[0]
    assert f"'footnote versions rollback {older}'" in message


@given(data=st.data())
def test_one_flipped_bit_of_any_file_is_found_and_an_older_version_offered(
    settings: Settings, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(_files(settings)))
    raw = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    _assert_found(settings, file, bytes(raw))


@given(data=st.data())
def test_a_file_cut_off_anywhere_is_found_and_an_older_version_offered(
    settings: Settings, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(_files(settings)))
    raw = file.read_bytes()
    _assert_found(settings, file, raw[: data.draw(st.integers(0, len(raw) - 1))])


def test_a_file_that_is_gone_is_named(settings: Settings) -> None:
    for file in _files(settings):
        aside = settings.home / "aside"
        shutil.move(file, aside)
        try:
            with pytest.raises(IndexDamagedError, match=f"{file.name}: missing"):
                Index.open(settings, ToyEncoder())
        finally:
            shutil.move(aside, file)


def test_a_whole_version_is_opened(settings: Settings) -> None:
    Index.open(settings, ToyEncoder()).close()
    assert len(_files(settings)) == 4
