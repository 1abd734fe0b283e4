"""The language of a question, which is too short for a classifier of texts."""

from collections.abc import Mapping
from types import MappingProxyType

from corpus.languages import LANGUAGES
from corpus.text.words import STOPWORDS, unaccented, words_of
from corpus.wording import SPOKEN

FUNCTION_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        code: STOPWORDS[code] | frozenset(map(unaccented, one.interrogatives | one.additives))
        for code, one in LANGUAGES.items()
    }
)
"""Stop words and words that ask or add, by language, in lower case without accents."""
_FEWEST = 2
"""Function words that a language must show in which the page does not speak: `per capita`."""


def language_of_question(text: str) -> str:
    """Code of the language that most function words of a question are of; its marks count as one.

    Words count without their accents, which people leave out, but not with accents that a language
    does not write: `é` is no Spanish word. Of languages that have equally many the first of
    `LANGUAGES` counts.
    """
    fits = {code: _fit(text, code) for code in LANGUAGES}
    able = [code for code, words in fits.items() if code in SPOKEN or words >= _FEWEST]
    return max(able, key=fits.__getitem__)


def _fit(text: str, code: str) -> int:
    """How many function words of a language a text has, its marks included."""
    language = LANGUAGES[code]
    written = language.stop_words | language.interrogatives | language.additives
    marked = not set(language.marks).isdisjoint(text.casefold())
    return marked + sum(
        word in (FUNCTION_WORDS[code] if word == unaccented(word) else written)
        for word in words_of(text)
    )
