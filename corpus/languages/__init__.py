"""The languages that Footnote knows: a new one is one module, and its place in `LANGUAGES`."""

from collections.abc import Mapping
from types import MappingProxyType

from corpus.languages.english import ENGLISH
from corpus.languages.french import FRENCH
from corpus.languages.german import GERMAN
from corpus.languages.italian import ITALIAN
from corpus.languages.language import Language
from corpus.languages.portuguese import PORTUGUESE
from corpus.languages.spanish import SPANISH

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {one.code: one for one in (ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN)}
)
"""Language of each code. Where two fit a question equally, the first counts."""


def language_of_code(code: str) -> Language:
    """The language of a code such as `es` or `es-MX`; the first of `LANGUAGES` if it is unknown."""
    plain = code.lower().replace("_", "-").partition("-")[0]
    return LANGUAGES.get(plain, ENGLISH)
