"""Words of a text as they are compared: lower case, no accents, stems by language."""

import re
import unicodedata
from functools import cache
from typing import Any

from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_SPANISH

from corpus.text.numbers import plain_number

_STEMMERS = {"en": "english", "es": "spanish"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)?")


def unaccented(text: str) -> str:
    """The text in lower case without accents; `ñ` becomes `n`."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


# `Estado` is what a law is about, though a list of stop words has it as a form of `estar`.
_SPANISH = {unaccented(word) for word in STOPWORDS_SPANISH} - {"estado", "estados"}
STOPWORDS = {"en": frozenset(STOPWORDS_EN_PLUS), "es": frozenset(_SPANISH | {"segun"})}
"""Stop words by language, in lower case without accents."""


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in lower case, in order; numbers without separators.

    `143,470` and `143470` are one word; so are `U.S.` and `US`.
    """
    text = re.sub(r"\b(?:[^\W\d_]\.){2,}", lambda m: m[0].replace(".", "") + " ", text)
    return [_plain(found[0].casefold()) for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    if word[0].isdigit():
        return plain_number(word)
    return re.sub(r"['’]s?$|['’](?=\w)", "", word)


def stems_of(text: str, language: str) -> list[str]:
    """The stems of the words of a text that are no stop words of its language, in order.

    An unknown language is stemmed as English.
    """
    known = language if language in _STEMMERS else "en"
    words = [word for word in words_of(text) if unaccented(word) not in STOPWORDS[known]]
    return [unaccented(stem) for stem in _stemmer(known).stemWords(words)]


@cache
def _stemmer(language: str) -> Any:
    import Stemmer  # noqa: PLC0415

    return Stemmer.Stemmer(_STEMMERS[language])
