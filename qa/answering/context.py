"""Whether a sentence can stand alone, or needs what goes before it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corpus.text.words import stems_of

_LEANING: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?:it|its|they|their|them|he|she|his|her|this|these|those|such|both|the (?:former|"
            r"latter|same)|first|second|third|fourth|fifth|finally|lastly|however|moreover|"
            r"furthermore|additionally|also|then|therefore|thus|hence|consequently|instead|"
            r"nevertheless|in (?:addition|contrast|turn|this|these|such)|for (?:this|these|such) |"
            r"for example|for instance|as a result|on the other hand|similarly|likewise)\b",
            re.I,
        ),
        "es": re.compile(
            r"(?:est[aeo]s?|es[ao]s?|ello|ellos|ellas|dich[ao]s?|ambos|ambas|tal(?:es)?|asimismo|"
            r"además|también|igualmente|sin embargo|no obstante|por (?:ello|lo tanto|consiguiente|"
            r"tanto)|en (?:este|esta|estos|estas|dich[ao]s?|tal(?:es)?) |lo anterior|primero|"
            r"segundo|tercero|finalmente|por (?:otro lado|otra parte|ejemplo))\b",
            re.I,
        ),
    }
)
"""How a sentence begins that speaks of what the one before it says."""
_DEFINITE = re.compile(r"(?:the|el|la|los|las) ([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I)
_INDEFINITE = re.compile(r"\b(?:an?|una?)\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I)
_ANNOUNCING = re.compile(r"[:—–]\s*$")
_STYLES = {
    "roman": re.compile(r"\s*\(?[ivxl]+[.)]\s"),
    "Roman": re.compile(r"\s*\(?[IVXL]+[.)]\s"),
    "letter": re.compile(r"\s*\(?[a-z]{1,2}[.)]\s?"),
    "Letter": re.compile(r"\s*\(?[A-Z]{1,2}[.)]\s"),
    "number": re.compile(r"\s*\(?\d{1,3}[.)]\s"),
}
"""The kinds of label that an item of a list begins with; an `(i)` counts as roman."""


def needs_previous_sentence(sentence: str, before: str, language: str) -> bool:
    """Whether a sentence speaks of what the one before it, of the same paragraph, says.

    It begins with a word that points back (“It …”, “First, …”), or names with `the` what the one
    before brings up with `a` (“an anti-trafficking hotline”, “The hotline …”).
    """
    text = sentence.lstrip(" \"“«'‘(")
    pattern = _LEANING.get(language)
    if pattern is not None and pattern.match(text):
        return True
    named = _DEFINITE.match(text)
    if named is None:
        return False
    wanted = set(stems_of(named[1], language))
    brought_up = _INDEFINITE.findall(before)
    return bool(wanted & set(stems_of(" ".join(brought_up), language)))


def announces(sentence: str) -> bool:
    """Whether a list follows a sentence: it ends with a colon or a dash."""
    return bool(_ANNOUNCING.search(sentence))


def item_style(sentence: str) -> str | None:
    """The kind of label that a sentence begins with, if it is an item of a list: `(a)`, `IV.`."""
    return next((name for name, style in _STYLES.items() if style.match(sentence)), None)
