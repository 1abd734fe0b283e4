"""Records → BibTeX."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa.citing.csl_fields import iso, line, year

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_HOUSES = {"techreport": "institution", "phdthesis": "school"}
_CONTAINERS = {"incollection": "booktitle", "inproceedings": "booktitle"}
_SAME = ("title", "volume", "edition", "number")
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}  # fmt: skip
"""What means something to TeX, written so that it is printed. Braces must pair in BibTeX."""


def bibtex(entries: Sequence[tuple[str, Mapping[str, Any], str]]) -> str:
    """BibTeX of (key, CSL-JSON record, note) triples, in their order; UTF-8."""
    # pybtex takes a tenth of a second to load and only this export needs it.
    from pybtex.database import BibliographyData, Entry, Person  # noqa: PLC0415
    from pybtex.database.output.bibtex import Writer  # noqa: PLC0415

    class Plain(Writer):  # type: ignore[misc]
        """Writes fields as they are: pybtex would escape addresses and not `$` and `^`."""

        def _encode(self, text: str) -> str:
            return text

    made = {}
    for key, record, note in entries:
        kind = _TYPES.get(record["type"], "misc")
        persons = {
            role: [Person(**_person(name)) for name in record[role]]
            for role in ("author", "editor")
            if record.get(role)
        }
        made[key] = Entry(kind, dict(_fields(kind, record, note)), persons)
    return str(Plain(encoding="UTF-8").to_string(BibliographyData(made)))


def _fields(kind: str, record: Mapping[str, Any], note: str) -> Iterator[tuple[str, str]]:
    names = {
        **{field: field for field in _SAME},
        "issue": "number",
        "publisher": _HOUSES.get(kind, "publisher"),
        "publisher-place": "address",
        "container-title": _CONTAINERS.get(kind, "journal"),
        "page": "pages",
    }
    for field, name in names.items():
        value = line(record.get(field))
        if value:
            yield name, _latex(value.replace("-", "--") if name == "pages" else value)
    for field, value in (("year", year(record)), ("urldate", iso(record.get("accessed")))):
        if value:
            yield field, _latex(value)
    for field in ("DOI", "URL"):
        value = line(record.get(field))
        if value:
            yield field.lower(), _address(value)
    if note:
        yield "note", _latex(note)


def _latex(value: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in value)


def _address(value: str) -> str:
    """An address as it stands, for `\\url`; characters that would end the field are encoded."""
    return re.sub(r'[{}\\"\s]', lambda found: f"%{ord(found[0]):02X}", value)


def _person(name: Mapping[str, Any]) -> dict[str, str]:
    if name.get("literal"):
        # Braces keep the name of a body in one piece.
        return {"last": f"{{{_latex(line(name['literal']))}}}"}
    parts = {
        "prelast": line(name.get("non-dropping-particle") or name.get("dropping-particle")),
        "last": line(name.get("family")),
        "lineage": line(name.get("suffix")),
        "first": line(name.get("given")),
    }
    return {part: _one_part(words) for part, words in parts.items() if words}


def _one_part(words: str) -> str:
    """A part of a name; in braces where BibTeX would see two names or two parts in it."""
    latex = _latex(words)
    return f"{{{latex}}}" if re.search(r",|\band\b", words, re.I) else latex
