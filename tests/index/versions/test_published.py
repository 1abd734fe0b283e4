"""Publishing, going back, pruning."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import FootnoteError, IndexDamagedError, IndexMissingError
from corpus.settings import PassageSettings, Settings
from index.search.search import Index
from index.versions.inventory import version_inventory
from index.versions.published import Versions, number
from tests.index.versions.history import SECOND, TEXTS, edition, flip_a_bit, rebuild
from tests.toys import ToyEncoder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two versions: `1-…` of TEXTS, and in use `2-…` of SECOND."""
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=5))
    rebuild(settings, TEXTS)
    rebuild(settings, SECOND)
    return settings


def test_going_back_goes_back_one_version_at_a_time(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three = rebuild(settings, edition(3))
    assert [versions.roll_back(), versions.roll_back()] == [two, one]
    with pytest.raises(IndexMissingError, match="no earlier version"):
        versions.roll_back()
    assert versions.current() == one
    # Built after that: back from there is one, which was in use before, and neither two nor three.
    four = rebuild(settings, edition(4))
    assert number(four) == number(three) + 1
    assert versions.roll_back() == one
    assert versions.roll_back(three) == three
    assert versions.roll_back() == one


def test_what_was_in_use_before_is_searched_after_a_rollback(settings: Settings) -> None:
    Versions(settings.home).roll_back()
    index = Index.open(settings, ToyEncoder())
    assert index.keys == ("alpha", "beta", "gamma")
    index.close()


def test_a_rollback_passes_over_a_damaged_version_and_refuses_it_by_name(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    rebuild(settings, edition(3))
    flip_a_bit(versions.path(two) / "store.sqlite")
    with pytest.raises(IndexDamagedError, match="altered"):
        versions.roll_back(two)
    assert versions.roll_back() == one


def test_a_damaged_version_in_use_offers_an_older_one(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    flip_a_bit(versions.path(two) / "passages.faiss")
    with pytest.raises(IndexDamagedError, match=f"or 'footnote versions rollback {one}'"):
        Index.open(settings, ToyEncoder())
    shutil.rmtree(versions.path(two))
    with pytest.raises(IndexDamagedError, match=f"not there; .*'footnote versions rollback {one}'"):
        Index.open(settings, ToyEncoder())
    versions.roll_back()
    assert versions.current() == one


def test_a_clock_that_is_set_back_changes_neither_order_nor_ids(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Past(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Past":  # noqa: ARG003
            return cls(1999, 1, 1, tzinfo=UTC)

    versions = Versions(settings.home)
    two = versions.current()
    monkeypatch.setattr("index.build.build.datetime", Past)
    three = rebuild(settings, edition(3))
    four = rebuild(settings, SECOND)
    assert versions.ids()[-2:] == (three, four)
    assert len(set(versions.ids())) == 4
    assert version_inventory(versions)[-1].created == "1999-01-01T00:00:00+00:00"
    assert [versions.roll_back(), versions.roll_back()] == [three, two]


def test_pruning_keeps_the_newest_and_the_one_in_use(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three, four, five = (rebuild(settings, edition(n)) for n in (3, 4, 5))
    versions.roll_back(one)
    assert versions.prune(6) == ((), ())
    assert versions.prune(2) == ((two, three), ())
    assert versions.ids() == (one, four, five)
    assert versions.current() == one


def test_pruning_removes_what_is_damaged_first(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three, four = (rebuild(settings, edition(n)) for n in (3, 4))
    flip_a_bit(versions.path(three) / "store.sqlite")
    assert versions.prune(2) == ((one, three), ())
    assert versions.ids() == (two, four)


def test_pruning_leaves_a_version_that_is_read(settings: Settings) -> None:
    versions = Versions(settings.home)
    versions.roll_back()
    reader = Index.open(settings, ToyEncoder())
    read = reader.manifest.id
    versions.roll_back(versions.ids()[1])
    assert versions.prune(1) == ((), (read,))
    assert reader.candidates("gulls cry", 1)[0].passage.text == "Gulls cry over the sea."
    reader.close()
    assert versions.prune(1) == ((read,), ())
    assert not versions.path(read).exists()


def test_the_version_in_use_is_never_removed(settings: Settings) -> None:
    versions = Versions(settings.home)
    with pytest.raises(FootnoteError, match="is in use"):
        versions.remove(versions.current())


def test_a_version_pruned_while_it_is_being_opened_is_no_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.versions import locks

    versions = Versions(settings.home)
    one, two = versions.ids()
    versions.roll_back()
    reading = locks.Reading

    def pruned_first(folder: Path) -> object:
        monkeypatch.setattr(locks, "Reading", reading)
        versions.roll_back(two)
        versions.remove(one)
        return reading(folder)

    monkeypatch.setattr(locks, "Reading", pruned_first)
    index = Index.open(settings, ToyEncoder())
    assert index.manifest.id == two
    index.close()
