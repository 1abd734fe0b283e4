"""A confidence that was fitted to another model is never used without saying so."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.settings import PassageSettings, Settings
from corpus.sources.library import CALIBRATION_FILE, PACKAGED
from index.build.build import build
from index.models.encoder import DEFAULT_ENCODER
from qa.answering.confidence import Calibration, calibration
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.request import Request
from tests.toys import ToyEncoder, write_library

QUESTION = Request("Do cats purr?")
Open = Callable[..., Engine]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens an engine on a library of one text, made with an encoder of a name."""
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    with ExitStack() as stack:

        def open_engine(name: str, threshold: float | None = None) -> Engine:
            passages = PassageSettings(min_words=1, max_words=6)
            settings = Settings(home=tmp_path / "home", passages=passages, threshold=threshold)
            encoder = ToyEncoder(name)
            build(settings, encoder, packaged=library)
            return stack.enter_context(closing(Engine.open(settings, encoder)))

        yield open_engine


def test_an_answer_says_that_the_confidence_was_fitted_to_another_model(opened: Open) -> None:
    answer = opened("toy").ask(QUESTION)
    assert answer.warning is not None
    assert answer.warning.values == {"fitted": "all-MiniLM-L6-v2", "used": "toy"}
    assert answer.to_json()["warning"] == (
        "the confidence was fitted to all-MiniLM-L6-v2, the index uses toy: what is refused is a "
        "guess until you set a 'threshold' (0 to 1) in settings.toml"
    )


def test_a_threshold_of_the_settings_makes_another_model_usable_without_a_warning(
    opened: Open,
) -> None:
    answer = opened("toy", 0.0).ask(QUESTION)
    assert answer.answered
    assert answer.warning is None


def test_the_model_of_the_fit_needs_no_warning(opened: Open) -> None:
    answer = opened(DEFAULT_ENCODER).ask(QUESTION)
    assert answer.warning is None
    assert answer.to_json()["warning"] is None


def test_what_a_record_says_hangs_on_no_model(opened: Open) -> None:
    answer = opened("toy").ask(Request("Who wrote Title of one?"))
    assert [one.value for one in answer.about] == ["Jane Doe"]
    assert answer.warning is None


@pytest.mark.parametrize(
    ("reader", "warned"),
    [("footnote-reader", False), (None, False), ("BAAI/bge-reranker-v2-m3", True)],
)
def test_logits_of_another_reader_than_that_of_the_fit_are_told(
    reader: str | None, warned: bool
) -> None:
    fitted = calibration(PACKAGED / CALIBRATION_FILE)
    found = fitted.fitted_to_another(DEFAULT_ENCODER, reader)
    assert (found is not None) is warned
    if found is not None:
        assert found.values == {"fitted": "footnote-reader", "used": reader}


def test_the_inputs_of_the_shipped_confidence_speak_for_what_they_should() -> None:
    fitted = calibration(PACKAGED / CALIBRATION_FILE)
    weights = dict(zip(FEATURES, fitted.weights, strict=True))
    assert min(weights["reader"], weights["multilingual"]) > 0
    assert max(weights[name] for name in FEATURES if name.startswith(("missing", "no "))) < 0


def test_probability_is_the_logistic_function_of_the_weighted_sum() -> None:
    # 0.5 + 2 · 0.25 − 1 · 1 = 0, whose logistic is one half
    fitted = Calibration("d", "m", (2.0, -1.0, 0.0), 0.5, 0.5, 0.9)
    assert fitted.probability((0.25, 1.0, 9.0)) == pytest.approx(0.5)


def test_what_is_not_known_counts_as_usual() -> None:
    # 0.5 + 2 · 0.25 − 1 · 1 = 0 with the mean of the second feature, 1, in the place of NaN
    fitted = Calibration("d", "m", (2.0, -1.0), 0.5, 0.5, 0.9, means=(9.0, 1.0))
    assert fitted.probability((0.25, float("nan"))) == pytest.approx(0.5)


def test_a_file_has_the_fit_for_what_was_not_read_beside_the_other(tmp_path: Path) -> None:
    shipped = json.loads((PACKAGED / CALIBRATION_FILE).read_text(encoding="utf-8"))
    path = tmp_path / CALIBRATION_FILE
    numbers = {key: shipped[key] for key in ("weights", "intercept", "means", "threshold", "sure")}
    path.write_text(json.dumps({**shipped, "unread": {**numbers, "threshold": 0.125}}))
    fitted = calibration(path)
    assert fitted.unread is not None
    assert fitted.unread == replace(fitted, threshold=0.125, unread=None)


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
