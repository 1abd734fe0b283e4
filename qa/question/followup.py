"""Follow-ups: a question that points back gets the words it leaves out from those before it."""

import re
from collections.abc import Sequence

from corpus.text.words import STOPWORDS, stems_of, unaccented, words_of
from qa.question.language import language_of_question

_OPENING = re.compile(
    r"^[¿¡\s]*(?:and|but|or|what about|how about|what else|y|pero|o|qué hay de|qué pasa con)\b",
    re.I,
)
_POINTING = {
    "en": frozenset(
        "it its they them their theirs this these those there he she him his her hers one ones "
        "same former latter such then else".split()
    ),
    "es": frozenset(
        "ello ellos ellas esto eso estos esas esos esta este ese esa el su sus ella alli ahi lo "
        "mismo misma entonces aquel aquella".split()
    )
    - {"el"},
}
_NAME = re.compile(r"(?<=\w )[A-ZÁÉÍÓÚÑ]\w")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ELLIPTIC = 2
"""A question of no more telling words than this, with words before it, leaves something out."""


def points_back(question: str) -> bool:
    """Whether a question leaves out what an earlier one said: `And in Mexico?`, `Who funds it?`."""
    if _OPENING.match(question):
        return True
    language = language_of_question(question)
    words = {unaccented(word) for word in words_of(question)}
    if words & _POINTING[language]:
        return True
    telling = _telling(question, language)
    # With a name, two words tell what is asked: `What is the capital of France?`
    return len(telling) <= _ELLIPTIC and not (len(telling) == _ELLIPTIC and _NAME.search(question))


def standalone(question: str, history: Sequence[str], places: Sequence[frozenset[str]] = ()) -> str:
    """The question with the telling words of what it points back to; as it is where it does not.

    Those words come from the last question of `history` (oldest first) and, where that points back
    itself, from the last one that does not: what stands between adds more wrong words than right
    ones (docs/quality.md). A year gives way to one that the question names, and so does a place;
    `places` are the words of each, in lower case without accents.
    """
    if not history or not points_back(question):
        return question
    topic = next((one for one in reversed(history) if not points_back(one)), history[0])
    carried = _carried(history[-1], [question], places)
    if topic != history[-1]:
        carried = [*_carried(topic, [question, " ".join(carried)], places), *carried]
    return f"{question} ({' '.join(carried)})" if carried else question


def _carried(earlier: str, later: Sequence[str], places: Sequence[frozenset[str]]) -> list[str]:
    """The telling words of an earlier question that the later ones neither hold nor replace."""
    language = language_of_question(earlier)
    said = {stem for text in later for stem in stems_of(text, language)}
    words = {unaccented(word) for text in later for word in words_of(text)}
    year = any(_YEAR.fullmatch(word) for word in words)
    place = any(words & names for names in places)
    kept = []
    for word in _telling(earlier, language):
        plain = unaccented(word)
        replaced = (year and _YEAR.fullmatch(word)) or (
            place and any(plain in names for names in places)
        )
        if not replaced and not set(stems_of(word, language)) & said:
            kept.append(word)
    return list(dict.fromkeys(kept))


def _telling(question: str, language: str) -> list[str]:
    asking = _ASKING | STOPWORDS[language]
    return [word for word in words_of(question) if unaccented(word) not in asking]


_ASKING = frozenset(
    "what which who whom whose when where why how many much que cual cuales quien quienes cuando "
    "donde como cuanto cuantos cuanta cuantas por and y".split()
)
