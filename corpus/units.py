"""Units: sentences, and the clauses of sentences that are lists in disguise."""

import re
from collections.abc import Iterator

from corpus.documents import Span
from corpus.sentences import sentences

LONG = 120
"""Words from which on a sentence is cut at its clauses."""
_CLAUSE = re.compile(
    r";\s+(?=\S)|,\s+(?=(?:Also |Further |Deeply )?"
    r"(?:[A-Z][a-z]+(?:ing|ned|ced|sed)|Having|Bearing|Taking|Have)\b)"
)


def units(text: str, language: str) -> tuple[Span, ...]:
    """The units of a text, in order, lossless as `sentences` is.

    A sentence of more than `LONG` words, such as the preamble of a treaty, is cut after its
    semicolons and before `Recalling …`, `Convinced …`; a clause without such a place stays whole.
    """
    return tuple(
        unit for sentence in sentences(text, language) for unit in _clauses(text, sentence)
    )


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    words = text[sentence.start : sentence.end]
    if len(words.split()) <= LONG:
        yield sentence
        return
    start = 0
    for cut in _CLAUSE.finditer(words):
        yield Span(sentence.start + start, sentence.start + cut.start() + 1)
        start = cut.end()
    yield Span(sentence.start + start, sentence.end)
