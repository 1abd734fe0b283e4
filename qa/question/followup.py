"""Follow-ups: a question that points back gets the words it leaves out from those before it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.text.words import stems_of, unaccented, words_of
from qa.question.language import language_of_question
from qa.question.pointing import points_back, telling_words

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def standalone(question: str, history: Sequence[str], places: Sequence[frozenset[str]] = ()) -> str:
    """The question with the telling words of what it points back to; as it is where it does not.

    Those words come from the last question of `history` (oldest first) and, where that points back
    itself, from the last one that does not: what stands between adds more wrong words than right
    ones (docs/quality.md). A year gives way to one that the question names, and so does a place;
    `places` are the words of each, in lower case without accents.
    """
    if not history or not points_back(question, history[-1]):
        return question
    pairs = reversed(list(pairwise(["", *history])))
    topic = next((one for earlier, one in pairs if not points_back(one, earlier)), history[0])
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
    for word in telling_words(earlier, language):
        plain = unaccented(word)
        replaced = (year and _YEAR.fullmatch(word)) or (
            place and any(plain in names for names in places)
        )
        if not replaced and not set(stems_of(word, language)) & said:
            kept.append(word)
    return list(dict.fromkeys(kept))
