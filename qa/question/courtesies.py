"""Greetings, thanks and calls for help: people type them, and ask nothing by them."""

import re
import unicodedata

from corpus.languages import LANGUAGES

# They are too short to tell their language, and people mix them.
_COURTESY = re.compile("|".join(one.courtesies.pattern for one in LANGUAGES.values()), re.I)
_OPENING = re.compile(rf"[\s¿¡]*(?:{_COURTESY.pattern})\s*[,.;:!–—]+\s*", re.I)


def is_courtesy(text: str) -> bool:
    """Whether a text is a greeting, thanks or a call for help, in any language, and no more."""
    typed = " ".join(unicodedata.normalize("NFC", text).split())
    rest = _COURTESY.sub("", typed)
    return rest != typed and not any(map(str.isalnum, rest))


def behind_courtesies(text: str) -> str:
    """What follows greetings and thanks at the beginning of a text; as it is where nothing does.

    Only what a comma or the end of a sentence parts from the rest is left out: `Help me understand
    the law` keeps its words.
    """
    rest = text
    while found := _OPENING.match(rest):
        rest = rest[found.end() :]
    return rest if any(map(str.isalnum, rest)) else text
