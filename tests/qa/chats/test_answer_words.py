"""Saved chats: the words that are marked as the answer stand in the store, too."""

import json
from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store
from qa.chats.quotation_check import Verified, read_chat, verified
from tests.toys import ToyEncoder, write_library

QUOTED, MARKED = "It eats red berries at night.", "red berries"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    folder = tmp_path_factory.mktemp("marked")
    texts = {"fox": f"# About\n\nThe fox runs all day. {QUOTED}"}
    settings = Settings(home=folder / "home", passages=PassageSettings(min_words=1, max_words=20))
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", texts))
    return Versions(settings.home)


def _verified(versions: Versions, path: Path, *, shift: int = 0, **changed: object) -> Verified:
    """A chat of one quotation, its answering words changed, as `footnote verify` reads it."""
    version = versions.current()
    store = Store(versions.path(version) / STORE_FILE)
    text = store.document("fox").text
    store.close()
    start, begin = text.index(QUOTED) + shift, text.index(MARKED) + shift
    words = {"text": MARKED, "start": begin, "end": begin + len(MARKED)} | changed
    quote = {"text": QUOTED, "source": "fox", "start": start, "end": start + len(QUOTED)}
    turn = {"index_version": version, "quotes": [quote | {"answer": words}]}
    path.write_text(json.dumps(turn), encoding="utf-8")
    (found,) = verified(versions, read_chat(path))
    return found


def test_answering_words_that_stand_there_hold(versions: Versions, tmp_path: Path) -> None:
    assert _verified(versions, tmp_path / "chat.json").state == "exact"
    assert _verified(versions, tmp_path / "chat.json", shift=-2).state == "moved"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"text": "Red berries"}, id="other words"),
        pytest.param({"end": 10_000}, id="another end"),
        pytest.param({"start": 0, "end": 1, "text": "A"}, id="outside of the quotation"),
    ],
)
@pytest.mark.parametrize("shift", [0, -2])
def test_answering_words_that_were_altered_are_told(
    versions: Versions, tmp_path: Path, changed: dict[str, object], shift: int
) -> None:
    found = _verified(versions, tmp_path / "chat.json", shift=shift, **changed)
    assert found.state == "altered"
    assert not found.holds
    assert "words marked as the answer" in found.detail
