"""Names, numbers and years of a question, and which of its words a passage holds."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from corpus.languages import LANGUAGES, with_spoken
from corpus.sources.library import NO_LIBRARY, Library
from corpus.text.numbers import numbers_of, scaled_numbers
from corpus.text.words import STOPWORDS, stems_of, unaccented, words_of
from index.search.query import Candidate, Query

LONGEST_WORD = 100
"""Letters of the longest run that is a word: what is longer no model knows (the default of
`max_input_chars_per_word` in BERT's WordPiece)."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NAME = re.compile(r"(?<![.?!¿¡]\s)(?<!^)(?<![¿¡\"“])\b[A-ZÁÉÍÓÚÑ][\w’'-]*(?:\.[A-Z])*")


@dataclass(frozen=True)
class Terms:
    """What a passage must hold to answer: the telling words of a question.

    `names` are stems of capitalized words inside the question, with the words as typed; `stems` are
    those of all words that carry its meaning. The library has the words that say what kind of text
    is meant, and the glossary by which a passage in another language holds a word.
    """

    query: Query
    library: Library = NO_LIBRARY

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers and years."""
        return numbers_of(self.query.text, self.query.language)

    @cached_property
    def years(self) -> frozenset[str]:
        """The numbers that are years."""
        return frozenset(number for number in self.numbers if _YEAR.fullmatch(number))

    @cached_property
    def names(self) -> dict[str, str]:
        """Folded name → as typed."""
        if LANGUAGES[self.query.language].capital_nouns:
            return {}
        words = (found[0] for found in _NAME.finditer(self.query.text))
        stop = STOPWORDS[self.query.language]
        return {
            plain: word
            for word in words
            for plain in words_of(word)
            if plain not in stop and plain not in self._empty and not plain.isdigit()
        }

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stems of the words that carry the meaning, in order, each once."""
        asking = {unaccented(word) for word in self._empty}
        words = [
            word
            for word in words_of(self.query.text)
            if unaccented(word) not in asking and len(word) <= LONGEST_WORD
        ]
        return tuple(dict.fromkeys(stems_of(" ".join(words), self.query.language)))

    @cached_property
    def _empty(self) -> frozenset[str]:
        """Words that no passage need hold."""
        return LANGUAGES[self.query.language].requests | frozenset(self.library.file.generic)

    def missing_numbers(self, candidate: Candidate) -> tuple[str, ...]:
        """The numbers that neither passage nor context hold, in order."""
        held = _numbers_held(_whole(candidate), candidate.language)
        return tuple(sorted(n for n in self.numbers - held if not self._rounded(n, held)))

    def _rounded(self, number: str, held: frozenset[str]) -> bool:
        """Whether one of the numbers is meant by a round one: 143,470 by `143 thousand`."""
        return any(
            one.number == number and any(map(one.rounds, held))
            for one in scaled_numbers(self.query.text, self.query.language)
        )

    def missing_names(self, candidate: Candidate) -> tuple[str, ...]:
        """The names, as typed, that neither passage nor context hold, in order."""
        held, stems = self._held(_whole(candidate), candidate.language)
        return tuple(
            typed
            for plain, typed in self.names.items()
            if unaccented(plain) not in held
            and not set(stems_of(plain, self.query.language)) & stems
            and not self._translated(plain, candidate.language) & stems
        )

    def _held(self, text: str, language: str) -> "_Held":
        return _held(text, with_spoken(language, self.query.language))

    def _translated(self, word: str, language: str) -> frozenset[str]:
        others = self.library.glossary.translated(word, self.query.language)
        return frozenset(others.get(language, ()))


def _whole(candidate: Candidate) -> str:
    return f"{candidate.passage.context}\n{candidate.passage.text}"


class _Held(NamedTuple):
    """The words of a text without accents, and their stems in several languages."""

    words: frozenset[str]
    stems: frozenset[str]


# A passage is looked at by many questions, and by one for several reasons.
@lru_cache(maxsize=8192)
def _held(text: str, languages: tuple[str, ...]) -> _Held:
    return _Held(
        frozenset(unaccented(word) for word in words_of(text)),
        frozenset(stem for one in languages for stem in stems_of(text, one)),
    )


_numbers_held = lru_cache(maxsize=8192)(numbers_of)
