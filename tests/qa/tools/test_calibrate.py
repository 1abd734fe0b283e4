import json
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError, EvaluationError
from corpus.settings import PassageSettings, Settings
from corpus.sources.library import CALIBRATION_FILE, PACKAGED
from index.build.build import build
from qa.answering.confidence import UNFITTED, Calibration, calibration
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.evaluate.data.gold import GoldQuestion
from qa.tools.calibrate import ObservedRow, fit, main, observe, of_training, part_names, report
from tests.toys import ToyEncoder, write_library


def _features(worth: float) -> tuple[float, ...]:
    return (worth, *[0.1] * (len(FEATURES) - 1))


def _row(worth: float, *, answerable: bool, right: bool, split: str = "fit") -> ObservedRow:
    places = [{"source": "k", "pinpoint": "para. 1", "phrase": "x"}] if answerable else []
    question = GoldQuestion.model_validate(
        {"id": "q", "question": "?", "kind": "fact", "split": split, "answers": places}
    )
    return ObservedRow(question, (_features(worth),), (right,))


def test_probability_is_the_logistic_function_of_the_weighted_sum() -> None:
    # 0.5 + 2 · 0.25 − 1 · 1 = 0, whose logistic is one half
    fitted = Calibration("d", "m", (2.0, -1.0, 0.0), 0.5, 0.5, 0.9)
    assert fitted.probability((0.25, 1.0, 9.0)) == pytest.approx(0.5)


def test_what_is_not_known_counts_as_usual() -> None:
    # 0.5 + 2 · 0.25 − 1 · 1 = 0 with the mean of the second feature, 1, in the place of NaN
    fitted = Calibration("d", "m", (2.0, -1.0), 0.5, 0.5, 0.9, means=(9.0, 1.0))
    assert fitted.probability((0.25, float("nan"))) == pytest.approx(0.5)


def _questions(number: int, *, low: float = 0.0, split: str = "fit") -> list[ObservedRow]:
    """As many that are answerable, of worth .5 to 1, as that are not, of worth `low` to `low` + .4,
    all answered right that have an answer."""
    return [
        row
        for n in range(number)
        for row in (
            _row(0.5 + 0.5 * n / number, answerable=True, right=True, split=split),
            _row(low + 0.4 * n / number, answerable=False, right=False, split=split),
        )
    ]


def test_fit_tells_right_from_wrong_by_thresholds_of_the_tuning_part() -> None:
    # Of 100 right ones, 3 may be refused: those of worth .5 to .51, so .515 is the threshold. All
    # that is not refused is right, so all of that is sure.
    tuning = _questions(100, split="tune")
    fitted = fit(_questions(20), tuning, "d", "m")
    measures = report(tuning, fitted)
    assert fitted.threshold == pytest.approx(fitted.probability(_features(0.515)))
    assert fitted.sure == fitted.threshold
    assert measures["answerable or not, AUROC"] == 1.0
    assert measures["right refusals of all unanswerable"] == 1.0
    assert measures["answerable refused"] == measures["right refused"] == 0.03
    assert (measures["sure"], measures["right called sure"]) == (0.485, 0.97)
    assert (measures["sure and wrong"], measures["unanswerable called sure"]) == (0.0, 0.0)


def test_a_fit_is_unsure_where_right_and_wrong_are_mixed() -> None:
    # Unanswerable ones of worth .3 to .696. From a worth v on there are 200 (1 - v) right ones and
    # 250 (.7 - v) wrong ones: these are a twentieth of both at v = .6878, so that 3 are sure:
    # .688, .692 and .696 beside the 63 right ones from .685 on.
    tuning = _questions(100, low=0.3, split="tune")
    fitted = fit(_questions(20, low=0.3), tuning, "d", "m")
    assert (
        fitted.probability(_features(0.684)) < fitted.sure <= fitted.probability(_features(0.688))
    )
    assert fitted.certainty([fitted.probability(_features(0.6))]) == "unsure"
    measures = report(tuning, fitted)
    assert measures["sure and wrong"] == pytest.approx(3 / 66)
    assert measures["unanswerable called sure"] == 0.03


def test_of_few_tuning_questions_the_fitting_ones_help_as_a_fit_sees_them_that_knows_others() -> (
    None
):
    rows = _questions(60, low=0.3)
    alone, helped = fit(rows, [], "d", "m"), fit(rows, _questions(5, split="tune"), "d", "m")
    assert 0 < alone.threshold < alone.sure < 1
    assert (helped.weights, helped.intercept) == (alone.weights, alone.intercept)
    assert (helped.threshold, helped.sure) != (alone.threshold, alone.sure)
    # What the final fit says of its own rows would give other thresholds.
    own = {alone.probability(row.features[0]) for row in rows}
    assert alone.threshold not in own


def test_the_surest_extract_decides_on_a_refusal_and_the_first_is_measured() -> None:
    question = _row(0.5, answerable=True, right=True).question
    row = ObservedRow(question, (_features(0.2), _features(0.9)), (False, True))
    fitted = Calibration("d", "m", (10.0, *[0.0] * (len(FEATURES) - 1)), -5.0, 0.5, 0.9)
    open_ = _row(0.1, answerable=False, right=False)
    measures = report([row, open_], fitted)
    assert measures["first quotation answers"] == 0.0
    assert measures["one of three answers"] == 1.0
    assert measures["answerable refused"] == 0.0


def test_report_counts_by_hand() -> None:
    # Four answerable: three right, one of them refused (0.3); two open: one refused (0.1).
    # It refuses below a worth of 0.5, and is sure from 0.65 on: of .9, .8 and the wrong .7.
    fitted = Calibration("d", "m", (10.0, *[0.0] * (len(FEATURES) - 1)), -5.0, 0.5, 0.8175)
    rows = [
        _row(0.9, answerable=True, right=True),
        _row(0.8, answerable=True, right=True),
        _row(0.3, answerable=True, right=True),
        _row(0.7, answerable=True, right=False),
        _row(0.6, answerable=False, right=False),
        _row(0.1, answerable=False, right=False),
    ]
    measures = report(rows, fitted)
    assert measures["first quotation answers"] == 3 / 4
    assert measures["right refusals of all refusals"] == 1 / 2
    assert measures["right refusals of all unanswerable"] == 1 / 2
    assert measures["answerable refused"] == 1 / 4
    assert measures["sure"] == 3 / 6
    assert measures["sure and wrong"] == 1 / 3
    assert measures["unanswerable called sure"] == 0.0
    assert measures["right refused"] == 1 / 3
    assert measures["right called sure"] == 2 / 3
    # Pairs (answerable, open) in right order: .9, .8, .7 beat both (6), .3 beats .1 (1): 7 of 8.
    assert measures["answerable or not, AUROC"] == pytest.approx(7 / 8)


def test_the_shipped_calibration_was_fitted_on_the_gold_questions() -> None:
    fitted = calibration(PACKAGED / CALIBRATION_FILE)
    assert "article.jsonl" in fitted.data
    assert len(fitted.weights) == len(FEATURES)
    assert 0 < fitted.threshold < fitted.sure < 1


def test_a_broken_calibration_says_what_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text("{}")
    with pytest.raises(ConfigurationError, match="run 'make calibrate'"):
        calibration(path)


def test_a_fit_to_other_inputs_gives_way_to_the_packaged_one_and_says_so(tmp_path: Path) -> None:
    shipped, path = calibration(PACKAGED / CALIBRATION_FILE), tmp_path / CALIBRATION_FILE
    named = dict(zip(FEATURES, shipped.weights, strict=True))
    written = {
        "data": "mine",
        "model": shipped.model,
        "weights": {**named, "coverage": 1.0},
        "intercept": 0.0,
        "means": dict.fromkeys([*FEATURES, "coverage"], 0.0),
        "threshold": 0.1,
        "sure": 0.2,
    }
    path.write_text(json.dumps(written))
    found = calibration(path)
    assert not found.own
    assert (found.weights, found.threshold) == (shipped.weights, shipped.threshold)
    told = str(found.problem)
    assert told.startswith(f"{path}: fitted to other inputs")
    assert "run 'make calibrate" in told
    assert shipped.problem is None


def test_a_library_without_a_fit_takes_the_packaged_one_which_is_not_its_own() -> None:
    shipped, borrowed = calibration(PACKAGED / CALIBRATION_FILE), calibration(None)
    assert shipped.own
    assert not borrowed.own
    assert borrowed.weights == shipped.weights


def test_a_fit_is_made_of_what_was_searched_and_needs_no_earlier_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=3))
    build(settings, ToyEncoder(), packaged=library)
    monkeypatch.setattr("qa.answering.weighing.calibration", None)  # there is none to be read
    row = {"kind": "fact", "split": "fit"}
    cats = {"source": "one", "pinpoint": "para. 1", "phrase": "Cats purr loudly"}
    questions = [
        GoldQuestion.model_validate(row | more)
        for more in (
            {"id": "a", "question": "Do cats purr loudly?", "answers": [cats]},
            {"id": "b", "question": "Who wrote Title of one?", "answers": []},
        )
    ]
    engine = Engine.open(settings, ToyEncoder(), fitted=UNFITTED)
    (only,) = observe(engine, questions)
    engine.close()
    assert only.question.id == "a"  # a record answers the other
    assert only.right == (True, False)  # of the two passages the first is on cats
    assert [len(one) for one in only.features] == [len(FEATURES)] * 2


def test_of_the_questions_of_training_those_of_the_tuning_part_are_asked_that_can_be(
    tmp_path: Path,
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=3))
    build(settings, ToyEncoder(), packaged=library)
    cats = {"source": "one", "pinpoint": "para. 1", "phrase": "Cats purr loudly"}
    rows: list[dict[str, object]] = [
        {"id": "fit", "split": "fit", "answers": [cats]},
        {"id": "tune", "split": "tune", "answers": [cats]},
        {"id": "unindexed", "split": "tune", "answers": [cats | {"source": "two"}]},
        {
            "id": "near",
            "kind": "near-miss",
            "split": "tune",
            "answers": [],
            "near": cats | {"source": "two"},
        },
    ]
    folder = tmp_path / "training"
    folder.mkdir()
    usual: dict[str, object] = {"question": "Do cats purr?", "kind": "fact"}
    lines = [json.dumps(usual | row) for row in rows]
    (folder / "cats.jsonl").write_text("\n".join(lines))
    engine = Engine.open(settings, ToyEncoder(), fitted=UNFITTED)
    found = of_training(engine, folder)
    assert of_training(engine, tmp_path / "none") == ([], 0)
    engine.close()
    assert [one.question.id for one in found.rows] == ["tune"]
    assert found.unindexed == 2


def test_parts_that_a_fit_has_seen_are_named_so() -> None:
    assert part_names(training=True) == {
        "fit": "fit",
        "tune": "tune, fitted on",
        "measure": "measure",
    }
    assert part_names(training=False) == {
        "fit": "fit, fitted on",
        "tune": "tune, thresholds chosen on",
        "measure": "measure",
    }


@pytest.mark.parametrize("home", [None, "home"])
def test_nothing_is_fitted_where_the_bundled_reader_should_be_there_and_is_not(
    home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr("qa.tools.calibrate.build_index", None)
    before = (PACKAGED / CALIBRATION_FILE).read_bytes()
    with pytest.raises(EvaluationError, match="reader cannot be had"):
        main(None if home is None else tmp_path / home)
    assert (PACKAGED / CALIBRATION_FILE).read_bytes() == before
