"""The languages that Footnote knows.

A new one is one module, its place in `LANGUAGES`, and its name in `corpus/wording.tsv` (`lang.xx`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from corpus.languages.english import ENGLISH
from corpus.languages.french import FRENCH
from corpus.languages.german import GERMAN
from corpus.languages.italian import ITALIAN
from corpus.languages.language import Language
from corpus.languages.portuguese import PORTUGUESE
from corpus.languages.spanish import SPANISH
from corpus.wording import SPOKEN

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {one.code: one for one in (ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN)}
)
"""Language of each code. Where two fit a question equally, the first counts."""


def language_of_code(code: str) -> Language:
    """The language of a code such as `es` or `es-MX`; the first of `LANGUAGES` if it is unknown."""
    return LANGUAGES.get(plain_code(code), ENGLISH)


def with_spoken(*codes: str) -> tuple[str, ...]:
    """Codes of the languages that the page speaks, and `codes`: names are compared in all of them.

    People write names in the language they ask in, whatever the language of the text is.
    """
    return tuple(dict.fromkeys((*SPOKEN, *codes)))


def plain_code(code: str) -> str:
    """The code of a language without its country: `es-MX` is `es`."""
    return code.lower().replace("_", "-").partition("-")[0]
