"""Source → the reference that a reader sees, in a style of `qa.citing.styles`."""

import html as markup
import json
import re
from functools import cache, lru_cache
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from corpus.sources.csl import CslRecord
from corpus.sources.registry import Source
from qa.citing.citeproc_fixes import ITALIC, ROMAN, corrected_entry
from qa.citing.styles import STYLES, CitationStyle

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

_LESS = "\ue002"
"""A `<`, as a character of Unicode's private use area."""
_MARKS = re.compile(f"[{ITALIC}{ROMAN}{_LESS}]")

_TEXT_FIELDS = frozenset(
    "title container-title collection-title collection-number volume issue page number edition "
    "version section genre medium publisher publisher-place authority DOI URL year-suffix".split()
)
_TITLES = frozenset({"title", "container-title", "collection-title"})
_NAME_FIELDS = frozenset({"author", "editor", "translator"})
_DATE_FIELDS = frozenset({"issued", "accessed"})
_DATE_PARTS = frozenset({"date-parts", "literal", "circa"})
_NAME_PARTS = frozenset({"family", "given", "suffix", "dropping-particle", "non-dropping-particle"})
_LEGAL_TYPES = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})

_lock = Lock()


def reference(source: Source, style: str = "apa", *, html: bool = False) -> str:
    """The reference of a source in a style of `STYLES`, one line; in APA with its letter.

    Plain text, or with `html` safe HTML: everything is escaped, and `<i>` is the only tag.
    """
    marked = _entry(source.csl, style)
    if not html:
        return _MARKS.sub("", marked.replace(_LESS, "<"))
    safe = markup.escape(marked.replace(_LESS, "<"))
    return safe.replace(ITALIC, "<i>").replace(ROMAN, "</i>")


def short_reference(source: Source) -> str:
    """How a text cites a source: `Delgado, n.d.`, `UN, 2000a`, `TVPA, 2000`.

    The abbreviation of the author stands for the author; a law or bill goes by its short title.
    """
    record = CslRecord.model_validate(source.record)
    return f"{_cited_name(record)}, {_cited_date(record)}"


def _cited_date(record: CslRecord) -> str:
    year, words, suffix = record.issued.year, record.issued.literal, record.year_suffix
    if year is not None:
        return f"{year}{suffix or ''}"
    date = "n.d." if words is None else words
    return date if suffix is None else f"{date}-{suffix}"


def _cited_name(record: CslRecord) -> str:
    if record.type in _LEGAL_TYPES and record.title_short:
        return record.title_short
    if record.author_short:
        return record.author_short
    names = [name.literal or name.family or "" for name in record.author or record.editor]
    if not names:
        return record.title_short or record.title
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(names)


@lru_cache(maxsize=4096)
def _entry(csl: str, style: str) -> str:
    """The reference with italics between private characters and each `<` as one."""
    record = json.loads(csl)
    fields = _for_citeproc(record)
    # A style keeps the formatter and the citations of its last use: one thread at a time.
    with _lock:
        # APA lists no interviews and letters that nobody can look up; here every source is listed.
        entries = _entries(fields, style) or _entries(fields | {"type": "report"}, style)
    return corrected_entry(entries[0], record, STYLES[style], _plain(record.get("URL", "")))


def _entries(fields: dict[str, Any], style: str) -> list[str]:
    # The import and the style take some 50 ms, and most commands print no reference.
    from citeproc import Citation, CitationItem, CitationStylesBibliography  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    bibliography = CitationStylesBibliography(
        _parsed(STYLES[style]), CiteProcJSON([fields]), _FORMATTER
    )
    bibliography.register(Citation([CitationItem(fields["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


@cache
def _parsed(style: CitationStyle) -> "CitationStylesStyle":
    from citeproc import CitationStylesStyle  # noqa: PLC0415

    parsed = CitationStylesStyle(style.file, validate=False)
    if style.whole_given_names:
        # citeproc-py overlooks `initialize="false"`.
        parsed.root.attrib.pop("initialize-with", None)
    return parsed


def _italic(text: object) -> str:
    return f"{ITALIC}{text}{ROMAN}"


# citeproc-py's own HTML formatter leaves titles unescaped, so that a title could bring a script to
# the page. This one marks italics alone; the whole line is escaped afterwards.
_FORMATTER = SimpleNamespace(
    preformat=str, Italic=_italic, Oblique=_italic, Bold=str, Light=str, Underline=str,
    Superscript=str, Subscript=str, SmallCaps=str,
)  # fmt: skip


def _for_citeproc(record: dict[str, Any]) -> dict[str, Any]:
    """What citeproc-py prints of a record, in the shapes that it expects.

    Fields that it does not know would be a warning each, those of a wrong type an exception.
    """
    # The languages take most of a second to load, and most commands print no reference.
    from corpus.languages import LANGUAGES, plain_code  # noqa: PLC0415

    kept: dict[str, Any] = {"id": "source", "type": record["type"]}
    for field, value in record.items():
        if field in _TEXT_FIELDS and isinstance(value, str | int) and _plain(value):
            kept[field] = _plain(value)
        elif field in _NAME_FIELDS and value:
            kept[field] = [_name(name) for name in value]
    language = LANGUAGES.get(plain_code(str(record.get("language", "en"))))
    if language is None or not language.capital_titles:
        for field in _TITLES & kept.keys():
            kept[field] = f'<span class="nocase">{kept[field]}</span>'
    for field in _DATE_FIELDS & record.keys():
        date = {part: value for part, value in record[field].items() if value}
        date = {part: date[part] for part in _DATE_PARTS & date.keys()}
        if "date-parts" in date or "literal" in date:
            kept[field] = date
    if {"literal": kept.get("publisher")} in kept.get("author", []):
        del kept["publisher"]  # APA 7, 9.29: a publisher that is the author is not named again
    if record["type"] in _LEGAL_TYPES and "author" in kept:
        # APA cites laws and treaties by title alone, as the Bluebook does. A reader who comes from
        # "(UN, 2000a)" would find neither the author nor the letter, so the author goes first.
        kept["type"] = "report"
    return kept


def _name(name: dict[str, Any]) -> dict[str, str]:
    if name.get("literal"):
        return {"literal": _plain(name["literal"])}
    return {part: _plain(value) for part, value in name.items() if part in _NAME_PARTS and value}


def _plain(value: object) -> str:
    # A "<" could open one of the tags that citeproc-py reads in titles, and breaks on.
    return " ".join(_MARKS.sub("", str(value)).split()).replace("<", _LESS)
