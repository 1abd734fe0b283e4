"""Sets of sources or quotations → a bibliography: styles as text, BibTeX, RIS, CSL-JSON."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from corpus.errors import ConfigurationError
from corpus.sources.registry import Source, source_from_record
from qa.answers import Quotation
from qa.citing.bibtex import bibtex
from qa.citing.reference import reference
from qa.citing.ris import ris
from qa.citing.styles import STYLES

_OURS = frozenset({"aliases", "alternates", "author-short"})
"""Fields of a record that only Footnote knows."""


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
        known = (record.get("accessed") or {}).get("date-parts")
        if self.accessed is None or known or self.source.url is None:
            return self.source
        parts = [int(part) for part in self.accessed.split("-")]
        return source_from_record({**record, "accessed": {"date-parts": [parts]}})

    @property
    def note(self) -> str:
        """The places in words, `Cited: Art. 3(a); Art. 5`; empty where none is quoted."""
        return "Cited: " + "; ".join(self.pinpoints) if self.pinpoints else ""


Item = Source | Quotation | tuple[Source, str | None]


def bibliography(
    items: Iterable[Item],
    form: str = "apa",
    *,
    find: Callable[[str], Source] | None = None,
    accessed: Mapping[str, str] | None = None,
) -> str:
    """The bibliography of sources, of quotations, or of both, in a form of `EXPORTS`.

    A source may come with a pinpoint: `(source, "Art. 3(a)")`. Quotations bring theirs, with the
    page where there is one, and need `find`, which gives the source of a key (`engine.source`).
    `accessed` holds the ISO dates on which texts were fetched, by key. Each source stands once,
    with all its places. Raises ConfigurationError for an unknown form.

        answer = engine.ask(Request("How is trafficking in persons defined?"))
        bibliography(answer.quotes, "bibtex", find=engine.source)
    """
    if form not in EXPORTS:
        raise ConfigurationError("cite.form", form=form, known=[*EXPORTS])
    quoted = (_quoted(item, find) for item in items)
    return EXPORTS[form](gathered(quoted, accessed or {}))


def place(pinpoint: str | None, page: str | None) -> str | None:
    """Pinpoint and page in one, such as `Artículo 10, p. 5`."""
    told = f"p. {page}" if page else None
    if pinpoint and told and pinpoint.endswith(told):
        return pinpoint
    return ", ".join(part for part in (pinpoint, told) if part) or None


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


def _quoted(item: Item, find: Callable[[str], Source] | None) -> tuple[Source, str | None]:
    if isinstance(item, Source):
        return item, None
    if not isinstance(item, Quotation):
        return item
    if find is None:
        raise ConfigurationError("cite.find")
    cited = item.citation
    return find(cited.source), place(cited.pinpoint, cited.page)


def _styled(style: str, cited: Sequence[Cited]) -> str:
    lines = []
    for one in cited:
        line = reference(one.dated, style)
        lines.append(f"{line} [{one.note}]" if one.note else line)
    return "".join(f"{line}\n" for line in sorted(lines, key=_alphabetical))


def _alphabetical(line: str) -> str:
    """As a reader looks a name up: without case and accents."""
    plain = unicodedata.normalize("NFD", line.casefold())
    return "".join(c for c in plain if c.isalnum() or c == " ")


def _csl_json(cited: Sequence[Cited]) -> str:
    records = []
    for one in cited:
        record = one.dated.record
        if one.note:
            # CSL-JSON has no locator for a record; reference managers keep notes.
            record["note"] = "; ".join(str(n) for n in (record.get("note"), one.note) if n)
        records.append({name: record[name] for name in record.keys() - _OURS})
    return json.dumps(records, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _bibtex(cited: Sequence[Cited]) -> str:
    return bibtex([(one.source.key, one.dated.record, one.note) for one in cited])


def _ris(cited: Sequence[Cited]) -> str:
    return ris([(one.source.key, one.dated.record, one.note) for one in cited])


EXPORTS: Mapping[str, Callable[[Sequence[Cited]], str]] = MappingProxyType(
    {
        **{style: partial(_styled, style) for style in STYLES},
        "bibtex": _bibtex,
        "csl-json": _csl_json,
        "ris": _ris,
    }
)
"""Name of a form → the bibliography in it, ending in a line break."""
