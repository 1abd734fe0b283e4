"""What citeproc-py prints of a record twice, wrongly or not at all, put right."""

import re
from typing import Any

ITALIC, ROMAN = "\ue000", "\ue001"
"""Around italics: characters of Unicode's private use area, which no source means as text."""

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
"""The abbreviations of the MLA Handbook, 9th edition, appendix 1."""
_QUOTED = re.compile(r"((?:^|\. )“[^\ue000]*)”([.,])(?= |$)")


def mended(entry: str, record: dict[str, Any], style: str, url: str) -> str:
    """The entry of a record in a style (`apa`, `mla`, `chicago`); `url` is its address as printed.

    Dates of access are always told, since laws and pages change: “Retrieved June 3, 2020, from”,
    “Accessed 3 June 2020.” or “Accessed June 3, 2020.”
    """
    if not record.get("author") and not record.get("editor"):
        # The title takes the author's place, and is printed in its own again.
        entry = re.sub(r"^(.+?)\. (\([^()]*\))\. \1(?=[. ])", r"\1. \2", entry)
    date = " ".join(str(record.get("issued", {}).get("literal") or "").split())
    if date:
        # A date in words is printed as the year and again as month and day.
        entry = entry.replace(f"({date}, {date})", f"({date})", 1)
    if "accessed" not in record:
        # "Retrieved June 3, 2020, from": without the day, the first word stays alone.
        entry = re.sub(r" Retrieved (?=https?://\S+$)", " ", entry)
    if not record.get("edition"):
        # The word is printed without a number of the edition.
        entry = re.sub(r"(?<=[.?!\ue001]) Edition\.(?= |$)", "", entry)
    if style != "apa":
        entry = _QUOTED.sub(_mark_inside, entry, count=1)
    # "Why?." and, after italics, "Wait....": the title brought its own end.
    entry = re.sub(rf"([?!]|[.?!]{ROMAN})\.(?= |$)", r"\1", entry)
    return _with_access(entry, record, style, url)


def _mark_inside(quoted: "re.Match[str]") -> str:
    """American styles set points and commas inside the quotation marks."""
    title, mark = quoted.groups()
    return f"{title}”" if title[-1] in "?!." and mark == "." else f"{title}{mark}”"


def _with_access(entry: str, record: dict[str, Any], style: str, url: str) -> str:
    parts = (record.get("accessed") or {}).get("date-parts")
    if not parts or not url or "Retrieved" in entry or "Accessed" in entry:
        return entry
    day = _day([int(part) for part in parts[0]], style)
    at = entry.rfind(url)
    if at < 0:
        return entry  # a DOI is printed in its place: what it names does not change
    if style == "mla":
        return f"{entry} Accessed {day}."
    told = f"Retrieved {day}, from " if style == "apa" else f"Accessed {day}. "
    return f"{entry[:at]}{told}{entry[at:]}"


def _day(parts: list[int], style: str) -> str:
    year, month, day = (*parts, None, None)[:3]
    if month is None:
        return str(year)
    if style == "mla":
        return " ".join(str(part) for part in (day, _SHORT_MONTHS[month - 1], year) if part)
    return f"{_MONTHS[month - 1]} {day}, {year}" if day else f"{_MONTHS[month - 1]} {year}"
