"""Lossless sentence spans of a text: nupunkt, corrected by tables.

nupunkt knows legal English. What it does not know stands here: Spanish abbreviations, acronyms that
close a sentence, sentences set without a blank between them, lists, labels. Of the 197 rows
of the golden table in the tests, nupunkt 0.8.0 gets 144 right, sentencex 1.0.32 146 and pySBD 0.3.4
143: no difference. With the tables of this module nupunkt gets all, sentencex 186; the tables grew
with the rows, save 30 rows written last, of which they got 29 and 27 before anything was changed.
Besides, sentencex takes what follows an unpaired quotation mark for one sentence,
panics on a no-break space between an initial and a period, and its time grows with the square of
the number of opening quotation marks. What remains wrong: a name that opens a sentence after a
place such as `D.C.` (`in Washington, D.C. Mexico City hosts another`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import nupunkt

from corpus.languages import language_of_code
from corpus.text.documents import Span

_WINDOW = 80
"""Characters looked at on either side of a possible end; keeps the work linear."""

_LONGEST_WORD = 200
"""Longer runs without a blank are hidden from nupunkt, whose time grows with their square."""

_LONGEST_ASIDE = 400
"""A sentence does not end inside brackets, unless they hold more characters than this."""

_LONGEST_LABEL = 40
"""A label such as `Article 11.` is no longer than this, its bullet included."""

_UPPER = "A-ZÀ-ÖØ-Þ"
_LOWER = "a-zß-öø-ÿ"
_CLOSE = "\"'”’»)\\]"
_OPEN = "\"'“‘«(\\[¿¡"
_BULLET = "•▪◦‣"
_MARKER = r"\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)]"
_NOTE = r"(?:(?:\[\d{1,3}\]){1,9}|[¹²³⁰⁴-⁹]{1,3}|\d{1,2})"

_BLANK_LINE = re.compile(r"\n\s*\n|\u2029")
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_WORD = re.compile(r"\S+")
_INK = re.compile(r"\S")
_END = re.compile(rf"[.!?…][{_CLOSE}]{{0,3}}\s+(?=\S)")
_NOTED_END = re.compile(
    rf"(?:(?<=[{_LOWER}]{{4}})|(?<=[{_CLOSE}]))[.!?][{_CLOSE}]{{0,2}}{_NOTE}\s+"
    rf"(?=[{_OPEN}]{{0,2}}[{_UPPER}])"
)
_GLUED_END = re.compile(
    rf"(?:(?<=[{_LOWER}]{{2}})|(?<=[\d{_CLOSE}])|(?<=\.[{_UPPER}]))[.!?…][{_CLOSE}]{{0,3}}"
    rf"(?=[{_OPEN}]{{0,3}}(?:[{_UPPER}][{_LOWER}]+|[AIYOE])(?:[,;:’'?!]|$))"
)
_REFORM_LINE = re.compile(
    r"\n[^\n]{3,60}(?:adicionad|derogad|recorrid|reformad)[ao]s? DOF \d\d-\d\d-\d{4}"
    r"[^\n]{0,60}(?=\n|$)"
)
_FOREIGN_END = re.compile(r"[。！？｡](?![。！？｡])[」』”’）]{0,3}|[؟۔।॥]\s")

_ADDRESS = re.compile(r"://|www\.|@")
_DOMAIN = re.compile(r"(?:Com|Edu|Gov|Io|Js|Mx|Net|Org)\b")
_LABEL = re.compile(
    r"[\W_]*(?:(?:App|Art|Arts|Article|Artículo|Chapter|Fracción|Part|Sec|Section|Sección|Title"
    r"|Capítulo|Título|§)\.?\s*(?:\d{1,5}|[IVXLC]{1,6})[-A-Za-zºª°]{0,2}|\d{1,3}(?:\.\d{1,3}){0,4}"
    r"|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,6})[.)]\W*"
)
_CLOSING = re.compile(
    r"(?:(?:^|[^\w.])(?:EE\.\s?UU|[ap]\.\s?m|(?i:al|co|jr|sr)|Ph\.D|S\.\s?A|C\.\s?V)"
    rf"|[{_UPPER}]\.[{_UPPER}]|\b(?:[{_LOWER}]{{3,}}|Annex|Part|Plan|Title)\s[{_UPPER}])\.[{_CLOSE}]{{0,3}}$"
)
_ACRONYM = re.compile(rf"[{_UPPER}]\.\s?[{_UPPER}]\.$")
_NAME = re.compile(rf"[{_UPPER}][{_LOWER}]")
_WORD_END = re.compile(rf"(?:^|[^.\w])[{_UPPER}{_LOWER}]{{3,}}[.!?…]{{1,3}}[{_CLOSE}]{{0,3}}$")
_ABBREVIATION = re.compile(rf"([^\s{_OPEN}§–—]+)\.$")
_NUMBER = re.compile(r"\(?(?:\d|[IVXLC]{1,6}\b|[a-z]\)|§)")
_DANGLING = re.compile(rf"[,;:]|\[\d{{1,3}}\]|[{_CLOSE}](?=[\s,;:.]|$)")
_SMALL = re.compile(rf"[{_LOWER}](?![ivx]{{0,4}}[.)]\s)")
_SHORT_BEFORE = re.compile(rf"(?:[!?…][{_CLOSE}]{{0,3}}|\.\.|\.\w+\.|(?:^|\W)\w{{1,4}}\.)$")


@dataclass(frozen=True)
class _Rules:
    """The patterns that the words of a language make."""

    list_line: re.Pattern[str]
    opening: re.Pattern[str]
    long_opening: re.Pattern[str]
    following: re.Pattern[str]
    place: re.Pattern[str]
    subject: re.Pattern[str]
    never_final: frozenset[str]
    before_numbers: frozenset[str]


@cache
def _rules(language: str) -> _Rules:
    words = language_of_code(language).sentences
    opening = (
        rf"[{_OPEN}]{{0,3}}(?:(?!Under Secretar)(?:{_any(words.openers)})\b(?![-.’'])"
        rf"|(?:{_any(words.enumerators)}),)"
    )
    capital = rf"[{_OPEN}]{{0,3}}[{_UPPER}]"
    return _Rules(
        re.compile(
            rf"(?:[.;:—–]|[;,]\s(?:{_any(words.conjunctions)}))[*_{_CLOSE}]{{0,3}}\s*\n\s*"
            rf"(?=(?:{_MARKER}|[-*–—])\s+\S)"
            rf"|\n\s*(?=[{_BULLET}]|(?:Article|Artículo)\s\d{{1,4}}[oºª°]?\.)"
        ),
        re.compile(opening),
        re.compile(rf"(?={capital}[{_LOWER}]){opening}"),
        re.compile(capital if words.any_capital else opening),
        re.compile(rf"\b(?:{words.places.pattern})(?:[{_UPPER}]\.){{2,4}}$"),
        re.compile(rf"[{_UPPER}][{_LOWER}]*[^\Ws]s\s+(?:{_any(words.plural_verbs)})\b"),
        words.never_final,
        words.before_numbers,
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(words) or "(?!)"


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Sentences of a text, in order: not empty, disjoint, without blanks at their edges.

    All that lies outside them is white space. None crosses a blank line. A label (`1.`, `(a)`,
    `Sec. 107.`) belongs to the sentence after it; an item on a line of its own is a sentence.
    `language` is a code such as `en` or `es-MX`; an unknown one is read with the tables of English.
    """
    rules = _rules(language_of_code(language).code)
    spans: list[Span] = []
    for paragraph in _paragraphs(text):
        inner = text[paragraph.start : paragraph.end]
        edges = [0, *_cuts(inner, rules), len(inner)]
        spans += (_trimmed(inner, a, b, paragraph.start) for a, b in pairwise(edges))
    return tuple(span for span in spans if span.start < span.end)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield Span(start, blank.start())
        start = blank.end()
    yield Span(start, len(text))


def _trimmed(text: str, start: int, end: int, offset: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(offset + start + left, offset + start + max(left, len(piece.rstrip())))


def _cuts(text: str, rules: _Rules) -> Iterator[int]:
    """Offsets at which a sentence after the first of a paragraph begins, in order."""
    sure = {m.end() for rule in (rules.list_line, _FOREIGN_END) for m in rule.finditer(text)}
    sure |= {edge for m in _REFORM_LINE.finditer(text) for edge in m.span()}
    noted = {m.end() for m in _NOTED_END.finditer(text)}
    asides = _asides(text)
    start = 0
    for cut in sorted(_base(text) | sure | noted | _closed(text, rules) | _glued(text, rules)):
        if cut in sure or not (_within(asides, start, cut) or _joined(text, start, cut, rules)):
            yield cut
            start = cut


def _base(text: str) -> set[int]:
    """Where nupunkt begins a sentence; line breaks and long words are hidden from it."""
    flat = re.sub(r"\s", " ", _LONG_WORD.sub(lambda m: m[0][-20:].rjust(len(m[0]), "x"), text))
    found = (_INK.search(flat, end) for _, end in nupunkt.sent_spans(flat))
    return {match.start() for match in found if match}


def _closed(text: str, rules: _Rules) -> set[int]:
    """Where a sentence follows what nupunkt takes for an abbreviation that does not close one."""
    found: set[int] = set()
    for end in _END.finditer(text):
        before = text[max(0, end.start() - _WINDOW) : end.end()].rstrip()
        after = text[end.end() : end.end() + _WINDOW]
        plain = _WORD_END.search(before) and rules.following.match(after)
        if plain or (_CLOSING.search(before) and _opens(before, after, rules)):
            found.add(end.end())
    return found


def _opens(before: str, after: str, rules: _Rules) -> bool:
    """Whether the words after an acronym open a sentence rather than go on with its name."""
    return bool(
        rules.opening.match(after) or (rules.place.search(before) and rules.subject.match(after))
    )


def _glued(text: str, rules: _Rules) -> set[int]:
    """Where a sentence follows another without a blank, as in `border.This`."""
    found: set[int] = set()
    for word in _WORD.finditer(text):
        if _ADDRESS.search(word[0]):
            continue
        for end in _GLUED_END.finditer(word[0]):
            after = word[0][end.end() : end.end() + _WINDOW]
            acronym = word[0][max(0, end.start() - 2) : end.start()][:1] == "."
            if not _DOMAIN.match(after) and not (acronym and not rules.long_opening.match(after)):
                found.add(word.start() + end.end())
    return found


def _asides(text: str) -> list[Span]:
    """Pairs of brackets that hold no more than an aside, the outermost of them, in order."""
    opened: list[int] = []
    pairs: list[Span] = []
    for bracket in re.finditer(r"[()\[\]]", text):
        if bracket[0] in "([":
            opened.append(bracket.start())
        elif opened and bracket.end() - opened[-1] <= _LONGEST_ASIDE:
            start = opened.pop()
            while pairs and pairs[-1].start > start:
                pairs.pop()
            pairs.append(Span(start, bracket.end()))
        elif opened:
            opened.pop()
    return pairs


def _within(asides: list[Span], start: int, cut: int) -> bool:
    """Whether a cut lies inside an aside that does not open the sentence itself."""
    place = bisect_right(asides, cut, key=lambda aside: aside.start) - 1
    return place >= 0 and start < asides[place].start < cut < asides[place].end


def _joined(text: str, start: int, cut: int, rules: _Rules) -> bool:
    """Whether what follows a cut belongs to the sentence that begins at `start`."""
    before, after = text[max(start, cut - _WINDOW) : cut].rstrip(), text[cut : cut + _WINDOW]
    if cut - start <= _LONGEST_LABEL and _LABEL.fullmatch(before):
        return True
    if _DANGLING.match(after) or (_SMALL.match(after) and _SHORT_BEFORE.search(before)):
        return True
    if _ACRONYM.search(before) and _NAME.match(after) and not _opens(before, after, rules):
        return True
    word = _ABBREVIATION.search(before)
    name = word[1].lower() if word else ""
    counts = name in rules.before_numbers and _NUMBER.match(after)
    return name in rules.never_final or bool(counts)
