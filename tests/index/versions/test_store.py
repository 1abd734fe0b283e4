"""The store of a version: passages loaded by their rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store
from tests.toys import ToyEncoder, write_library


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr. Dogs bark. Bees buzz."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=4))
    build(settings, ToyEncoder(), packaged=library)
    versions = Versions(settings.home)
    opened = Store(versions.path(versions.current()) / STORE_FILE)
    yield opened
    opened.close()


def test_passages_come_in_the_order_of_their_rows_with_their_sentences(store: Store) -> None:
    last, first = store.passages([1, 0])
    assert (last.text, first.text) == ("Bees buzz.", "Cats purr. Dogs bark.")
    assert [len(one.sentences) for one in (last, first)] == [1, 2]
    assert [first.cut(one) for one in first.sentences] == ["Cats purr.", "Dogs bark."]
    assert store.passages([]) == ()


def test_a_row_that_is_not_there_is_damage(store: Store) -> None:
    with pytest.raises(IndexDamagedError, match="has no passage 9"):
        store.passages([0, 9])
