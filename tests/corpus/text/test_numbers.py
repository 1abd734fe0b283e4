"""Numbers are one number in all notations, and no other one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.numbers import Scaled, numbers_of, scaled_numbers


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("143470", "en", {"143470"}),
        ("143,470", "en", {"143470"}),
        ("143.470", "es", {"143470"}),
        ("143 470, and more", "en", {"143470"}),
        ("143\u202f470 arrests", "en", {"143470"}),
        ("143'470", "de", {"143470"}),
        ("1,234,567.89", "en", {"1234567.89"}),
        ("1.234.567,89", "es", {"1234567.89"}),
        ("1 234,5", "fr", {"1234.5"}),
        ("3.5 percent", "en", {"3.5"}),
        ("3,5 por ciento", "es", {"3.5"}),
        ("3.50 and 35", "en", {"3.5", "35"}),
        ("0.125 and .5", "en", {"0.125", "0.5"}),
        ("1234.567", "en", {"1234.567"}),
        ("143 thousand", "en", {"143000"}),
        ("143 mil arrestos", "es", {"143000"}),
        ("1,5 millones", "es", {"1500000"}),
        ("2 mil millones", "es", {"2000000000"}),
        ("$13.8 million", "en", {"13800000"}),
        ("two million", "en", {"2000000"}),
        ("zwei Millionen", "de", {"2000000"}),
        ("deux milliards", "fr", {"2000000000"}),
        ("duas mulheres", "pt", {"2"}),
        ("tre milioni e 3 mila", "it", {"3000000", "3000"}),
        ("twelve men, Two women", "en", {"12", "2"}),
        ("DOS reports, due process, once it is over", "en", set()),
        ("in 2016 740 victims", "en", {"2016", "740"}),
        ("H2A, 13th, 2a", "en", {"13", "2"}),
        ("zip 02139", "en", {"02139"}),
        ("12.05.2020", "de", {"12.05.2020"}),
        ("sec. 7, H.R. 459, 20-25", "en", {"7", "459", "20", "25"}),
        ("none", "en", set()),
    ],
)
def test_numbers_are_read_in_every_notation(text: str, language: str, numbers: set[str]) -> None:
    assert numbers_of(text, language) == numbers


def test_without_numerals_a_word_counts_only_where_it_is_multiplied() -> None:
    text = "143,470 or 143 470 people in 2017, H2A, two, 3 thousand, two million"
    assert numbers_of(text, "en", numerals=False) == {"143470", "2017", "3000", "2000000"}


def _notations(number: int) -> list[str]:
    grouped = f"{number:,}"
    return [str(number), *(grouped.replace(",", mark) for mark in ",. \u00a0\u202f'’")]


@given(st.integers(10_000, 10**12))
def test_the_notations_of_a_number_are_one_number(number: int) -> None:
    for written in _notations(number):
        for language in ("en", "es", "fr"):
            assert numbers_of(f"of {written} people", language) == {str(number)}
        assert numbers_of(f"({written})", "en", numerals=False) == {str(number)}


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_a_decimal_is_one_number_with_a_comma_or_a_period(whole: int, hundredths: int) -> None:
    exact = f"{Decimal(whole * 100 + hundredths) / 100:f}"
    for mark in ".,":
        assert numbers_of(f"{whole}{mark}{hundredths:02} percent", "en") == {exact}
        written = f"{whole}{mark}{hundredths:02}0"
        assert numbers_of(written, "en") <= {exact, f"{whole}{hundredths:02}0"}


_EXACT = st.decimals(0, 10**9, places=2).map(lambda one: f"{one.normalize():f}")


@given(_EXACT, _EXACT, st.sampled_from(("en", "es", "fr", "de", "pt", "it")))
def test_two_numbers_are_the_same_only_if_their_values_are(
    one: str, other: str, language: str
) -> None:
    same = numbers_of(one, language) == numbers_of(other, language)
    assert same == (Decimal(one) == Decimal(other))


@given(st.text(alphabet="0123456789.,' \u00a0ab", max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for number in numbers_of(text, "en"):
        assert number


def test_a_round_number_means_what_rounds_to_it() -> None:
    assert scaled_numbers("143 thousand, 1.5 million or 7", "en") == (
        Scaled(Decimal(143), 1000),
        Scaled(Decimal("1.5"), 10**6),
    )
    assert Scaled(Decimal(143), 1000).rounds("143470")
    assert not Scaled(Decimal(143), 1000).rounds("144470")
    assert Scaled(Decimal("1.5"), 10**6).rounds("1512345")
    assert not Scaled(Decimal("1.5"), 10**6).rounds("1900000")
    assert not Scaled(Decimal(143), 1000).rounds("12.05.2020")
