"""Follow-ups: a question that points back gets the words it leaves out from those before it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.sources.library_file import NamedState
from corpus.text.words import stems_of, unaccented, words_of
from qa.question.language import language_of_question
from qa.question.pointing import points_back, telling_words

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def standalone(question: str, history: Sequence[str], states: Sequence[NamedState] = ()) -> str:
    """The question with the telling words of what it points back to; as it is where it does not.

    Those words come from the last question of `history` (oldest first) and, where that points back
    itself, from the last one that does not: what stands between adds more wrong words than right
    ones (docs/quality.md). A year gives way to one that the question names, and so does one of the
    `states`.
    """
    if not history or not points_back(question, history[-1]):
        return question
    pairs = reversed(list(pairwise(["", *history])))
    topic = next((one for earlier, one in pairs if not points_back(one, earlier)), history[0])
    carried = _carried(history[-1], [question], states)
    if topic != history[-1]:
        carried = [*_carried(topic, [question, " ".join(carried)], states), *carried]
    return f"{question} ({' '.join(carried)})" if carried else question


def _carried(earlier: str, later: Sequence[str], states: Sequence[NamedState]) -> list[str]:
    """The telling words of an earlier question that the later ones neither hold nor replace."""
    language = language_of_question(earlier)
    said = {stem for text in later for stem in stems_of(text, language)}
    year = any(_YEAR.fullmatch(word) for text in later for word in words_of(text))
    state = any(one.named_in(text) for one in states for text in later)
    kept = []
    for word in telling_words(earlier, language):
        plain = unaccented(word)
        replaced = (year and _YEAR.fullmatch(word)) or (
            state and any(plain in one.words for one in states)
        )
        if not replaced and not set(stems_of(word, language)) & said:
            kept.append(word)
    return list(dict.fromkeys(kept))
