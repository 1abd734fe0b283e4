"""The language of a question, which is too short for a classifier of texts."""

import re

from corpus.text.words import STOPWORDS, unaccented, words_of

_SPANISH_MARKS = re.compile(r"[¿¡ñáéíóú]")


def language_of_question(text: str) -> str:
    """`es` or `en`, by the function words and the accents."""
    words = [unaccented(word) for word in words_of(text)]
    spanish = sum(word in STOPWORDS["es"] - STOPWORDS["en"] for word in words)
    spanish += bool(_SPANISH_MARKS.search(text.casefold()))
    english = sum(word in STOPWORDS["en"] - STOPWORDS["es"] for word in words)
    return "es" if spanish > english else "en"
