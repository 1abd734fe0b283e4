"""Pairs of question and passage as tokens, as the reader reads them."""

from pathlib import Path
from typing import Any, NamedTuple

from qa.tools.reader_training.groups import ReadingPair

LONGEST, LONGEST_QUESTION = 256, 64
_BETWEEN = ": "
"""Stands between the context of a passage and its text."""


class PairTokens(NamedTuple):
    """Tokens of a pair: ids, their kinds (0 question, 1 passage) and where the answer is.

    `starts` and `ends` are places in the text of the passage, -1 for all other tokens; `first` and
    `last` the tokens that hold the answering words, 0 (the mark at the beginning) where none do.
    """

    ids: list[int]
    kinds: list[int]
    starts: list[int]
    ends: list[int]
    first: int
    last: int


class PairTokenizer:
    """The tokenizer of the reader: `[CLS] question [SEP] context: passage [SEP]`."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin, self.end = self._mark("[CLS]"), self._mark("[SEP]")

    def _mark(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}")
        return found

    def pair(self, pair: ReadingPair) -> PairTokens:
        """The tokens of a pair; the beginning of a long question is cut off, the end of a passage.

        Where earlier questions stand before a question, it is the last.
        """
        encode = self._tokenizer.encode
        asked = encode(pair.question, add_special_tokens=False).ids[-LONGEST_QUESTION:]
        before = f"{pair.context}{_BETWEEN}" if pair.context else ""
        read = encode(before + pair.text, add_special_tokens=False)
        room = LONGEST - len(asked) - 3
        places = [
            (start - len(before), end - len(before)) if start >= len(before) else (-1, -1)
            for start, end in read.offsets[:room]
        ]
        head = [(-1, -1)] * (len(asked) + 2)
        found = [*head, *places, (-1, -1)]
        first, last = _answer(found, pair.span)
        return PairTokens(
            ids=[self.begin, *asked, self.end, *read.ids[:room], self.end],
            kinds=[0] * len(head) + [1] * (len(places) + 1),
            starts=[start for start, _ in found],
            ends=[end for _, end in found],
            first=first,
            last=last,
        )


def _answer(places: list[tuple[int, int]], span: tuple[int, int] | None) -> tuple[int, int]:
    """The first and last token that overlap the answering words; 0 and 0 where none do."""
    if span is None:
        return 0, 0
    inside = [
        number
        for number, (start, end) in enumerate(places)
        if start >= 0 and start < span[1] and span[0] < end
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)
