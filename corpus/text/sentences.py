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
from collections.abc import Iterator
from itertools import pairwise

import nupunkt

from corpus.text.documents import Span

_WINDOW = 80
"""Characters looked at on either side of a possible end; keeps the work linear."""

_LONGEST_WORD = 200
"""Longer runs without a blank are hidden from nupunkt, whose time grows with their square."""

_LONGEST_ASIDE = 400
"""A sentence does not end inside brackets, unless they hold more characters than this."""

_LONGEST_LABEL = 40
"""A label such as `Article 11.` is no longer than this, its bullet included."""

_LEADING = {
    "en": frozenset(
        "approx cf dr e.g eg gov hon i.e ie messrs mr mrs ms prof rep sen sgt v viz vs".split()
    ),
    "es": frozenset(
        (
            "admón aprox arq av avda cd cf cfr col dept depto dip dña dr dra dras dres ed ej excmo "
            "fr fracc gob gral ing lcda lcdo lic licda licdo ma mtra mtro núm p.ej par parr párr "
            "párrs pbro prof profa prol pte sen sr sra sras sres srita srta sto tel v vid vs"
        ).split()
    ),
}
"""Abbreviations, without their last period, that never end a sentence."""

_COUNTING = {
    "en": frozenset(
        (
            "art arts ch cl div ex fig figs h.r no nos p para paras pp pt sec secs stat subsec tit "
            "vol vols"
        ).split()
    ),
    "es": frozenset(
        (
            "art arts cap caps fig figs fol fols fracc fracs inc incs lib no nos nro p pág págs pp "
            "sec secc tít tom vol vols"
        ).split()
    ),
}
"""Abbreviations that do not end a sentence where a number, a letter or a numeral follows."""

_OPENERS = (
    "A Accordingly According Additionally After All Also Although Among An And Another Any Are As "
    "At Because Before Besides Both But By Consequently Despite Did Do Does During Each Either "
    "Even Eventually Every Few Finally For From Furthermore Generally Given Had Has Have He Hence "
    "Her Here His How However I If In Indeed Instead Is It Its Last Later Likewise Many Meanwhile "
    "Moreover Most Much My Neither Nevertheless No Nobody None Nonetheless Nor Nothing Notably "
    "Now On Once Only Or Others Otherwise Our Over Overall Rather Recently She Similarly Since So "
    "Some Specifically Still Subsequently Such Than That The Their Them Then There Thereafter "
    "Therefore These They This Those Though Through Thus To Together Under Unfortunately Unless "
    "Unlike Until Was We Were What When Where Whereas Whether Which While Who Whose Why With "
    "Within Without Yet You Your "
    "Además Ahora Al Algunas Algunos Ambas Ambos Antes Aquel Aquella Así Aun Aunque Cada Como Con "
    "Conforme Contra Cuando De Del Desde Después Dicha Dicho Donde Durante El Él Ella Ellas Ellos "
    "En Entonces Entre Es Esa Ese Eso Esta Estas Este Esto Estos Finalmente Fue Ha Hasta Hay La "
    "Las Le Lo Los Luego Mientras Muchas Muchos Nadie Ni Ninguna Ninguno Nunca Otra Otras Otro "
    "Otros Para Pero Por Pues Que Qué Quien Quién Según Se Si Sí Sin Sobre Solo Sólo Su Sus "
    "También Tampoco Toda Todas Todo Todos Tras Un Una Unas Unos Ya Yo"
).split()
"""Words that, capitalized, open a sentence far more often than they belong to a name."""

_ENUMERATORS = (
    "First Second Third Fourth Fifth Sixth Seventh Next Lastly Today Primero Segundo Tercero Cuarto"
    " Quinto Hoy"
).split()
"""Words that open a sentence where a comma follows, and may be part of a name where none does."""

_FINITE = (
    "are can cannot could do face faced had have may might must need often rarely should sometimes"
    " still usually were who will would"
).split()
"""Words that follow a plural subject: they tell `in the U.S. Victims often …` from a name."""

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
_LIST_LINE = re.compile(
    rf"(?:[.;:—–]|[;,]\s(?:and|or|y|e|o|u))[*_{_CLOSE}]{{0,3}}\s*\n\s*"
    rf"(?=(?:{_MARKER}|[-*–—])\s+\S)|\n\s*(?=[{_BULLET}]|(?:Article|Artículo)\s\d{{1,4}}[oºª°]?\.)"
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
_OPENING = re.compile(
    rf"[{_OPEN}]{{0,3}}(?:(?!Under Secretar)(?:{'|'.join(_OPENERS)})\b(?![-.’'])"
    rf"|(?:{'|'.join(_ENUMERATORS)}),)"
)
_LONG_OPENING = re.compile(rf"(?=[{_OPEN}]{{0,3}}[{_UPPER}][{_LOWER}]){_OPENING.pattern}")
_FOLLOWING = {"en": _OPENING, "es": re.compile(rf"[{_OPEN}]{{0,3}}[{_UPPER}]")}
_WORD_END = re.compile(rf"(?:^|[^.\w])[{_UPPER}{_LOWER}]{{3,}}[.!?…]{{1,3}}[{_CLOSE}]{{0,3}}$")
_PLACE = re.compile(
    r"\b(?:across|from|in|inside|into|outside|throughout|to|within)\s+(?:the\s+)?"
    rf"(?:[{_UPPER}]\.){{2,4}}$"
)
_SUBJECT = re.compile(rf"[{_UPPER}][{_LOWER}]*[^\Ws]s\s+(?:{'|'.join(_FINITE)})\b")
_ABBREVIATION = re.compile(rf"([^\s{_OPEN}§–—]+)\.$")
_NUMBER = re.compile(r"\(?(?:\d|[IVXLC]{1,6}\b|[a-z]\)|§)")
_DANGLING = re.compile(rf"[,;:]|\[\d{{1,3}}\]|[{_CLOSE}](?=[\s,;:.]|$)")
_SMALL = re.compile(rf"[{_LOWER}](?![ivx]{{0,4}}[.)]\s)")
_SHORT_BEFORE = re.compile(rf"(?:[!?…][{_CLOSE}]{{0,3}}|\.\.|\.\w+\.|(?:^|\W)\w{{1,4}}\.)$")


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Sentences of a text, in order: not empty, disjoint, without blanks at their edges.

    All that lies outside them is white space. None crosses a blank line. A label (`1.`, `(a)`,
    `Sec. 107.`) belongs to the sentence after it; an item on a line of its own is a sentence.
    `language` is a code such as `en` or `es-MX`; an unknown one is read with the tables of English.
    """
    code = re.split(r"[-_]", language.lower())[0]
    spans: list[Span] = []
    for paragraph in _paragraphs(text):
        inner = text[paragraph.start : paragraph.end]
        edges = [0, *_cuts(inner, code if code in _LEADING else "en"), len(inner)]
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


def _cuts(text: str, language: str) -> Iterator[int]:
    """Offsets at which a sentence after the first of a paragraph begins, in order."""
    sure = {m.end() for rule in (_LIST_LINE, _FOREIGN_END) for m in rule.finditer(text)}
    sure |= {edge for m in _REFORM_LINE.finditer(text) for edge in m.span()}
    noted = {m.end() for m in _NOTED_END.finditer(text)}
    asides = _asides(text)
    start = 0
    for cut in sorted(_base(text) | sure | noted | _closed(text, language) | _glued(text)):
        if cut in sure or not (_within(asides, start, cut) or _joined(text, start, cut, language)):
            yield cut
            start = cut


def _base(text: str) -> set[int]:
    """Where nupunkt begins a sentence; line breaks and long words are hidden from it."""
    flat = re.sub(r"\s", " ", _LONG_WORD.sub(lambda m: m[0][-20:].rjust(len(m[0]), "x"), text))
    found = (_INK.search(flat, end) for _, end in nupunkt.sent_spans(flat))
    return {match.start() for match in found if match}


def _closed(text: str, language: str) -> set[int]:
    """Where a sentence follows what nupunkt takes for an abbreviation that does not close one."""
    found: set[int] = set()
    for end in _END.finditer(text):
        before = text[max(0, end.start() - _WINDOW) : end.end()].rstrip()
        after = text[end.end() : end.end() + _WINDOW]
        plain = _WORD_END.search(before) and _FOLLOWING[language].match(after)
        if plain or (_CLOSING.search(before) and _opens(before, after)):
            found.add(end.end())
    return found


def _opens(before: str, after: str) -> bool:
    """Whether the words after an acronym open a sentence rather than go on with its name."""
    return bool(_OPENING.match(after) or (_PLACE.search(before) and _SUBJECT.match(after)))


def _glued(text: str) -> set[int]:
    """Where a sentence follows another without a blank, as in `border.This`."""
    found: set[int] = set()
    for word in _WORD.finditer(text):
        if _ADDRESS.search(word[0]):
            continue
        for end in _GLUED_END.finditer(word[0]):
            after = word[0][end.end() : end.end() + _WINDOW]
            acronym = word[0][max(0, end.start() - 2) : end.start()][:1] == "."
            if not _DOMAIN.match(after) and not (acronym and not _LONG_OPENING.match(after)):
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


def _joined(text: str, start: int, cut: int, language: str) -> bool:
    """Whether what follows a cut belongs to the sentence that begins at `start`."""
    before, after = text[max(start, cut - _WINDOW) : cut].rstrip(), text[cut : cut + _WINDOW]
    if cut - start <= _LONGEST_LABEL and _LABEL.fullmatch(before):
        return True
    if _DANGLING.match(after) or (_SMALL.match(after) and _SHORT_BEFORE.search(before)):
        return True
    if _ACRONYM.search(before) and _NAME.match(after) and not _opens(before, after):
        return True
    word = _ABBREVIATION.search(before)
    name = word[1].lower() if word else ""
    counts = name in _COUNTING[language] and _NUMBER.match(after)
    return name in _LEADING[language] or bool(counts)
