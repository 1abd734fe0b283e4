"""A version is published only where it answers no worse than the one in use."""

from pathlib import Path

import pytest

from corpus.settings import GateSettings, PassageSettings, Settings
from index.build.build import build
from index.versions.inventory import version_inventory
from index.versions.published import Versions
from qa.evaluate.data.gold import read_gold
from qa.evaluate.runs.gate import Gate
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


def _gate(settings: Settings) -> Gate:
    questions = read_gold(gold_file(settings.home.parent))
    return Gate(settings, questions, lambda _model: ToyEncoder())


def test_a_candidate_that_does_worse_stays_staged_and_the_version_in_use_stays(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    before = versions.current()
    # Three of six questions lose the only place that answers them.
    replace_texts(settings, {key: TEXTS[key] for key in ("fox", "cat", "gull")})
    gate = _gate(settings)
    report = rebuild(settings, gate)
    assert not report.published
    assert versions.current() == before
    assert versions.candidates() == (report.version,)
    assert [one.state for one in version_inventory(versions)] == ["current", "candidate"]
    assert report.held_back is not None
    assert f"'footnote versions publish {report.version}'" in str(report.held_back)
    assert gate.comparison is not None
    assert [row.id for row in gate.comparison.lost] == ["q3", "q4", "q5"]
    assert gate.comparison.means[0] == 1.0


def test_publishing_a_candidate_overrides_the_gate_and_going_back_undoes_it(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    before = versions.current()
    replace_texts(settings, {key: TEXTS[key] for key in ("fox", "cat", "gull")})
    report = rebuild(settings, _gate(settings))
    versions.promote(report.version)
    assert (versions.current(), versions.candidates()) == (report.version, ())
    assert versions.roll_back() == before


def test_a_candidate_that_does_as_well_is_published(settings: Settings) -> None:
    replace_texts(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    report = rebuild(settings, gate)
    assert report.published
    assert Versions(settings.home).candidates() == ()
    assert gate.comparison is not None
    assert gate.comparison.worse == 0.0


def test_the_first_version_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    write_library(tmp_path / "packaged", TEXTS)
    settings = Settings(home=tmp_path / "home", threshold=0)
    assert rebuild(settings, _gate(settings)).published


def test_what_a_candidate_has_encoded_is_taken_over_and_the_candidate_leaves(
    settings: Settings,
) -> None:
    texts = {key: TEXTS[key] for key in ("fox", "cat", "gull")} | {"newt": "# A\n\nNewts swim."}
    replace_texts(settings, texts)
    rebuild(settings, _gate(settings))
    encoder = ToyEncoder()
    report = build(settings, encoder, packaged=settings.home.parent / "packaged")
    assert report.published
    assert encoder.encoded == []
    assert Versions(settings.home).candidates() == ()


def test_the_threshold_of_the_settings_decides(settings: Settings) -> None:
    replace_texts(settings, {key: TEXTS[key] for key in TEXTS if key != "owl"})
    # One of six is lost: a sample of six misses it with a probability of (5/6)^6 = 0.335.
    lenient = settings.model_copy(update={"gate": GateSettings(threshold=0.9)})
    gate = _gate(lenient)
    assert rebuild(lenient, gate).published
    assert gate.comparison is not None
    assert gate.comparison.worse == pytest.approx(1 - 0.335, abs=0.02)


def test_a_version_in_use_that_cannot_be_asked_holds_the_candidate_back(
    settings: Settings,
) -> None:
    replace_texts(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    gate.load = lambda _model: ToyEncoder(fingerprint="e" * 8)
    report = rebuild(settings, gate)
    assert report.held_back is not None
    assert "cannot be compared" in str(report.held_back)


def test_a_question_whose_place_neither_version_has_is_a_fault_of_the_file(
    settings: Settings,
) -> None:
    replace_texts(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    gate.questions = [
        q.model_copy(update={"answers": (q.answers[0].model_copy(update={"phrase": "no"}),)})
        for q in gate.questions
    ]
    report = rebuild(settings, gate)
    assert "question q0: 'no' stands in neither version" in str(report.held_back)
