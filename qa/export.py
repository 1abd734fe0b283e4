"""Sets of sources or quotations → a bibliography: styles as text, BibTeX, RIS, CSL-JSON."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from corpus.registry import Source, source_from_record
from qa.bibliography import STYLES, reference

_OURS = frozenset({"aliases", "alternates"})
"""Fields of a record that only Footnote knows."""
_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_RIS_TYPES = {
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


@dataclass(frozen=True)
class Cited:
    """A source with the places that are quoted from it and the day its text was fetched.

    `accessed` is an ISO date; that of the record, where it has one, counts before it.
    """

    source: Source
    pinpoints: tuple[str, ...] = ()
    accessed: str | None = None

    @property
    def dated(self) -> Source:
        """The source with the date of access in its record."""
        record = self.source.record
        if self.accessed is None or "accessed" in record or self.source.url is None:
            return self.source
        parts = [int(part) for part in self.accessed.split("-")]
        return source_from_record({**record, "accessed": {"date-parts": [parts]}})


def gathered(
    quoted: Iterable[tuple[Source, str | None]], accessed: Mapping[str, str]
) -> tuple[Cited, ...]:
    """One entry a source, in order of keys, with its pinpoints in order of first use."""
    found: dict[str, tuple[Source, dict[str, None]]] = {}
    for source, pinpoint in quoted:
        places = found.setdefault(source.key, (source, {}))[1]
        if pinpoint:
            places[pinpoint] = None
    return tuple(
        Cited(source, tuple(places), accessed.get(key))
        for key, (source, places) in sorted(found.items())
    )


def _styled(style: str, cited: Sequence[Cited]) -> str:
    lines = []
    for one in cited:
        line = reference(one.dated, style)
        lines.append(f"{line} [{'; '.join(one.pinpoints)}]" if one.pinpoints else line)
    return "\n".join(sorted(lines, key=str.casefold)) + "\n"


def _csl_json(cited: Sequence[Cited]) -> str:
    records = []
    for one in cited:
        record = one.dated.record
        if one.pinpoints:
            # CSL-JSON has no locator for a record; reference managers keep notes.
            record["note"] = _joined(record.get("note"), "Cited: " + "; ".join(one.pinpoints))
        records.append({name: record[name] for name in record.keys() - _OURS})
    return json.dumps(records, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _joined(*parts: object) -> str:
    return "; ".join(str(part) for part in parts if part)


def _bibtex(cited: Sequence[Cited]) -> str:
    # pybtex takes a tenth of a second to load and only this export needs it.
    from pybtex.database import BibliographyData, Entry, Person  # noqa: PLC0415

    entries = {}
    for one in cited:
        record = one.dated.record
        fields = {name: _braced(value) for name, value in _bibtex_fields(one, record)}
        persons = {
            role: [_person(Person, name) for name in record[role]]
            for role in ("author", "editor")
            if record.get(role)
        }
        entries[one.source.key] = Entry(_BIBTEX_TYPES.get(one.source.type, "misc"), fields, persons)
    return str(BibliographyData(entries).to_string("bibtex"))


def _bibtex_fields(one: Cited, record: dict[str, Any]) -> Iterable[tuple[str, str]]:
    same = ("title", "volume", "edition", "number", "DOI")
    house = "institution" if one.source.type == "report" else "publisher"
    names = {
        "publisher": house,
        "container-title": "journal",
        "issue": "number",
        "page": "pages",
        "URL": "url",
    }
    for field in (*same, *names):
        if record.get(field):
            yield names.get(field, field.lower()), str(record[field])
    issued = record.get("issued", {})
    if issued.get("date-parts"):
        yield "year", str(issued["date-parts"][0][0])
    accessed = _iso(record.get("accessed"))
    if accessed:
        yield "urldate", accessed
    if one.pinpoints:
        yield "note", "Cited: " + "; ".join(one.pinpoints)


def _person(person: Any, name: dict[str, Any]) -> Any:
    if name.get("literal"):
        # Braces keep the name of a body in one piece.
        return person(last="{" + _braced(name["literal"]) + "}")
    return person(first=_braced(name.get("given", "")), last=_braced(name["family"]))


def _braced(value: str) -> str:
    # A brace that does not close would swallow the entries that follow.
    return value.replace("{", "(").replace("}", ")").replace("\\", "/")


def _iso(date: dict[str, Any] | None) -> str:
    parts = (date or {}).get("date-parts")
    return "-".join(f"{int(part):02d}" for part in parts[0]) if parts else ""


def _ris(cited: Sequence[Cited]) -> str:
    from rispy import RisWriter  # noqa: PLC0415

    class Unnumbered(RisWriter):  # type: ignore[misc]
        """RIS has no numbers before its records, rispy writes them."""

        def set_header(self, _count: int) -> str:
            return ""

    return str(Unnumbered().formats([_ris_entry(one, one.dated.record) for one in cited]))


def _ris_entry(one: Cited, record: dict[str, Any]) -> dict[str, Any]:
    authors = [
        name.get("literal") or ", ".join(filter(None, (name["family"], name.get("given"))))
        for name in record.get("author", [])
    ]
    first, _, last = str(record.get("page", "")).partition("-")
    issued = record.get("issued", {}).get("date-parts")
    entry: dict[str, Any] = {
        "type_of_reference": _RIS_TYPES.get(one.source.type, "GEN"),
        "id": one.source.key,
        "title": record["title"],
        "authors": authors,
        "year": str(issued[0][0]) if issued else "",
        "secondary_title": record.get("container-title", ""),
        "volume": str(record.get("volume", "")),
        "number": str(record.get("issue") or record.get("number") or ""),
        "start_page": first,
        "end_page": last,
        "edition": str(record.get("edition", "")),
        "publisher": record.get("publisher", ""),
        "language": one.source.language,
        "urls": [one.source.url] if one.source.url else [],
        "access_date": _iso(record.get("accessed")).replace("-", "/"),
        "notes": ["Cited: " + "; ".join(one.pinpoints)] if one.pinpoints else [],
    }
    return {name: value for name, value in entry.items() if value}


EXPORTS: Mapping[str, Callable[[Sequence[Cited]], str]] = MappingProxyType(
    {
        **{style: partial(_styled, style) for style in STYLES},
        "bibtex": _bibtex,
        "csl-json": _csl_json,
        "ris": _ris,
    }
)
"""Name of a form → the bibliography in it, ending in a line break."""
