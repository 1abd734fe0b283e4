"""The regression gate: the shipped settings hold the shipped thresholds on the measuring half.

On the article, whose index the tests have anyway. That of the five long sources takes a quarter of
an hour to build: `make gate DATA=folder` holds all thresholds where one is.
"""

from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.settings import Settings
from qa.evaluate.golden import run_gold
from qa.evaluate.limits import held, read_thresholds


@pytest.mark.slow
def test_the_shipped_settings_hold_the_thresholds(article: Settings) -> None:
    found = held(run_gold(article), read_thresholds(), all_asked=False)
    assert found.broken == ()
    assert {line.partition(":")[0] for line in found.unasked} == {"library"}


def test_a_threshold_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text('[[threshold]]\nmeasure = "AUROC"\nvalue = 0.5\nreason = " "\n')
    with pytest.raises(ConfigurationError, match=r"'AUROC' has no reason"):
        read_thresholds(path)


def test_each_shipped_threshold_has_a_reason_and_a_group() -> None:
    assert {one.group for one in read_thresholds()} == {"article", "library"}
