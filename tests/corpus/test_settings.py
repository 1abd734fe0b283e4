from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.settings import load_settings


def test_settings_are_the_defaults_where_there_is_no_file(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert (settings.encoder, settings.threshold) == (None, None)
    assert settings.library == tmp_path / "library"


def test_home_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "elsewhere"))
    assert load_settings().home == tmp_path / "elsewhere"


def test_settings_are_read_from_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("threshold = 0.0\n[passages]\nmax_words = 90\n")
    settings = load_settings(tmp_path)
    assert (settings.threshold, settings.passages.max_words) == (0.0, 90)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("treshold = 0.5", "treshold: Extra inputs", id="unknown name"),
        pytest.param("threshold = 1.5", "threshold: .*received 1.5", id="out of range"),
        pytest.param("passages.max_words = 2", "above max_words", id="least above most"),
        pytest.param("passages.law_max_words = 9", "law_min_words 40 is", id="least of laws"),
        pytest.param("threshold =", "not readable as TOML", id="broken file"),
        pytest.param("home = 'x'", "cannot be set here", id="home within home"),
        pytest.param("reranker = 'none'", "'reranker' is called 'reader' now", id="old name"),
        pytest.param("passages = 3", "passages: ", id="wrong kind"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=message) as caught:
        load_settings(tmp_path)
    assert "settings.toml" in str(caught.value)
    assert "\n" not in str(caught.value)
