"""What a line of a law or treaty opens: a part, an article or section, its front or its close."""

import re
from typing import NamedTuple

from corpus.law.labels import QUOTE

_UNITS = (
    "Primer[oa]|Segund[oa]|Tercer[oa]|Cuart[oa]|Quint[oa]|Sext[oa]|Séptim[oa]|Octav[oa]|Noven[oa]"
)
_TENS = (
    "Décim[oa]|Vigésim[oa]|Trigésim[oa]|Cuadragésim[oa]|Quincuagésim[oa]|Sexagésim[oa]"
    "|Septuagésim[oa]|Octogésim[oa]|Nonagésim[oa]"
)
_ORDINAL = rf"(?i:(?:{_TENS})\s+(?:{_UNITS})|{_TENS}|{_UNITS}|Undécimo|Duodécimo|Únic[oa])\b"
_NUMERAL = rf"(?:[IVXLC]+|\d{{1,3}}|{_ORDINAL}|[A-Z]|AA|BB|CC|DD|EE|FF)"
_ANNEX = re.compile(
    r"(?:ANNEX|Annex|ANEXO|Anexo|SCHEDULE|APPENDIX)(?:\s+(?:[IVXLC]+|\d+|[A-Z]))?"
    r"(?=\s*(?:$|[\n.:—–-]))"
)
_PARTS = (
    (2, re.compile(rf"(?:LIBRO|DIVISION)\s+{_NUMERAL}\b")),
    (2, _ANNEX),
    (2, re.compile(r"ART[ÍI]CULOS TRANSITORIOS DE ")),
    (3, re.compile(rf"(?:TÍTULO|TITULO|TITLE|PART)(?:\s+{_NUMERAL}\b|\s*$)")),
    (4, re.compile(rf"(?:CAPÍTULO|CAPITULO|CHAPTER|Chapter|Capítulo)\s+{_NUMERAL}\b")),
    (5, re.compile(rf"(?:SECCIÓN|SUBTITLE|Subtitle)\s+{_NUMERAL}\b")),
)
"""Ranks of headings that hold articles."""
_PROVISION = re.compile(
    rf"(?:(?P<word>Art[ií]culo|ART[IÍ]CULO|Article|ARTICLE)\s+(?:(?P<article>\d{{1,4}})(?:o\b|[º°])?"
    rf"(?:\.?\s?(?P<suffix>(?i:bis|ter|qu[aá]ter|quinquies)\b))?|(?P<ordinal>{_ORDINAL}))"
    r"|(?P<sign>§+|SEC\.|Sec\.)\s*(?P<section>\d{1,5}[A-Za-z]?))"
    r"\s*(?:\.\s?[-–—]|[.\-–—:]|\n|$)"
)
_TRANSITORY = re.compile(
    rf"(?P<article>(?:Art[ií]culo|ART[IÍ]CULO)\s+)?(?P<ordinal>{_ORDINAL})(?:\s+Transitorio)?"
    r"\s*(?:\.\s?[-–—]|[.\-–—:])\s*(?=[A-ZÁÉÍÓÚÑ…]|$)"
)
_TRANSITORY_PART = re.compile(
    r"(?:ART[ÍI]CULOS\s+)?(?:T\s?R\s?A\s?N\s?S\s?I\s?T\s?O\s?R\s?I\s?O(?:\s?S)?|Transitorios?)"
)
_TRANSITORY_NAME = re.compile(rf"Transitorio {_ORDINAL}")
_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_DATE = rf"(\d{{1,2}})[o°º]? de ({'|'.join(_MONTHS)}) de (\d{{4}})"
_PUBLISHED = re.compile(rf"Publicad[oa] en el Diario Oficial de la Federación el {_DATE}")
_DECREE = re.compile(r"DECRETO por el que\b")
_DECREE_NAME = re.compile(r"Decreto DOF \d\d-\d\d-\d{4}")
_NOTE = re.compile(
    r"(?:Artículo|Párrafo|Fracción|Inciso|Apartado|Numeral|Denominación|Libro|Título|Capítulo|"
    r"Sección|Subinciso)\b[^.;]{0,80}\bDOF \d\d-\d\d-\d{4}"
)
_CLOSINGS = (
    ("Signatures", re.compile(r"(?i:in (?:witness|faith) whereof)\b|DONE (?i:at)\b")),
    ("Firmas", re.compile(r"(?:EN FE DE LO CUAL|En fe de lo cual)\b")),
    # `Ciudad de México, a 23 de noviembre de 2017.- Dip. …`
    ("Firmas", re.compile(rf"(?:[^\W\d_]+\.?(?:[^\W\d_]\.)*,?\s){{1,12}}a {_DATE}\s?\.\s?[-–]")),
    ("Promulgación", re.compile(r"En cumplimiento de lo dispuesto por la fracción I del Art")),
    ("Approval", re.compile(r"Approved [A-Z][a-z]+ \d{1,2}, \d{4}\.")),
)
_FRONTS = (
    ("Preamble", re.compile(r"(?i:pream(?:ble|bule))(?=[\s:.,]|[A-Z])")),
    ("Preámbulo", re.compile(r"(?i:preámbulo)\b")),
    ("Enacting clause", re.compile(r"(?i:be it enacted)\b")),
    ("Long title", re.compile(r"(?:An Act\b|A [Bb]ill\b|To [a-z]+\b)")),
)
PREAMBLE_ES = "Preámbulo"
_NAMED = {name for name, _ in (*_CLOSINGS, *_FRONTS)}


class Provision(NamedTuple):
    """How an article or section is named and cited: `Artículo 10`, or `Art. 3`, or `sec. 107`."""

    name: str
    cited: str


def provision(text: str) -> Provision | None:
    """The article or section that a heading or a paragraph opens; a quotation mark may precede."""
    quote = QUOTE.match(text)
    start = quote.end() if quote else 0
    transitory = _TRANSITORY_NAME.fullmatch(text)
    if transitory:
        return Provision(text, text)
    found = _PROVISION.match(text, start)
    if found is None:
        return None
    if found["section"]:
        return Provision(f"{found['sign']} {found['section']}", f"sec. {found['section']}")
    number = _capitalized(found["ordinal"]) if found["ordinal"] else found["article"]
    number += f" {found['suffix'].capitalize()}" if found["suffix"] else ""
    spanish = found["word"].upper().startswith(("ARTÍ", "ARTICULO"))
    return Provision(f"{found['word']} {number}", f"{'Artículo' if spanish else 'Art.'} {number}")


def _capitalized(ordinal: str) -> str:
    return " ".join(word.capitalize() for word in ordinal.split())


def stands_for_article(text: str) -> bool:
    """Whether a block is no more than the number of an article, its title still to come."""
    found = _PROVISION.fullmatch(text)
    return bool(found and found["word"])


def part_rank(text: str) -> int | None:
    """The rank of a part that a heading opens: 2 book or division to 5 section; None for others."""
    quote = QUOTE.match(text)
    start = quote.end() if quote else 0
    return next((rank for rank, pattern in _PARTS if pattern.match(text, start)), None)


def is_part_number(text: str) -> bool:
    """Whether a block is no more than the number of a part, such as `CAPÍTULO I`."""
    return any(pattern.fullmatch(text.strip()) for _, pattern in _PARTS)


def opens_transitories(text: str) -> bool:
    """Whether a block is the heading of transitory articles."""
    return bool(_TRANSITORY_PART.fullmatch(text.strip()))


def transitory(text: str) -> tuple[str, bool] | None:
    """Name of the transitory article that a paragraph opens, and whether it says `Artículo`."""
    found = _TRANSITORY.match(text)
    if found is None:
        return None
    return f"Transitorio {_capitalized(found['ordinal'])}", bool(found["article"])


def decree_name(text: str, *after: str) -> str | None:
    """`Decreto DOF 19-03-2014` where a reform decree opens whose date stands in what follows."""
    if not _DECREE.match(text):
        return None
    found = next(filter(None, map(_PUBLISHED.search, (text, *after))), None)
    if found is None:
        return None
    return f"Decreto DOF {int(found[1]):02}-{_MONTHS.index(found[2]) + 1:02}-{found[3]}"


def is_decree(name: str) -> bool:
    """Whether the name of a section is that of a reform decree."""
    return bool(_DECREE_NAME.fullmatch(name))


def closing(text: str) -> str | None:
    """Name of the close of a law or treaty that a paragraph opens: signatures, promulgation."""
    return next((name for name, pattern in _CLOSINGS if pattern.match(text)), None)


def front(text: str) -> str | None:
    """Name of what a paragraph before the first provision is: preamble, long title."""
    return next((name for name, pattern in _FRONTS if pattern.match(text)), None)


def is_named(name: str) -> bool:
    """Whether the name of a section is that of a front or a close."""
    return name in _NAMED


def is_note(text: str) -> bool:
    """Whether a line is an editor's note on a reform, such as `Fracción reformada DOF …`."""
    return bool(_NOTE.match(text))


def opens_own_line(line: str) -> bool:
    """Whether a line opens something that never goes on a paragraph, besides items of lists."""
    return bool(
        provision(line)
        or part_rank(line)
        or transitory(line)
        or opens_transitories(line)
        or is_note(line)
        or closing(line)
        or _DECREE.match(line)
    )
