"""Corrections of what citeproc-py prints twice, wrongly or not at all."""

import re
from typing import Any

from qa.citing.styles import CitationStyle

ITALIC, ROMAN = "\ue000", "\ue001"
"""Around italics: characters of Unicode's private use area, which no source means as text."""

_QUOTED = re.compile(r"((?:^|\. )“[^\ue000]*)”([.,])(?= |$)")


def corrected_entry(entry: str, record: dict[str, Any], style: CitationStyle, url: str) -> str:
    """The entry of a record, as citeproc-py prints it, corrected; `url` is its address as printed.

    Dates of access are always told, since laws and pages change.
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
    if style.marks_inside_quotes:
        entry = _QUOTED.sub(_mark_inside, entry, count=1)
    # "Why?." and, after italics, "Wait....": the title brought its own end.
    entry = re.sub(rf"([?!]|[.?!]{ROMAN})\.(?= |$)", r"\1", entry)
    return _with_access(entry, record, style, url)


def _mark_inside(quoted: "re.Match[str]") -> str:
    """American styles set points and commas inside the quotation marks."""
    title, mark = quoted.groups()
    return f"{title}”" if title[-1] in "?!." and mark == "." else f"{title}{mark}”"


def _with_access(entry: str, record: dict[str, Any], style: CitationStyle, url: str) -> str:
    parts = (record.get("accessed") or {}).get("date-parts")
    if not parts or not url or "Retrieved" in entry or "Accessed" in entry:
        return entry
    year, *rest = map(int, parts[0])
    month, day = (*rest, None, None)[:2]
    at = entry.rfind(url)
    if at < 0:
        return entry  # a DOI is printed in its place: what it names does not change
    told = style.accessed((year, month, day))
    return f"{entry} {told}" if style.access_last else f"{entry[:at]}{told} {entry[at:]}"
