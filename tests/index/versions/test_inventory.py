"""What each version holds and how two differ."""

from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.versions.inventory import difference, version_inventory
from index.versions.published import Versions, number
from tests.index.versions.history import SECOND, TEXTS, rebuild


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two versions: `1-…` of TEXTS, and in use `2-…` of SECOND."""
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=5))
    rebuild(settings, TEXTS)
    rebuild(settings, SECOND)
    return settings


def test_a_list_tells_what_is_in_each_version_and_which_is_in_use(settings: Settings) -> None:
    one, two = version_inventory(Versions(settings.home))
    assert (number(one.id), one.state, one.documents, one.model) == (1, "published", 3, "toy")
    assert (number(two.id), two.state, two.documents, two.passages) == (2, "current", 3, 5)
    assert one.bytes == sum(
        file.stat().st_size
        for file in Versions(settings.home).path(one.id).iterdir()
        if file.name != "manifest.json"
    )


def test_a_difference_counts_documents_and_passages(settings: Settings) -> None:
    versions = Versions(settings.home)
    found = difference(versions, *versions.ids())
    # alpha: its first passage stays, its second is another; gamma had one passage, delta has one.
    assert [(d.key, d.state, d.added, d.removed, d.changed) for d in found.documents] == [
        ("alpha", "changed", 0, 0, 1),
        ("delta", "added", 1, 0, 0),
        ("gamma", "removed", 0, 1, 0),
    ]
    assert (found.unchanged, found.models) == (1, None)
