"""What says the same counts once."""

import pytest

from corpus.text.documents import Span
from index.search.query import Candidate
from index.versions.store import StoredPassage
from qa.answering.duplicates import distinct, same
from qa.answering.extracts import Extract, whole

CLAUSE = "Each State Party shall take measures to establish jurisdiction over the offences"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Cats purr.", "cats purr", True, id="the same words"),
        pytest.param(f"{CLAUSE}.", f"1. {CLAUSE};", False, id="another number"),
        pytest.param(f"{CLAUSE} here.", f"{CLAUSE}.", True, id="a word more"),
        pytest.param("Cats purr.", "Cats bark.", False, id="too short to be alike"),
        pytest.param(
            "In 2016 Mexico identified 740 victims of trafficking in persons.",
            "In 2015 Mexico identified 740 victims of trafficking in persons.",
            False,
            id="another year",
        ),
        pytest.param(CLAUSE, "The hotline received many calls from many victims.", False, id="no"),
    ],
)
def test_texts_are_the_same_but_for_a_few_words(one: str, other: str, expected: bool) -> None:
    assert same(one, other, "en") is expected
    assert same(other, one, "en") is expected


def _extract(text: str, source: str, start: int = 0) -> Extract:
    span = Span(start, start + len(text))
    sentences = (span,)
    passage = StoredPassage(0, f"{source}-{start}", source, span, 0, None, "", text, sentences)
    return whole(Candidate(passage, 0.5, (0.5,)))


def test_twins_are_kept_beside_the_first_and_their_place_goes_to_the_next() -> None:
    found = distinct(
        [
            _extract(f"{CLAUSE}.", "one"),
            _extract("Ships sail.", "two"),
            _extract(f"{CLAUSE}.", "two", 100),
            _extract("Bees fly.", "three"),
        ],
        3,
    )
    assert [one.text for one in found] == [f"{CLAUSE}.", "Ships sail.", "Bees fly."]
    assert [twin.passage.source for twin in found[0].twins] == ["two"]


def test_a_twin_of_what_is_shown_is_found_behind_the_last_place() -> None:
    found = distinct([_extract("Ships sail.", "one"), _extract("Ships sail.", "two")], 1)
    assert len(found) == 1
    assert len(found[0].twins) == 1


def test_of_two_that_overlap_the_first_counts() -> None:
    found = distinct(
        [_extract("Ships sail. Bees fly.", "one"), _extract("Bees fly.", "one", 12)], 3
    )
    assert [one.text for one in found] == ["Ships sail. Bees fly."]
