"""Fields of a CSL-JSON record as single lines, for the formats that have lines and braces."""

from collections.abc import Mapping
from typing import Any


def line(value: object) -> str:
    """A text or number on one line; empty for anything else, such as a list."""
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if known else ""


def year(record: Mapping[str, Any]) -> str:
    """The year of a record, or its date in words; empty without either."""
    issued = record.get("issued") or {}
    parts = issued.get("date-parts")
    return str(int(parts[0][0])) if parts else line(issued.get("literal"))


def iso(date: Mapping[str, Any] | None) -> str:
    """A date as `2026-01-05`, or as much of it as there is."""
    parts = (date or {}).get("date-parts")
    return "-".join(f"{int(part):02d}" for part in parts[0]) if parts else ""
