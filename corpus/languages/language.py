"""What is true of a language alone: the shape in which each language states it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOTHING = re.compile(r"(?!)")
"""The pattern of a language that lacks a rule: it matches nowhere."""


@dataclass(frozen=True)
class SentenceWords:
    """Words that tell where a sentence ends. Abbreviations are in lower case, without last period.

    `never_final` abbreviations never end a sentence; those `before_numbers` do not where a number,
    a letter or a numeral follows. `openers`, capitalized, open a sentence far more often than they
    belong to a name; `enumerators` do where a comma follows. With `any_capital` every capitalized
    word may open one. `conjunctions` stand before the last item of a list. `places` is the pattern
    of the prepositions before a place; `plural_verbs` follow a plural subject.
    """

    never_final: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    openers: tuple[str, ...] = ()
    enumerators: tuple[str, ...] = ()
    any_capital: bool = True
    conjunctions: tuple[str, ...] = ()
    places: re.Pattern[str] = NOTHING
    plural_verbs: tuple[str, ...] = ()


@dataclass(frozen=True)
class PointingBack:
    """How questions point back to an earlier one.

    All patterns but `pointing`, `innocent` and `definite` are matched at the beginning.
    """

    openings: re.Pattern[str]
    """Words that begin a question which goes on from another: `And in Mexico?`"""
    more: re.Pattern[str]
    """Requests for more of what was said: `Can you tell me more?`"""
    pointing: re.Pattern[str]
    """Words that speak of what was named before: `it`, `those`."""
    innocent: re.Pattern[str]
    """Phrases in which such words do not: `Is there a hotline?`"""
    antecedents: Mapping[str, re.Pattern[str]]
    """Pointing word → what stands before it where it speaks of a thing in the same question."""
    elided: re.Pattern[str]
    """A question that does not say of what: `How many were arrested?`, `¿Incluye a niños?`"""
    fragment: re.Pattern[str]
    """A phrase that is no sentence: `In prison?`, `Also in Texas?`"""
    definitions: re.Pattern[str]
    """Questions for what something is; the group `kind` is the article of any one of a kind."""
    existence: re.Pattern[str]
    """Questions for whether there is something."""
    complete: re.Pattern[str]
    """Questions of few words that have their subject: `Where is Tenancingo?`"""
    for_oneself: re.Pattern[str]
    """Questions of readers for themselves, who are its subject: `What should I do?`"""
    relations: str
    """Nouns that say nothing without what they belong to, and their usual adjectives."""
    determiners: str
    """Pattern of what stands before such a noun: `the` penalty."""
    complements: str
    """Pattern of what says to what such a noun belongs: the penalty `for` smuggling.

    So does what stands behind it where it is no noun but a verb: `¿Qué causa la trata?`
    """
    definite: re.Pattern[str]
    """A noun that is known already: `the hotline`."""
    vague: frozenset[str]
    """Words that name nothing, though they are no stop words: `anyone`."""


@dataclass(frozen=True)
class Definitions:
    """How a definition is asked for and given.

    One group of `asked` holds the term; `bounds` stand behind it, before the name of a law or a
    place. A defining sentence has the term before the words `before`, or behind the words `after`.
    """

    asked: re.Pattern[str] = NOTHING
    bounds: str = r"(?!)"
    before: re.Pattern[str] = NOTHING
    after: re.Pattern[str] = NOTHING


@dataclass(frozen=True)
class Reliance:
    """How a sentence shows that it needs the one before it.

    `openings` are its first words. `definite` and `indefinite` hold in one group a noun that is
    known already, and one that is brought up.
    """

    openings: re.Pattern[str] = NOTHING
    definite: re.Pattern[str] = NOTHING
    indefinite: re.Pattern[str] = NOTHING


@dataclass(frozen=True)
class Language:
    """A language that texts and questions may be in. A rule that it does not state is off.

    Words are in lower case, with their accents.
    """

    code: str
    """ISO 639-1."""
    stemmer: str
    """Name of its Snowball stemmer."""
    stop_words: frozenset[str]
    """Words that say nothing of what a text is about."""
    interrogatives: frozenset[str]
    """Words that ask: they tell the language of a question, and not what it is about."""
    additives: frozenset[str] = frozenset()
    """Words that add to what was said: they too tell the language of a question alone."""
    marks: str = ""
    """Characters that the language has, and English has not."""
    requests: frozenset[str] = frozenset()
    """Words by which a question asks for an answer: no passage need hold them."""
    courtesies: re.Pattern[str] = NOTHING
    """Greetings, thanks and calls for help: where nothing else is said, nothing is asked."""
    articles: tuple[str, ...] = ()
    """Articles before the name of a law or a place."""
    elisions: re.Pattern[str] = NOTHING
    """Shortened articles that are written together with the next word: `l'`."""
    numerals: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Small numbers in words."""
    scales: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Words by which the number before them is multiplied: `thousand`."""
    sentences: SentenceWords = field(default_factory=SentenceWords)
    counting: re.Pattern[str] = NOTHING
    """Questions for a number."""
    pointing_back: PointingBack | None = None
    definitions: Definitions = field(default_factory=Definitions)
    reliance: Reliance = field(default_factory=Reliance)
    on_sources: Mapping[str, re.Pattern[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Questions on a source itself: field of its record → pattern, one group of which names it.

    Where no group has words the question names none: `Who is the author?`
    """
    kinds_of_sources: str = ""
    """What sources are called: `article`, `report`, …"""
    going_on: re.Pattern[str] = NOTHING
    """How a question goes on from the one before it, matched at its beginning."""
    inflected: bool = True
    """Whether words have so many forms that dictionaries hold few of them."""
    capital_nouns: bool = False
    """Whether nouns are capitalized, so that capitals do not tell names."""
    capital_titles: bool = False
    """Whether titles are written with capitals word by word."""


def numbered(words: str, first: int = 2) -> Mapping[str, int]:
    """Number words in order, alternatives apart by a slash: `two three` → 2 and 3."""
    return MappingProxyType(
        {
            word: number
            for number, forms in enumerate(words.split(), first)
            for word in forms.split("/")
        }
    )
