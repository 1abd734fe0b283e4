"""Which sources a question is asked of."""

from pathlib import Path

import pytest

from corpus.errors import QuestionError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.models.models import as_models
from qa.answering.engine import Engine
from qa.question.filters import EVERYTHING, Filter
from qa.request import Request
from tests.toys import ToyEncoder, toy_source, write_library

SOURCES = {
    "law": toy_source("law", type="legislation", issued={"date-parts": [[2014]]}),
    "pact": toy_source("pact", type="treaty", issued={"date-parts": [[2000]]}),
    "blog": toy_source("blog", type="post-weblog", issued={}),
}
LANGUAGES = {"law": {"es", "en"}, "pact": {"en"}, "blog": {"en"}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Filter.of(), {"law", "pact", "blog"}),
        (Filter.of(types=["treaty"]), {"pact"}),
        (Filter.of(types=["treaty", "legislation"]), {"pact", "law"}),
        (Filter.of(years="2000"), {"pact"}),
        (Filter.of(years="2000-2014"), {"pact", "law"}),
        (Filter.of(years="2001-"), {"law"}),
        (Filter.of(years="-2013"), {"pact"}),
        (Filter.of(languages=["es"]), {"law"}),
        (Filter.of(types=["treaty"], languages=["es"]), set()),
    ],
)
def test_sources_pass_by_type_year_and_language(given: Filter, expected: set[str]) -> None:
    assert given.chosen(SOURCES, LANGUAGES) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Filter.of(types=["novel"]), r"of type novel; there are legislation, post-weblog, treaty"),
        (Filter.of(languages=["fr"]), r"of language fr; there are en, es"),
    ],
)
def test_what_no_source_is_says_what_there_is(given: Filter, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        given.chosen(SOURCES, LANGUAGES)


@pytest.mark.parametrize("years", ["soon", "-", "20", "2015-2018-2020", "2018-2015"])
def test_years_in_another_form_are_errors(years: str) -> None:
    with pytest.raises(QuestionError, match=r"No years in|end before they begin"):
        Filter.of(years=years)


def test_a_filter_is_told_in_words() -> None:
    assert ", ".join(map(str, Filter.of(["treaty"], "2015-2018", ["es"]).parts)) == (
        "of type treaty, from 2015 to 2018, in es"
    )
    assert [*map(str, Filter.of(years="2017").parts)] == ["of 2017"]
    assert EVERYTHING.parts == ()


def test_an_empty_choice_is_a_refusal_that_says_so(tmp_path: Path) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr.", "two": "Dogs bark."})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=2))
    build(settings, ToyEncoder(), packaged=library)
    engine = Engine.open(settings, as_models(ToyEncoder()))
    answer = engine.ask(Request("Do cats purr?", filters=Filter.of(years="1999")))
    assert not answer.answered
    assert str(answer.reason) == "Of 2 chosen sources none is of 1999: widen the filter."
    # The records of the toys are of 2020.
    assert engine.found(Request("Do cats purr?", filters=Filter.of(years="2020"))).candidates
    only = engine.found(
        Request("Do cats purr?", sources=frozenset({"two"}), filters=Filter.of(types=["report"]))
    )
    assert {one.passage.source for one in only.candidates} == {"two"}
