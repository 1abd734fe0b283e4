import pytest

from qa.question.jurisdictions import named_states
from qa.question.understand import understood
from tests.toys import toy_source


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("What happens in Mexico?", {"mexico"}),
        ("¿Qué dice la ley mexicana?", {"mexico"}),
        ("Is that a crime in the US?", {"united states"}),
        ("what do the u.s. and mexico do", {"mexico"}),  # `us` in small letters is a pronoun
        ("What do the U.S. and Mexico do?", {"mexico", "united states"}),
        ("Who can help us?", set()),
        ("¿Qué hacen los Estados Unidos?", {"united states"}),
        ("¿Qué son los Estados Unidos Mexicanos?", {"mexico"}),
        ("Latin American victims", set()),
        ("American courts", {"united states"}),
    ],
)
def test_states_are_known_by_their_names(text: str, states: set[str]) -> None:
    assert named_states(text) == states


def test_laws_of_a_state_that_a_question_names_are_near() -> None:
    sources = {
        "law": toy_source("law", jurisdiction="Mexico"),
        "act": toy_source("act", jurisdiction="United States"),
        "other": toy_source("other"),
    }
    assert understood("Is it punished in Mexico?", sources).near == {"law"}
    assert understood("Is it punished?", sources).near == frozenset()
