"""Whether a question leaves out what an earlier one said, or stands alone."""

import re
from dataclasses import dataclass

from corpus.languages import LANGUAGES
from corpus.languages.language import PointingBack
from corpus.text.words import stems_of, unaccented, words_of
from qa.question.about_source import names_no_source
from qa.question.courtesies import is_courtesy
from qa.question.language import FUNCTION_WORDS, language_of_question

_NAME = re.compile(r"(?<=\w )[A-ZÀ-ÖØ-Þ]\w")
_LETTER = re.compile(r"(?<=\w )[B-HJ-Z](?= |$)")
"""A letter that names something, as in `T visa`, though it may be in a list of stop words.

`A` and `I` are words, too.
"""
_ELLIPTIC = 2
"""A question of more telling words than this leaves nothing out, unless a word points back."""
_LONGEST_FRAGMENT = 3


def points_back(question: str, earlier: str = "") -> bool:
    """Whether a question leaves out what an earlier one said: `And in Mexico?`, `Who funds it?`.

    A question with a subject of its own does not, and no greeting or thanks do. `earlier` is the
    question before it: a noun of it, named again with an article, is the one that was spoken of. In
    a language without `pointing_back` no question does.
    """
    language = language_of_question(question)
    grammar = LANGUAGES[language].pointing_back
    if grammar is None or names_no_source(question, language) or is_courtesy(question):
        return False
    typed = _Typed(question.strip(' ¿?¡!."“”'), language, grammar, earlier)
    return typed.goes_on or typed.names_what_was_said or typed.leaves_out


def telling_words(question: str, language: str) -> list[str]:
    """The words of a question that say what it is about, in order, in lower case."""
    asking = FUNCTION_WORDS[language]
    letters = [] if question.isupper() else [one.lower() for one in _LETTER.findall(question)]
    return [
        word for word in words_of(question) if word in letters or unaccented(word) not in asking
    ]


@dataclass(frozen=True)
class _Typed:
    """A question, the grammar of its language, and the question before it."""

    text: str
    language: str
    grammar: PointingBack
    earlier: str

    @property
    def goes_on(self) -> bool:
        """Whether it begins as one that goes on from another, or asks for more."""
        grammar = self.grammar
        return bool(grammar.openings.match(self.text) or grammar.more.match(self.text))

    @property
    def names_what_was_said(self) -> bool:
        """Whether a word speaks of something that the question itself does not name before it."""
        text = self.grammar.innocent.sub(lambda found: "-" * len(found[0]), self.text)
        for word in self.grammar.pointing.finditer(text):
            antecedent = self.grammar.antecedents.get(word[0].lower())
            if antecedent is None or not antecedent.search(text[: word.start()]):
                return True
        return False

    @property
    def leaves_out(self) -> bool:
        """Whether, without a pointing word, it lacks its subject or what that belongs to."""
        if self.grammar.for_oneself.match(self.text):
            return False
        words = telling_words(self.text, self.language)
        if self.grammar.elided.match(self.text):
            return True
        if self.grammar.fragment.match(self.text):
            return len(words) <= _LONGEST_FRAGMENT
        # With a name, two words tell what is asked: `What is the capital of France?`
        named = len(words) == _ELLIPTIC and _NAME.search(self.text)
        words = [one for one in words if one not in self.grammar.vague and not one[0].isdigit()]
        if words and (named or len(words) > _ELLIPTIC):
            return False
        return not words or self._short_leaves_out(words)

    def _short_leaves_out(self, words: list[str]) -> bool:
        """The same of one with no more than `_ELLIPTIC` telling words, and no name."""
        definition = self.grammar.definitions.match(self.text)
        if self.grammar.complete.match(self.text) or (definition and definition["kind"]):
            return False
        if self._lacks_its_object(words):
            return True
        if definition or (len(words) == 1 and self.grammar.existence.match(self.text)):
            return False
        return len(words) == 1 or self._was_spoken_of

    def _lacks_its_object(self, words: list[str]) -> bool:
        """Whether a noun needs an object that is not said: `What is the maximum penalty?`"""
        relations = set(self._stems(self.grammar.relations))
        nouns = [word for word in words if relations.intersection(self._stems(word))]
        pattern = "|".join(map(re.escape, nouns))
        complement = rf"\b(?:{pattern}) {self.grammar.complements} \w"
        if not nouns or re.search(complement, self.text, re.I):
            return False
        introduced = rf"\b{self.grammar.determiners} (?:{pattern})\b"
        return len(nouns) == len(words) or bool(re.search(introduced, self.text, re.I))

    @property
    def _was_spoken_of(self) -> bool:
        """Whether a noun with its article stands in the question before: `the visa`."""
        nouns = " ".join(self.grammar.definite.findall(self.text))
        return not set(self._stems(nouns)).isdisjoint(self._stems(self.earlier))

    def _stems(self, text: str) -> list[str]:
        return stems_of(text, self.language)
