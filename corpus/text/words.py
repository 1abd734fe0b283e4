"""Words of a text as they are compared: lower case, no accents, stems by language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from corpus.languages import LANGUAGES, language_of_code
from corpus.text.numbers import plain_number

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)?")


def unaccented(text: str) -> str:
    """The text in lower case without accents; `ñ` becomes `n`."""
    if text.isascii():  # as most words are, and many are asked for
        return text.casefold()
    plain = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


STOPWORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {one.code: frozenset(map(unaccented, one.stop_words)) for one in LANGUAGES.values()}
)
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
    known = language_of_code(language)
    stop = STOPWORDS[known.code]
    words = words_of(known.elisions.sub("", text))
    kept = (word for word in words if unaccented(word) not in stop)
    return [unaccented(stem) for stem in stemmed(kept, known.code)]


def stemmed(words: Iterable[str], language: str) -> list[str]:
    """The stem of each of some words in lower case, in order, with its accents."""
    stems: list[str] = _stemmer(language_of_code(language).stemmer).stemWords(list(words))
    return stems


@cache
def _stemmer(name: str) -> Any:
    import Stemmer  # noqa: PLC0415

    return Stemmer.Stemmer(name)
