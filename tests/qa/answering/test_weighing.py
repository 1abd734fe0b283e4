"""From a confidence to an answer that is sure, one that is unsure, or a refusal."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from corpus.sources.library import Library
from index.build.build import build
from index.search.search import Index
from qa.answering.confidence import UNFITTED, Calibration
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.answering.reader import WITHOUT_READER, OpenedReader
from qa.request import Request
from tests.toys import PhraseReader, ToyEncoder, write_library

QUESTION = Request("Do cats purr?")
TEXT = "Cats purr loudly. Do cats bark? Dogs bark."
Open = Callable[..., Engine]
# The logit of the reader, 2 for the passage that answers and -2 for others, makes .98 and .02.
BY_READING = replace(UNFITTED, weights=tuple(2.0 if name == "reader" else 0.0 for name in FEATURES))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens an engine on a library of three sentences, weighed by a calibration."""
    library = write_library(tmp_path / "packaged", {"one": TEXT})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=3))
    build(settings, ToyEncoder(), packaged=library)
    with ExitStack() as stack:

        def open_engine(
            fitted: Calibration,
            threshold: float | None = None,
            reader: OpenedReader | None = None,
        ) -> Engine:
            own = settings.model_copy(update={"threshold": threshold})
            index = Index.open(own, ToyEncoder())
            reader = reader or OpenedReader(PhraseReader("Cats purr"))
            engine = Engine(index, threshold, reader, Library.of(own), fitted)
            return stack.enter_context(closing(engine))

        yield open_engine


def test_a_confidence_is_refused_below_the_one_threshold_and_sure_from_the_other_on() -> None:
    fitted = replace(UNFITTED, threshold=0.25, sure=0.75)
    called = [fitted.certainty([one]) for one in (0.0, 0.24, 0.25, 0.74, 0.75, 1.0)]
    assert called == ["refused", "refused", "unsure", "unsure", "sure", "sure"]


def test_a_threshold_of_the_settings_takes_the_place_of_the_refusing_one_alone() -> None:
    fitted = replace(UNFITTED, threshold=0.25, sure=0.75)
    assert [fitted.certainty([one], 0.5) for one in (0.3, 0.5, 0.75)] == [
        "refused",
        "unsure",
        "sure",
    ]
    assert [fitted.certainty([one], 0.9) for one in (0.8, 0.9)] == ["refused", "sure"]
    # The first quotation of a sure answer is no refusal by itself.
    assert fitted.certainty([0.8, 0.95], 0.9) == "unsure"
    assert [fitted.certainty([one], 0.0) for one in (0.0, 0.75)] == ["unsure", "sure"]


def test_the_first_quotation_makes_an_answer_sure_and_the_surest_keeps_it_from_refusal() -> None:
    fitted = replace(UNFITTED, threshold=0.25, sure=0.75)
    assert fitted.certainty([0.75, 0.1]) == "sure"
    assert fitted.certainty([0.2, 0.9]) == "unsure"
    assert fitted.certainty([0.2, 0.1]) == "refused"
    assert fitted.certainty([]) == "refused"
    assert fitted.certainty([], 0.0) == "refused"


def test_what_no_reader_read_is_weighed_by_the_fit_for_that(opened: Open) -> None:
    # Without what a reader says the confidence in all is .5: below the threshold of that fit.
    without = replace(UNFITTED, threshold=0.6)
    read = opened(replace(BY_READING, threshold=0.1, sure=0.99, unread=without))
    assert read.ask(QUESTION).certainty == "unsure"
    engine = opened(replace(BY_READING, threshold=0.1, unread=without), reader=WITHOUT_READER)
    answer = engine.ask(QUESTION)
    assert (answer.certainty, answer.confidence) == ("refused", 0.5)


def test_a_sure_answer_has_no_quotation_that_alone_would_be_a_refusal(opened: Open) -> None:
    answer = opened(replace(BY_READING, threshold=0.9, sure=0.9)).ask(QUESTION)
    assert (answer.certainty, answer.answered, answer.closest) == ("sure", True, ())
    assert [one.text for one in answer.quotes] == ["Cats purr loudly."]


def test_a_sure_answer_has_what_else_may_answer_behind_its_first_quotation(opened: Open) -> None:
    answer = opened(replace(BY_READING, threshold=0.01, sure=0.9)).ask(QUESTION)
    assert answer.certainty == "sure"
    assert answer.quotes[0].text == "Cats purr loudly."
    assert len(answer.quotes) == 3
    assert all(0.01 <= one.score < 0.9 for one in answer.quotes[1:])


def test_an_unsure_answer_has_all_quotations_best_first(opened: Open) -> None:
    answer = opened(replace(BY_READING, threshold=0.1, sure=0.99)).ask(QUESTION)
    assert (answer.certainty, answer.answered, answer.closest) == ("unsure", True, ())
    assert len(answer.quotes) == 3
    assert answer.quotes[0].text == "Cats purr loudly."
    assert answer.reason is None


def test_a_refusal_has_the_same_quotations_as_the_closest(opened: Open) -> None:
    unsure = opened(replace(BY_READING, threshold=0.1, sure=0.99)).ask(QUESTION)
    refused = opened(replace(BY_READING, threshold=0.99, sure=0.99)).ask(QUESTION)
    assert (refused.certainty, refused.answered, refused.quotes) == ("refused", False, ())
    assert refused.closest == unsure.quotes
    assert refused.reason is not None


def test_a_threshold_of_the_settings_refuses(opened: Open) -> None:
    fitted = replace(BY_READING, threshold=0.1, sure=0.9)
    assert opened(fitted, 0.99).ask(QUESTION).certainty == "refused"
    assert opened(fitted, 0.0).ask(QUESTION).certainty == "sure"


def test_what_a_record_says_is_sure_whatever_the_thresholds(opened: Open) -> None:
    engine = opened(replace(UNFITTED, threshold=1.0))
    answer = engine.ask(Request("Who wrote Title of one?"))
    assert (answer.certainty, answer.confidence) == ("sure", 1.0)
    assert engine.ask(Request("What is Title of one about?")).certainty == "sure"


def test_a_question_without_telling_words_is_refused_however_low_the_thresholds(
    opened: Open,
) -> None:
    answer = opened(replace(UNFITTED, sure=0.0), 0.0).ask(Request("is it of the"))
    assert (answer.certainty, answer.confidence) == ("refused", 0.0)
