"""Bonuses of passages: a number counts in whichever spelling a passage has it."""

from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.search.query import Query
from index.search.search import Index
from index.search.weights import WEIGHTS
from tests.toys import ToyEncoder, write_library


@pytest.mark.parametrize(
    ("text", "language", "bonus"),
    [
        pytest.param("Dogs bark in 2,500,000 houses.", "en", True, id="in digits"),
        pytest.param("Dogs bark in 2.5 million houses.", "en", True, id="in words"),
        pytest.param("Ladran en 2,5 millones de casas.", "es", True, id="in words, in Spanish"),
        pytest.param("Dogs bark in 2.5 houses a day.", "en", False, id="the digits alone"),
        pytest.param("Dogs bark in 2.5 thousand houses.", "en", False, id="another number"),
    ],
)
def test_a_passage_with_the_number_of_the_question_is_raised(
    tmp_path: Path, text: str, language: str, bonus: bool
) -> None:
    library = write_library(tmp_path / "packaged", {"one": text}, {"one": language})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=40))
    build(settings, ToyEncoder(), packaged=library)
    index = Index.open(settings, ToyEncoder())
    (plain,) = index.candidates(Query("dogs bark"), 9)
    (raised,) = index.candidates(Query("dogs bark", numbers=frozenset({"2500000"})), 9)
    assert raised.score - plain.score == pytest.approx(WEIGHTS.numbers_bonus * bonus)
