"""A question as it is searched: cleaned, its language, its words in both, the sources it names."""

import re
import unicodedata
from collections.abc import Mapping

from corpus.errors import QuestionError
from corpus.registry import Source
from corpus.words import STOPWORDS, stems_of, unaccented, words_of
from index.lexical import question_tokens
from index.search import Query
from qa.glossary import translated

MAX_CHARACTERS = 2000
"""The default encoder reads 256 tokens; what lies far beyond would be ignored silently."""
_SPANISH_MARKS = re.compile(r"[¿¡ñ]|[áéíóú]")


def searchable(question: str) -> str:
    """The question without control characters and with single blanks.

    Raises QuestionError where no letter or digit is left, or where it is too long.
    """
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in unicodedata.normalize("NFC", question)
        if unicodedata.category(c) != "Cs"
    )
    text = " ".join("".join(kept).split())
    if not any(c.isalnum() for c in text):
        raise QuestionError("The question holds no words: type a question about the sources.")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters and at most {MAX_CHARACTERS:,} are "
            "searched: shorten it to what you want to know."
        )
    return text


def language_of_question(text: str) -> str:
    """`es` or `en`, by the function words and the accents of a text that is too short for more."""
    words = [unaccented(word) for word in words_of(text)]
    spanish = sum(word in STOPWORDS["es"] - STOPWORDS["en"] for word in words)
    spanish += bool(_SPANISH_MARKS.search(text.casefold()))
    english = sum(word in STOPWORDS["en"] - STOPWORDS["es"] for word in words)
    return "es" if spanish > english else "en"


def understood(question: str, sources: Mapping[str, Source]) -> Query:
    """The question as the index searches it. Raises QuestionError as `searchable` does."""
    text = searchable(question)
    language = language_of_question(text)
    words = question_tokens(text, language)
    for other, stems in translated(text, language).items():
        words += [f"{other}:{stem}" for stem in stems]
    return Query(text, language, tuple(dict.fromkeys(words)), _named(text, sources))


def _named(text: str, sources: Mapping[str, Source]) -> frozenset[str]:
    """Keys of the sources of which a question holds all words of a name, in whatever order."""
    stems = {language: frozenset(stems_of(text, language)) for language in ("en", "es")}
    return frozenset(
        key
        for key, source in sources.items()
        for name in source.aliases
        if any(own and own <= held for own, held in _pairs(name, stems))
    )


def _pairs(
    name: str, stems: Mapping[str, frozenset[str]]
) -> list[tuple[frozenset[str], frozenset[str]]]:
    return [(frozenset(stems_of(name, language)), held) for language, held in stems.items()]
