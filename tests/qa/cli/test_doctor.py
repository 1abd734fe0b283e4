"""The command `footnote doctor`: every version is checked."""

from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.versions.published import Versions
from tests.index.versions.history import SECOND, TEXTS, edition, flip_a_bit, rebuild


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two versions: `1-…` of TEXTS, and in use `2-…` of SECOND."""
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=5))
    rebuild(settings, TEXTS)
    rebuild(settings, SECOND)
    return settings


def test_doctor_checks_every_version_and_names_what_mends_each(settings: Settings) -> None:
    from qa.cli.diagnosis import diagnose

    versions = Versions(settings.home)
    one, two = versions.ids()
    rebuild(settings, edition(3))
    flip_a_bit(versions.path(two) / "passages.faiss")
    found = [f for f in diagnose(settings, deep=True) if f.subject == "versions"]
    assert [f.state for f in found] == ["fault", "sound"]
    assert "passages.faiss: altered" in found[0].message
    assert found[0].message.endswith(f": run 'footnote versions prune {two}' to remove it")
    assert "footnote build" not in found[0].message
    assert found[1].message == f"not in use: {one}, every passage checked"
    flip_a_bit(versions.path(versions.current()) / "store.sqlite")
    (index,) = [f for f in diagnose(settings, deep=True) if f.subject == "index"]
    assert index.state == "fault"
    assert index.message.endswith(f"run 'footnote build', or 'footnote versions rollback {one}' "
                                  "to go back to it")  # fmt: skip


def test_doctor_notes_a_confidence_that_was_fitted_to_another_model(settings: Settings) -> None:
    from qa.cli.diagnosis import diagnose

    (found,) = [f for f in diagnose(settings) if f.subject == "confidence"]
    assert found.state == "note"
    assert "fitted to all-MiniLM-L6-v2, the index uses toy" in found.message
    assert "set a 'threshold' (0 to 1) in settings.toml" in found.message
    own = settings.model_copy(update={"threshold": 0.4})
    (found,) = [f for f in diagnose(own) if f.subject == "confidence"]
    assert (found.state, found.message) == ("sound", "threshold 0.4 of the settings")
