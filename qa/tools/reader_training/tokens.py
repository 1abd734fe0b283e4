"""Pairs of question and passage as tokens, with the tokens that answer."""

from dataclasses import dataclass

from qa.answering.pair_tokens import PairTokenizer, PairTokens
from qa.tools.reader_training.groups import ReadingPair


@dataclass(frozen=True)
class LabeledTokens:
    """Tokens of a pair, and the `first` and `last` of them that hold the answering words.

    Both are 0, the mark at the beginning, where none do.
    """

    tokens: PairTokens
    first: int
    last: int


def labeled(tokenizer: PairTokenizer, pair: ReadingPair) -> LabeledTokens:
    """The tokens of a pair and which of them answer."""
    tokens = tokenizer.pair(pair.question, pair.context, pair.text)
    if pair.span is None:
        return LabeledTokens(tokens, 0, 0)
    begin, end = pair.span
    inside = [
        number
        for number, (start, stop) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if 0 <= start < end and begin < stop
    ]
    return LabeledTokens(tokens, inside[0], inside[-1]) if inside else LabeledTokens(tokens, 0, 0)
