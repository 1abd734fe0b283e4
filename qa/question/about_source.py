"""Questions on a document itself, answered from its record: author, title, date, sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus.sources.library_file import MainDocument
from corpus.sources.registry import Source
from corpus.text.words import stems_of
from qa.answers import Field

_GENERIC = {
    "en": "article paper text document report law act bill treaty protocol essay work source",
    "es": "artículo texto documento informe ley tratado protocolo ensayo obra fuente",
}
_PATTERNS: Mapping[str, Mapping[Field, re.Pattern[str]]] = MappingProxyType(
    {
        "en": {
            "author": re.compile(
                r"(?:who (?:wrote|authored|published|is the author of|are the authors of)"
                r"|(?:the )?authors? of) (?P<of>.+)",
                re.I,
            ),
            "title": re.compile(
                r"(?:what(?:'s|’s| is) the (?:full |exact )?title of|title of) (?P<of>.+)", re.I
            ),
            "date": re.compile(
                r"(?:when|(?:in )?(?:what|which) year) (?:was|were) (?P<of>.+?) "
                r"(?:published|written|issued)",
                re.I,
            ),
            "about": re.compile(
                r"(?:what(?:'s|’s| is) (?P<of>.+?) about|what does (?P<b>.+?) (?:deal with|discuss)"
                r"|summar(?:y of|ize) (?P<c>.+))",
                re.I,
            ),
            "cites": re.compile(
                r"(?:(?:which|what) (?:sources|references|works|documents) (?:does|do|are) "
                r"(?P<of>.+?) (?:cite|cites|use|rely on|refer to)"
                r"|(?:references|bibliography|sources) (?:of|in) (?P<b>.+))",
                re.I,
            ),
            "length": re.compile(
                r"(?:how long is (?P<of>.+)|how many (?:words|pages) (?:does|do) (?P<b>.+?) have)",
                re.I,
            ),
            "language": re.compile(r"(?:in )?(?:what|which) language is (?P<of>.+?)(?: in)?", re.I),
        },
        "es": {
            "author": re.compile(
                r"(?:qui[eé]n(?:es)? (?:escribi[oó]|public[oó]|es (?:el|la) autora? de)"
                r"|autora? de) (?P<of>.+)",
                re.I,
            ),
            "title": re.compile(r"(?:cu[aá]l es el t[ií]tulo de|t[ií]tulo de) (?P<of>.+)", re.I),
            "date": re.compile(
                r"(?:cu[aá]ndo|en qu[eé] a[nñ]o) se (?:public[oó]|escribi[oó]) (?P<of>.+)", re.I
            ),
            "about": re.compile(
                r"(?:de|sobre) qu[eé] (?:trata|habla|es) (?P<of>.+)|resumen de (?P<b>.+)", re.I
            ),
            "cites": re.compile(
                r"qu[eé] (?:fuentes|referencias|obras) (?:cita|usa) (?P<of>.+)"
                r"|bibliograf[ií]a de(?:l)? (?P<b>.+)",
                re.I,
            ),
            "length": re.compile(r"cu[aá]ntas (?:palabras|p[aá]ginas) tiene (?P<of>.+)", re.I),
            "language": re.compile(r"en qu[eé] idioma est[aá] (?:escrit[oa] )?(?P<of>.+)", re.I),
        },
    }
)

_GOING_ON = re.compile(r"^(?:and|but|so|y|pero) ", re.I)
"""How a question goes on from the one before it."""


@dataclass(frozen=True)
class Asked:
    """A question on a document itself: which of its fields, of which source."""

    field: Field
    source: str


def asked_about(
    question: str,
    language: str,
    sources: Mapping[str, Source],
    main: MainDocument | None = None,
) -> Asked | None:
    """What a question on a document itself asks for, None where it asks for what the texts say.

    The question must name the document and nothing else: by one of its names or, if it is the
    main document of the library, by what that is called (“the article”). So “Who wrote the report
    that the article cites?” is none.
    """
    text = _GOING_ON.sub("", " ".join(question.strip(" ¿?¡!.").split()))
    for field, pattern in _PATTERNS.get(language, {}).items():
        found = pattern.fullmatch(text)
        if found is None:
            continue
        source = _meant(next(filter(None, found.groups())), language, sources, main)
        if source is not None:
            return Asked(field, source)
    return None


def _meant(
    words: str, language: str, sources: Mapping[str, Source], main: MainDocument | None
) -> str | None:
    """The source that some words name, and nothing besides."""
    said = set(stems_of(words, language))
    generic = set(stems_of(_GENERIC[language], language))
    if not said:
        return None
    if main is not None and main.key in sources:
        called = main.called.get(language, ())
        if said <= set(stems_of(" ".join(called), language)):
            return main.key
    if said <= generic:
        return None
    for key, source in sorted(sources.items()):
        for name in (source.title, *source.aliases):
            stems = set(stems_of(name, language))
            if stems and stems <= said <= stems | generic:
                return key
    return None
