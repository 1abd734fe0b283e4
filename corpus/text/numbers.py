"""Numbers of a text, whatever their notation: `143,470`, `143 470`, `3,5`, `143 thousand`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.languages import language_of_code

_GROUPED = re.compile(r"([1-9]\d{0,2}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*)(?:[.,](\d+))?")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_VALUE = re.compile(r"\d+(?:\.\d+)?")
_SPACE = r"[ \u00a0\u2009\u202f'’]"
_DIGITS = (
    rf"(?:[1-9]\d{{0,2}}(?P<space>{_SPACE})\d{{3}}(?:(?P=space)\d{{3}})*(?!\d|[.,]\d{{3}}(?!\d))"
    r"(?:[.,]\d+)?|\d+(?:[.,]\d+)*|(?<![\w.,])[.,]\d+)"
)


@dataclass(frozen=True)
class Scaled:
    """A number with words that multiply it: `3.5 million` has the count 3.5."""

    count: Decimal
    scale: int

    @property
    def number(self) -> str:
        """The number that is meant, in the form of `numbers_of`."""
        return _form(self.count * self.scale)

    def rounds(self, number: str) -> bool:
        """Whether a number in the form of `numbers_of` is this one when rounded to its digits."""
        if not _VALUE.fullmatch(number):
            return False
        digits = max(0, -int(self.count.as_tuple().exponent))
        return round(Decimal(number) / self.scale, digits) == self.count


def plain_number(written: str) -> str:
    """Digits with marks between them, without those of thousands, and a period for decimals.

    A mark before three digits parts thousands in every language: `143.470` is `143470`; one before
    more or less parts decimals: `3,5` is `3.5`. What is neither, as `12.05.2020`, stays.
    """
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        whole, decimals = re.sub(r"[.,]", "", grouped[1]), grouped[3]
        return f"{whole}.{decimals}" if decimals else whole
    return written.replace(",", ".") if _DECIMAL.fullmatch(written) else written


def numbers_of(text: str, language: str, *, numerals: bool = True) -> frozenset[str]:
    """The numbers of a text in a language, in digits and in words, each in one form.

    Without `numerals` a word such as `two` counts only where it is multiplied: `two million`.

    The form has no marks of thousands, a period before decimals and no zeros behind them:
    `143,470`, `143.470` and `143 470` are `143470`, `143 thousand` is `143000`, `two` is `2`, and
    `3,50` is `3.5`. Zeros before a number stay, as in a code: `02139`.
    """
    return frozenset(
        scaled.number if scaled else _canonical(number)
        for number, scaled in _numbers(text, language, numerals=numerals)
    )


def scaled_numbers(text: str, language: str) -> tuple[Scaled, ...]:
    """The numbers of a text that stand before a word such as `million`, in order."""
    return tuple(scaled for _, scaled in _numbers(text, language) if scaled)


def _numbers(
    text: str, language: str, *, numerals: bool = True
) -> Iterator[tuple[str, Scaled | None]]:
    """Each number of a text in digits, with what multiplies it if a word does."""
    words = language_of_code(language)
    for found in _in_language(words.code).finditer(text):
        numeral = words.numerals.get(found["number"].lower())
        if numeral is not None and not numerals and not found["scales"]:
            continue
        number = found["number"] if numeral is None else str(numeral)
        plain = plain_number(re.sub(_SPACE, "", number))
        scale = 1
        for word in found["scales"].lower().split():
            scale *= words.scales[word]
        scaled = scale > 1 and _VALUE.fullmatch(plain)
        yield number, Scaled(Decimal(plain), scale) if scaled else None


@cache
def _in_language(code: str) -> re.Pattern[str]:
    """Finds a `number` in digits or words, and the `scales` behind it."""
    words = language_of_code(code)
    numerals = "".join(rf"|{word}\b" for word in words.numerals)
    scales = "|".join(words.scales) or "(?!)"
    return re.compile(
        rf"(?<![^\W_])(?P<number>{_DIGITS}{numerals})(?P<scales>(?:\s+(?:{scales})\b)*)", re.I
    )


def _canonical(written: str) -> str:
    plain = plain_number(re.sub(_SPACE, "", written))
    return _form(Decimal(plain)) if _DECIMAL.fullmatch(plain) else plain


def _form(value: Decimal) -> str:
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
