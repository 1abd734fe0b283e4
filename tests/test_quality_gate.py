"""The regression gate: the shipped settings hold the shipped thresholds on the measuring halves."""

from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from index.models import Models
from qa.evaluate.golden import run_gold
from qa.evaluate.limits import held, read_thresholds
from tests.conftest import kept_index
from tests.toys import SHARED

SOURCES = SHARED / "sources"


@pytest.mark.slow
def test_the_shipped_settings_hold_the_thresholds(
    models: Models, pytestconfig: pytest.Config
) -> None:
    texts = SOURCES if SOURCES.exists() else None
    evaluation = run_gold(kept_index("shared" if texts else "article", models, pytestconfig, texts))
    found = held(evaluation, read_thresholds(), all_asked=False)
    assert found.broken == ()
    # Without the texts of the cited sources the article alone is held.
    assert (found.unasked == ()) == (texts is not None)


def test_a_threshold_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text('[[threshold]]\nmeasure = "AUROC"\nvalue = 0.5\nreason = " "\n')
    with pytest.raises(ConfigurationError, match=r"'AUROC' has no reason"):
        read_thresholds(path)


def test_each_shipped_threshold_has_a_reason_and_a_group() -> None:
    assert {one.group for one in read_thresholds()} == {"article", "library"}
