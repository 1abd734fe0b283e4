"""The regression gate: the shipped settings hold the shipped thresholds on the measuring half."""

import hashlib
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.settings import Settings
from corpus.sources.library import PACKAGED, THRESHOLDS_FILE
from qa.evaluate.reports.thresholds import held, read_thresholds
from qa.evaluate.runs.gold import run_gold

THRESHOLDS = PACKAGED / THRESHOLDS_FILE


@pytest.mark.slow
@pytest.mark.whole_library
def test_the_shipped_settings_hold_the_thresholds(library: Settings, article: Settings) -> None:
    found = held(run_gold(library), read_thresholds(THRESHOLDS), all_asked=library != article)
    assert found.broken == ()


def test_a_threshold_is_changed_only_with_a_word_in_the_change_log() -> None:
    known = hashlib.sha256(THRESHOLDS.read_bytes()).hexdigest()[:12]
    log = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"thresholds {known}" in log, "say in CHANGELOG.md why thresholds changed, and this hash"


def test_a_threshold_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text('[[threshold]]\nmeasure = "AUROC"\nvalue = 0.5\nreason = " "\n')
    with pytest.raises(ConfigurationError, match=r"'AUROC' has no reason"):
        read_thresholds(path)


def test_each_shipped_threshold_has_a_reason_and_a_group() -> None:
    assert {one.group for one in read_thresholds(THRESHOLDS)} == {"article", "library"}
