"""Two versions compared question by question."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.versions.published import Versions
from qa.answering.confidence import UNFITTED
from qa.evaluate.data.gold import GoldQuestion, read_gold
from qa.evaluate.runs.gate import compare_versions
from qa.evaluate.runs.gate_comparison import Result, paired
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


def _record_question(n: int, question: str, source: str | None) -> GoldQuestion:
    record = None if source is None else {"source": source, "field": "author"}
    row = {"id": f"r{n}", "question": question, "kind": "fact", "split": "measure", "answers": []}
    return GoldQuestion.model_validate(row | {"record": record})


def test_what_a_record_says_is_compared_as_readers_are_told_it(settings: Settings) -> None:
    versions = Versions(settings.home)
    old = versions.current()
    # The owl leaves the library, and its record with it.
    replace_texts(settings, {key: text for key, text in TEXTS.items() if key != "owl"})
    new = rebuild(settings).version
    asked = [
        _record_question(0, "Who wrote Title of fox?", "fox"),
        _record_question(1, "Who wrote Title of owl?", "owl"),
        _record_question(2, "Who wrote Title of cat?", None),  # labelled as answered by nothing
    ]
    found = compare_versions(settings, old, new, asked, lambda _model: ToyEncoder())
    told = Result(1.0, "Jane Doe", "fox, author in its record")
    assert (found.rows[0].before, found.rows[0].after) == (told, told)
    owl = found.rows[1]
    assert owl.before == Result(1.0, "Jane Doe", "owl, author in its record")
    assert owl.after.worth == 0.0
    assert owl in found.moved
    assert found.rows[2].before.worth == 0.0


@pytest.mark.parametrize(
    ("threshold", "sure", "worth"), [(0.0, 0.0, 0.0), (0.0, 1.0, 0.5), (1.0, 1.0, 1.0)]
)
def test_where_nothing_answers_a_refusal_is_worth_most_and_a_sure_answer_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, threshold: float, sure: float, worth: float
) -> None:
    own = settings.model_copy(update={"threshold": threshold})
    version = Versions(settings.home).current()
    fitted = replace(UNFITTED, sure=sure)
    monkeypatch.setattr("qa.answering.weighing.calibration", lambda _path: fitted)
    row = {"id": "n", "question": "What do whales sing?", "kind": "other", "split": "measure"}
    asked = [GoldQuestion.model_validate(row | {"answers": []})] * 2
    found = compare_versions(own, version, version, asked, lambda _model: ToyEncoder())
    assert [one.before.worth for one in found.rows] == [worth, worth]


def test_a_record_that_neither_version_knows_is_a_fault_of_the_file(settings: Settings) -> None:
    version = Versions(settings.home).current()
    asked = [_record_question(0, "Who wrote Title of fox?", "nosuch")] * 2
    with pytest.raises(LibraryError, match="question r0: neither version knows 'nosuch'"):
        compare_versions(settings, version, version, asked, lambda _model: ToyEncoder())
