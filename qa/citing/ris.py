"""Records → RIS."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.citing.csl_fields import iso, line, year

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "paper-conference": "CPAPER",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}


def ris(entries: Sequence[tuple[str, Mapping[str, Any], str]]) -> str:
    """RIS of (key, CSL-JSON record, note) triples, in their order."""
    from rispy import RisWriter  # noqa: PLC0415

    class Unnumbered(RisWriter):  # type: ignore[misc]
        """RIS has no numbers before its records, rispy writes them."""

        def set_header(self, _count: int) -> str:
            return ""

    return str(Unnumbered().formats([_entry(*one) for one in entries]))


def _entry(key: str, record: Mapping[str, Any], note: str) -> dict[str, Any]:
    first, _, last = line(record.get("page")).replace("–", "-").partition("-")
    entry: dict[str, Any] = {
        "type_of_reference": _TYPES.get(record["type"], "GEN"),
        "id": key,
        "title": line(record["title"]),
        "authors": _names(record, "author"),
        "secondary_authors": _names(record, "editor"),
        "year": year(record),
        "secondary_title": line(record.get("container-title")),
        "volume": line(record.get("volume")),
        "number": line(record.get("issue")) or line(record.get("number")),
        "start_page": first.strip(),
        "end_page": last.strip("- "),
        "edition": line(record.get("edition")),
        "publisher": line(record.get("publisher")),
        "place_published": line(record.get("publisher-place")),
        "language": line(record.get("language")),
        "doi": line(record.get("DOI")),
        "urls": [line(record["URL"])] if record.get("URL") else [],
        "access_date": iso(record.get("accessed")).replace("-", "/"),
        "notes": [note] if note else [],
    }
    return {name: value for name, value in entry.items() if value}


def _names(record: Mapping[str, Any], role: str) -> list[str]:
    """Family, given, suffix, with a comma between each, or the name of a body."""
    return [
        line(name.get("literal"))
        or ", ".join(filter(None, (line(name.get(p)) for p in ("family", "given", "suffix"))))
        for name in record.get(role) or []
    ]
