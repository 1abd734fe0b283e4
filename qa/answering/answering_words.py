"""The words of a passage that answer, by what a reader says of its tokens."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.answering.pair_tokens import PairTokens

LONGEST_ANSWER = 60
"""Tokens of the longest run of words that is taken for an answer."""
_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
"""A word, or a number with its separators."""


class AnsweringWords(NamedTuple):
    """Words by begin and end in a text, and the probability, 0 to 1, that they answer.

    The probability is that of the first token times that of the last, each among all tokens of the
    text (Seo et al., 2017, Bidirectional attention flow, section 2).
    """

    begin: int
    end: int
    probability: float


def answering_words(
    tokens: PairTokens, logits: NDArray[np.float32], text: str
) -> AnsweringWords | None:
    """The words whose first and last token say so most, widened to whole words of `text`.

    `logits` are those of begin and end, shape (tokens or more, 2). The sum of both is highest
    among all runs of at most `LONGEST_ANSWER` tokens of the text; None where it has no token.
    """
    places = [number for number, start in enumerate(tokens.starts) if start >= 0]
    if not places:
        return None
    own = np.asarray(logits)[places]
    sums = own[:, 0][:, None] + own[:, 1][None, :]
    allowed = np.tril(np.triu(np.ones_like(sums, bool)), LONGEST_ANSWER - 1)
    first, last = divmod(int(np.where(allowed, sums, -np.inf).argmax()), len(places))
    probability = _probability(own[:, 0], first) * _probability(own[:, 1], last)
    begin, end = tokens.starts[places[first]], tokens.ends[places[last]]
    return AnsweringWords(*_whole_words(text, begin, end), probability)


def _probability(logits: NDArray[np.float32], place: int) -> float:
    """That of one of several exclusive outcomes by their logits."""
    exponentials = np.exp(logits.astype(np.float64) - logits.max())
    return float(exponentials[place] / exponentials.sum())


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """Begin and end moved to the edges of the words that they stand inside of."""
    for word in _WORD.finditer(text):
        if word.start() < begin < word.end():
            begin = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return begin, end
