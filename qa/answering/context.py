"""Whether a sentence can stand alone, or needs what goes before it."""

import re

from corpus.languages import language_of_code
from corpus.text.words import stems_of

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
    reliance = language_of_code(language).reliance
    if reliance.openings.match(text):
        return True
    named = reliance.definite.match(text)
    if named is None:
        return False
    wanted = set(stems_of(named[1], language))
    brought_up = reliance.indefinite.findall(before)
    return bool(wanted & set(stems_of(" ".join(brought_up), language)))


def announces(sentence: str) -> bool:
    """Whether a list follows a sentence: it ends with a colon or a dash."""
    return bool(_ANNOUNCING.search(sentence))


def item_style(sentence: str) -> str | None:
    """The kind of label that a sentence begins with, if it is an item of a list: `(a)`, `IV.`."""
    return next((name for name, style in _STYLES.items() if style.match(sentence)), None)
