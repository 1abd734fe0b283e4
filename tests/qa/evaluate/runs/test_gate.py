import json
import shutil
import sys
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.settings import GateSettings, PassageSettings, Settings
from index.build.build import BuildReport, build
from index.build.work import Options
from index.versions.inventory import inventory
from index.versions.versions import Versions
from qa.cli.main import main
from qa.evaluate.data.gold import read_gold
from qa.evaluate.runs.gate import Gate, compare_versions
from qa.evaluate.runs.gate_comparison import paired
from tests.toys import ToyEncoder, write_library

ANIMALS = {"fox": "runs", "cat": "sleeps", "gull": "cries", "deer": "grazes", "bee": "hums",
           "owl": "hoots"}  # fmt: skip
TEXTS = {name: f"# About\n\nThe {name} {verb} all day." for name, verb in ANIMALS.items()}


def _gold(folder: Path) -> Path:
    rows = [
        {
            "id": f"q{n}",
            "question": f"What about the {name}, which {verb}?",
            "kind": "fact",
            "split": "measure",
            "answers": [
                {"source": name, "pinpoint": "para. 1", "phrase": f"{name} {verb} all day"}
            ],
        }
        for n, (name, verb) in enumerate(ANIMALS.items())
    ]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A version of TEXTS; nothing is ever refused."""
    settings = Settings(
        home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=8), threshold=0
    )
    write_library(tmp_path / "packaged", TEXTS)
    build(settings, ToyEncoder(), packaged=tmp_path / "packaged")
    return settings


def _change(settings: Settings, texts: dict[str, str]) -> None:
    library = settings.home.parent / "packaged"
    shutil.rmtree(library)
    write_library(library, texts)


def _gate(settings: Settings) -> Gate:
    questions = read_gold(_gold(settings.home.parent))
    return Gate(settings, questions, lambda _model: ToyEncoder())


def _build(settings: Settings, gate: Gate | None = None) -> BuildReport:
    library = settings.home.parent / "packaged"
    return build(settings, ToyEncoder(), packaged=library, options=Options(gate=gate))


def test_a_candidate_that_does_worse_stays_staged_and_the_version_in_use_stays(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    before = versions.current()
    # Three of six questions lose the only place that answers them.
    _change(settings, {key: TEXTS[key] for key in ("fox", "cat", "gull")})
    gate = _gate(settings)
    report = _build(settings, gate)
    assert not report.published
    assert versions.current() == before
    assert versions.candidates() == (report.version,)
    assert [one.state for one in inventory(versions)] == ["current", "candidate"]
    assert report.held_back is not None
    assert f"'footnote versions publish {report.version}'" in report.held_back
    assert gate.comparison is not None
    assert [row.id for row in gate.comparison.lost] == ["q3", "q4", "q5"]
    assert gate.comparison.means[0] == 1.0


def test_publishing_a_candidate_overrides_the_gate_and_going_back_undoes_it(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    before = versions.current()
    _change(settings, {key: TEXTS[key] for key in ("fox", "cat", "gull")})
    report = _build(settings, _gate(settings))
    versions.promote(report.version)
    assert (versions.current(), versions.candidates()) == (report.version, ())
    assert versions.roll_back() == before


def test_a_candidate_that_does_as_well_is_published(settings: Settings) -> None:
    _change(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    report = _build(settings, gate)
    assert report.published
    assert Versions(settings.home).candidates() == ()
    assert gate.comparison is not None
    assert gate.comparison.worse == 0.0


def test_the_first_version_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    write_library(tmp_path / "packaged", TEXTS)
    settings = Settings(home=tmp_path / "home", threshold=0)
    assert _build(settings, _gate(settings)).published


def test_what_a_candidate_has_encoded_is_taken_over_and_the_candidate_leaves(
    settings: Settings,
) -> None:
    texts = {key: TEXTS[key] for key in ("fox", "cat", "gull")} | {"newt": "# A\n\nNewts swim."}
    _change(settings, texts)
    _build(settings, _gate(settings))
    encoder = ToyEncoder()
    report = build(settings, encoder, packaged=settings.home.parent / "packaged")
    assert report.published
    assert encoder.encoded == []
    assert Versions(settings.home).candidates() == ()


def test_the_threshold_of_the_settings_decides(settings: Settings) -> None:
    _change(settings, {key: TEXTS[key] for key in TEXTS if key != "owl"})
    # One of six is lost: a sample of six misses it with a probability of (5/6)^6 = 0.335.
    lenient = settings.model_copy(update={"gate": GateSettings(threshold=0.9)})
    gate = _gate(lenient)
    assert _build(lenient, gate).published
    assert gate.comparison is not None
    assert gate.comparison.worse == pytest.approx(1 - 0.335, abs=0.02)


def test_a_version_in_use_that_cannot_be_asked_holds_the_candidate_back(
    settings: Settings,
) -> None:
    _change(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    gate.load = lambda _model: ToyEncoder(fingerprint="e" * 8)
    report = _build(settings, gate)
    assert report.held_back is not None
    assert "cannot be compared" in report.held_back


def test_the_bootstrap_is_paired_and_repeatable() -> None:
    assert paired([0.0] * 9) == (0.0, 0.0, 0.0)
    assert paired([-1.0, -1.0])[0] == 1.0
    # Of two changes one is a loss: the mean of a sample is below 0 unless both drawn are 0: 3/4.
    assert paired([-1.0, 0.0])[0] == pytest.approx(0.75, abs=0.02)
    assert paired([0.5, -1.0, 0.25]) == paired([0.5, -1.0, 0.25])
    with pytest.raises(LibraryError, match="1 questions to compare"):
        paired([1.0])


def test_a_question_whose_place_neither_version_has_is_a_fault_of_the_file(
    settings: Settings,
) -> None:
    _change(settings, TEXTS | {"newt": "# About\n\nNewts swim."})
    gate = _gate(settings)
    gate.questions = [
        q.model_copy(update={"answers": (q.answers[0].model_copy(update={"phrase": "no"}),)})
        for q in gate.questions
    ]
    report = _build(settings, gate)
    assert "question q0: 'no' stands in neither version" in str(report.held_back)


def test_a_difference_tells_which_first_quotations_changed(settings: Settings) -> None:
    versions = Versions(settings.home)
    old = versions.current()
    _change(settings, TEXTS | {"owl": "# About\n\nThe owl hoots, which it does at night."})
    new = _build(settings).version
    questions = read_gold(_gold(settings.home.parent))
    found = compare_versions(settings, old, new, questions, lambda _model: ToyEncoder())
    assert [row.id for row in found.moved] == ["q5"]
    (row,) = found.lost
    assert (row.before.worth, row.after.worth) == (1.0, 0.0)


@pytest.mark.slow
def test_the_command_holds_back_lists_what_got_worse_and_publishes_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["footnote", *arguments, "--home", str(tmp_path / "h")])
        with pytest.raises(SystemExit) as caught:
            main()
        return int(caught.value.code or 0)

    monkeypatch.setenv("COLUMNS", "200")
    library = tmp_path / "h" / "library"
    write_library(library, TEXTS)
    (tmp_path / "h" / "settings.toml").write_text("threshold = 0.0\n")
    gold = str(_gold(tmp_path))
    assert run("build") == 0
    for key in ("deer", "bee", "owl"):
        (library / f"{key}.md").unlink()
    capsys.readouterr()
    assert run("build", "--gate", gold) == 1
    captured = capsys.readouterr()
    assert "q3 (worse): What about the deer" in captured.err
    assert "is not published" in captured.err
    assert run("versions", "diff", "1", "2", "--gold", gold, "--json") == 0
    answers = json.loads(capsys.readouterr().out)["gold"]
    assert [row["id"] for row in answers["worse"]] == ["q3", "q4", "q5"]
    assert run("versions", "publish", "2") == 0
    assert capsys.readouterr().out.startswith("in use: 2-")
    assert run("build", "--gate", str(tmp_path / "nosuch")) == 1
    assert "nosuch: not readable" in capsys.readouterr().err
