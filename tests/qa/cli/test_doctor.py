"""The command `footnote doctor`: every version is checked."""

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.settings import PassageSettings, Settings
from index.versions.published import Versions
from qa.answering.reader import READER_FOLDER
from tests.index.versions.history import SECOND, TEXTS, edition, flip_a_bit, rebuild

if TYPE_CHECKING:
    from qa.cli.diagnosis import Finding


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


def _of_reader(settings: Settings, *, deep: bool = False) -> "Finding":
    from qa.cli.diagnosis import diagnose

    (found,) = [one for one in diagnose(settings, deep=deep) if one.subject == "reader"]
    return found


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize(
    "broken",
    [
        ("model.onnx", None, "model.onnx: not readable"),
        ("model.onnx", b"cut", "model.onnx: sha256 is"),
        ("tokenizer.json", None, r"cannot be loaded|tokenizer\.json: "),
        ("tokenizer.json", b"{", r"cannot be loaded|tokenizer\.json: "),
    ],
)
def test_doctor_notes_a_reader_that_cannot_be_had_since_the_rest_works(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: tuple[str, bytes | None, str],
    *,
    deep: bool,
) -> None:
    name, content, reason = broken
    folder = tmp_path / "reader"
    shutil.copytree(READER_FOLDER, folder)
    file = folder / name
    file.unlink() if content is None else file.write_bytes(content)
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", folder)
    found = _of_reader(settings, deep=deep)
    assert found.state == "note"
    assert "answers are less sure" in found.message
    assert re.search(reason, found.message)
    assert "install" in found.message


def test_doctor_looks_for_no_bundled_reader_where_the_settings_do_without(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    without = settings.model_copy(update={"reader": "none"})
    assert _of_reader(without).state == "sound"
    assert _of_reader(without).message == "none, as settings.toml says"


def test_doctor_calls_a_reader_of_the_settings_that_cannot_be_loaded_a_fault(
    settings: Settings, tmp_path: Path
) -> None:
    found = _of_reader(settings.model_copy(update={"reader": str(tmp_path / "nobody")}))
    assert found.state == "fault"
    assert "cannot be loaded" in found.message


def test_doctor_notes_a_confidence_of_ones_own_that_was_fitted_to_other_inputs(
    settings: Settings,
) -> None:
    from qa.cli.diagnosis import diagnose

    own = settings.library / "calibration.json"
    own.parent.mkdir(exist_ok=True)
    own.write_text('{"weights": {"dense": 1}}', encoding="utf-8")
    (found,) = [f for f in diagnose(settings) if f.subject == "confidence"]
    assert found.state == "note"
    assert "fitted to other inputs" in found.message
    assert "make calibrate" in found.message
