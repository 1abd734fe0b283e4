"""The date of a text's version, as the text itself tells it."""

import re
from datetime import date

_HEAD = 20_000
_MEXICAN = re.compile(
    r"Últimas?\s+reformas?\s+publicadas?\s+(?:en\s+el\s+)?D\.?O\.?F\.?\s+"
    r"(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})",
    re.I,
)
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_AMERICAN = re.compile(
    r"(?:as amended through|last amended(?: on)?|current through|^approved)[^\n]{0,60}?"
    rf"\b(?P<name>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}}),\s+(?P<year>\d{{4}})",
    re.I | re.M,
)


def version_date(text: str) -> str | None:
    """The ISO date of the last amendment that the text names, None where it names none.

    Known are the notice of Mexican federal laws (“Última reforma publicada DOF 14-11-2025”) and
    the phrases of American compilations (“As amended through …, May 5, 2015”).
    """
    for pattern in (_MEXICAN, _AMERICAN):
        found = pattern.search(text[:_HEAD]) or pattern.search(text, max(0, len(text) - _HEAD))
        if found:
            return _iso(found.groupdict())
    return None


def _iso(parts: dict[str, str]) -> str | None:
    month = parts.get("month") or _MONTHS.index(parts["name"].lower()) + 1
    try:
        return date(int(parts["year"]), int(month), int(parts["day"])).isoformat()
    except ValueError:
        return None
