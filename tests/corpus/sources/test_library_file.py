from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.sources.library import PACKAGED, Library
from corpus.sources.library_file import LibraryFile, NamedState, in_language, read_library_file

PACKAGED_STATES = Library((PACKAGED,))


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
        ("¿Qué hace EE. UU.?", {"united states"}),
        ("¿Qué son los Estados Unidos Mexicanos?", {"mexico"}),
        ("Latin American victims", set()),
        ("American courts", {"united states"}),
    ],
)
def test_states_are_known_by_their_names(text: str, states: set[str]) -> None:
    assert PACKAGED_STATES.states_in(text) == states


def test_words_of_a_state_are_single_and_without_function_words() -> None:
    state = NamedState(name="Peru", names=("in Perú", "peruano"), written=("P. E.", "PE"))
    assert state.words == {"peru", "peruano", "pe"}


def test_words_are_those_of_the_language_or_of_the_first_that_has_them() -> None:
    found = LibraryFile(about={"en": "On herbs.", "es": "Sobre hierbas."}).about
    assert in_language(found, "es") == "Sobre hierbas."
    assert in_language(LibraryFile(about="On herbs.").about, "es") == "On herbs."  # type: ignore[arg-type]
    assert in_language({}, "es") == ""


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("abuot = 1", "abuot: Extra inputs are not permitted"),
        ('about = { fr = "Les herbes" }', "expected a language of the page: en, es"),
        ("[main]\nkey = 'moss'", r"main\.name: Field required"),
        ("[[states]]\nname = 'Peru'", r"states\.0\.names: Field required"),
        ("about = ", "not readable"),
    ],
)
def test_a_library_file_that_is_wrong_is_refused_with_its_field(
    tmp_path: Path, written: str, message: str
) -> None:
    path = tmp_path / "library.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(LibraryError, match=message) as raised:
        read_library_file(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)
