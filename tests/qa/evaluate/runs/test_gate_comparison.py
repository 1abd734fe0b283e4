"""Two versions compared question by question."""

from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.versions.versions import Versions
from qa.evaluate.data.gold import read_gold
from qa.evaluate.runs.gate import compare_versions
from qa.evaluate.runs.gate_comparison import paired
from tests.qa.evaluate.runs.animals import TEXTS, gold_file, rebuild, replace_texts
from tests.toys import ToyEncoder, write_library


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A version of TEXTS; nothing is ever refused."""
    settings = Settings(
        home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=8), threshold=0
    )
    write_library(tmp_path / "packaged", TEXTS)
    build(settings, ToyEncoder(), packaged=tmp_path / "packaged")
    return settings


def test_the_bootstrap_is_paired_and_repeatable() -> None:
    assert paired([0.0] * 9) == (0.0, 0.0, 0.0)
    assert paired([-1.0, -1.0])[0] == 1.0
    # Of two changes one is a loss: the mean of a sample is below 0 unless both drawn are 0: 3/4.
    assert paired([-1.0, 0.0])[0] == pytest.approx(0.75, abs=0.02)
    assert paired([0.5, -1.0, 0.25]) == paired([0.5, -1.0, 0.25])
    with pytest.raises(LibraryError, match="1 questions to compare"):
        paired([1.0])


def test_a_difference_tells_which_first_quotations_changed(settings: Settings) -> None:
    versions = Versions(settings.home)
    old = versions.current()
    replace_texts(settings, TEXTS | {"owl": "# About\n\nThe owl hoots, which it does at night."})
    new = rebuild(settings).version
    questions = read_gold(gold_file(settings.home.parent))
    found = compare_versions(settings, old, new, questions, lambda _model: ToyEncoder())
    assert [row.id for row in found.moved] == ["q5"]
    (row,) = found.lost
    assert (row.before.worth, row.after.worth) == (1.0, 0.0)
