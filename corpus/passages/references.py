"""References inside a text: `(Garza, 2011)`, `DOS (2017)`, the name of an act → key of a source."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from corpus.text.sentences import sentences

_YEAR = r"(?:1[5-9]|20)\d\d|n\.\s?d\."
_BRACKET = re.compile(rf"\((?P<inside>[^()]*?\b(?:{_YEAR})[^()]*)\)")
_PARENTHETICAL = re.compile(
    rf"(?:see(?: also)?,? |cf\. |e\.g\.,? |véase )?(?P<name>[^\W\d_][^;]*?),?\s+"
    rf"(?P<year>{_YEAR})-?(?P<letter>[a-z])?(?P<locator>,\s*[^;]+)?\s*$",
    re.I,
)
_NARRATIVE = re.compile(
    rf"(?P<year>{_YEAR})-?(?P<letter>[a-z])?(?P<locator>,\s*(?:pp?\.|para|art)[^;()]*)?\s*$",
    re.I,
)
_NUMBERED = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]")
_BEFORE = re.compile(
    r"\b(?:according to|as (?:reported|stated) (?:in|by)|según|de acuerdo con)\b", re.I
)
_AFTER = re.compile(
    r"\W*(?:also |además )?(?:report(?:ed|s)|review(?:ed|s)|classif(?:ies|ied)|states?|stated|"
    r"finds?|found|notes?|noted|defines?|defined|informó|informa|señala|señaló|establece)\b",
    re.I,
)
"""Words around a reference that attribute to it what follows."""
_REACH = 100
_LONGEST_NAME = 120
_LEAST_TITLE_WORDS = 3


@dataclass(frozen=True)
class Reference:
    """A citation in a text. `key` is None where no source of the registry is meant.

    `span` holds its words, such as `(UN, 2000a, p. 2)`; `locator` is `p. 2` or empty. It speaks for
    its own sentence and, where it attributes a passage (“According to DOS (2017), … First, …”), for
    the text up to `governs`.
    """

    span: Span
    key: str | None
    locator: str
    governs: int


class ReferenceFinder:
    """Finds references to any of `sources`, whose names are gathered once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._dated, self._titles = _authors(sources), _titles(sources)

    def find(self, document: Document) -> tuple[Reference, ...]:
        """The references of a document in order, resolved to the keys of the sources.

        A reference to the document itself is none. Numbered ones (`[3]`) are recognized, not
        resolved.
        """
        names = _Names(self._dated, self._titles, document.key)
        found: list[Reference] = []
        for paragraph in _paragraphs(document):
            spans = [
                Span(paragraph.start + s.start, paragraph.start + s.end)
                for s in sentences(document.cut(paragraph), document.language)
            ]
            inside = [_in_sentence(document.text, span, names) for span in spans]
            found += _governing(document.text, spans, inside)
        return tuple(found)


def _paragraphs(document: Document) -> Iterator[Span]:
    for section in document.sections:
        start, end = section.body
        for paragraph in document.text[start:end].split("\n\n"):
            yield Span(start, start + len(paragraph))
            start += len(paragraph) + 2


@dataclass(frozen=True)
class _Found:
    reference: Reference
    narrative: bool


_ByName = dict[str, list[Source]]


@dataclass(frozen=True)
class _Titles:
    """By folded titles of three words or more; `first` are the words that one can begin with."""

    names: _ByName
    first: frozenset[str]


@dataclass(frozen=True)
class _Names:
    """Names of sources, as a document of the source `own` may call the others."""

    by_name: _ByName
    by_title: _Titles
    own: str

    def dated(self, name: str) -> list[Source]:
        """What is called by a name beside a year: an author, an abbreviation, a title."""
        return [one for one in self.by_name.get(_folded(name), ()) if one.key != self.own]

    def titled(self, folded: str) -> list[Source]:
        """What a folded title names without a year."""
        return [one for one in self.by_title.names.get(folded, ()) if one.key != self.own]


def _authors(sources: Mapping[str, Source]) -> _ByName:
    """By authors, their abbreviations, titles and other names."""
    names: _ByName = {}
    for source in sources.values():
        for name in _own_names(source):
            names.setdefault(name, []).append(source)
    return names


@cache  # every document of a library is searched for every source of it
def _own_names(source: Source) -> frozenset[str]:
    record = source.record
    own = [record.get("author-short"), record.get("title-short"), source.title, *source.aliases]
    own += [name.get("literal") or name.get("family") for name in record.get("author", [])]
    return frozenset(_folded(name) for name in own if name)


@cache
def _own_titles(source: Source) -> frozenset[str]:
    return frozenset(_folded(name) for name in (source.title, *source.aliases))


def _titles(sources: Mapping[str, Source]) -> _Titles:
    """By titles and other names of three words or more, which name one source without a year."""
    names: _ByName = {}
    for source in sources.values():
        for name in _own_titles(source):
            if len(name.split()) >= _LEAST_TITLE_WORDS:
                names.setdefault(name, []).append(source)
    return _Titles(names, frozenset(name.split()[0] for name in names))


def _folded(name: str) -> str:
    """Lower case, without accents, articles, possessives and marks."""
    plain = unicodedata.normalize("NFD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    letters = re.sub(r"[’']s\b|^the ", "", letters)
    return " ".join(re.sub(r"[^\w\s-]", "", letters).split())


def _in_sentence(text: str, span: Span, names: _Names) -> list[_Found]:
    found: list[_Found] = []
    for bracket in _BRACKET.finditer(text, span.start, span.end):
        found += _in_bracket(text, span.start, bracket, names)
    taken = [entry.reference.span for entry in found]
    for source, mention in _mentions(text, span, names):
        apart = all(mention.end <= one.start or one.end <= mention.start for one in taken)
        if apart and source.key not in {entry.reference.key for entry in found}:
            found.append(_Found(Reference(mention, source.key, "", mention.end), True))
    for number in _NUMBERED.finditer(text, span.start, span.end):
        at = Span(*number.span())
        found.append(_Found(Reference(at, None, "", at.end), False))
    return sorted(found, key=lambda entry: entry.reference.span)


def _in_bracket(text: str, start: int, bracket: "re.Match[str]", names: _Names) -> Iterator[_Found]:
    """`DOS (2017)`, or each part of `(Garza, 2011; UN, 2000a, p. 2)`."""
    inside = bracket["inside"]
    narrative = _NARRATIVE.fullmatch(inside.strip())
    if narrative:
        before = text[max(start, bracket.start() - _LONGEST_NAME) : bracket.start()]
        name = _ending(before, names, narrative)
        if name is not None:
            at = Span(bracket.start() - len(name[0]), bracket.end())
            yield _found(at, name[1], narrative, narrative=True)
        return
    begin = bracket.start("inside")
    parts = inside.split(";")
    for part in parts:
        cited = _PARENTHETICAL.match(part.strip())
        blank = len(part) - len(part.lstrip())
        # One reference takes its brackets along, several have their own words.
        whole = Span(begin + blank, begin + len(part.rstrip()))
        if len(parts) == 1:
            whole = Span(*bracket.span())
        begin += len(part) + 1
        if cited is None:
            continue
        source = _resolved(names.dated(cited["name"]), cited)
        before = text[max(start, bracket.start() - _LONGEST_NAME) : bracket.start()]
        spelled = source is not None and _ending(before, names, cited) is not None
        # A date such as `November 2, 1966` has the form of a name and a year.
        named = cited["name"][:1].isupper() and not re.search(r"\d", cited["name"])
        if source is not None or named:
            yield _found(whole, source, cited, narrative=spelled)


def _found(span: Span, source: Source | None, cited: "re.Match[str]", *, narrative: bool) -> _Found:
    locator = (cited["locator"] or "").lstrip(", ").strip()
    key = source.key if source else None
    return _Found(Reference(span, key, locator, span.end), narrative)


def _ending(before: str, names: _Names, cited: "re.Match[str]") -> tuple[str, Source] | None:
    """The longest name that the words before a bracket end with, and its source."""
    for word in re.finditer(r"\S+", before):
        start = word.start()
        source = _resolved(names.dated(before[start:]), cited)
        if source is not None and word[0].lower() != "the":
            return before[start:], source
    return None


def _resolved(candidates: list[Source], cited: "re.Match[str]") -> Source | None:
    year = int(cited["year"]) if cited["year"].isdigit() else None
    letter = (cited["letter"] or "").lower()
    fitting = [
        source
        for source in candidates
        if source.year == year and (source.record.get("year-suffix") or "") == letter
    ]
    return fitting[0] if len(fitting) == 1 else None


def _mentions(text: str, span: Span, names: _Names) -> Iterator[tuple[Source, Span]]:
    """Sources that a sentence calls by a title or name of three words or more."""
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    folded = [_folded(word[0]) for word in words]
    taken = 0
    for first in range(len(words)):
        if first < taken or folded[first] not in names.by_title.first:
            continue
        for last in range(min(len(words), first + 25), first + _LEAST_TITLE_WORDS - 1, -1):
            named = names.titled(" ".join(filter(None, folded[first:last])))
            if len(named) == 1:
                at = Span(span.start + words[first].start(), span.start + words[last - 1].end())
                yield named[0], Span(at.start, at.end - _trailing(text[at.start : at.end]))
                taken = last
                break


def _trailing(words: str) -> int:
    return len(words) - len(words.rstrip(".,;:!?)”"))


def _governing(text: str, spans: list[Span], inside: list[list[_Found]]) -> Iterator[Reference]:
    """Each reference with how far it governs: an attribution to the next one, or the paragraph."""
    for number, entries in enumerate(inside):
        for entry in entries:
            reference = entry.reference
            if not _attributes(entry, text, spans[number]):
                yield reference
                continue
            later = range(number + 1, len(spans))
            stop = next(
                (n for n in later if any(_attributes(e, text, spans[n]) for e in inside[n])),
                len(spans),
            )
            yield Reference(reference.span, reference.key, reference.locator, spans[stop - 1].end)


def _attributes(entry: _Found, text: str, sentence: Span) -> bool:
    """Whether a reference is named as the one who says what follows."""
    start, end = entry.reference.span
    before = text[max(sentence.start, start - _REACH) : start]
    return bool(
        entry.narrative
        and entry.reference.key
        and (_BEFORE.search(before) or _AFTER.match(text, end, sentence.end))
    )
