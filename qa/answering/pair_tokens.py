"""Question and passage as tokens, as the reader reads them."""

from pathlib import Path
from typing import NamedTuple

from corpus.errors import ModelError
from corpus.wording import Message
from index.models.tokenizer import load_tokenizer

LONGEST, LONGEST_QUESTION = 256, 64
_BETWEEN = ": "
"""Stands between the context of a passage and its text."""


class PairTokens(NamedTuple):
    """Tokens of a pair: ids, their kinds (0 question, 1 passage), and where each begins and ends.

    `starts` and `ends` are places in the text of the passage, -1 for all other tokens.
    """

    ids: list[int]
    kinds: list[int]
    starts: list[int]
    ends: list[int]


class PairTokenizer:
    """The tokenizer of the reader: `[CLS] question [SEP] context: passage [SEP]`.

    May be shared by threads. Raises ModelError where the file is missing, broken or the tokenizer
    of another kind of model.
    """

    def __init__(self, path: Path) -> None:
        self._tokenizer = load_tokenizer(
            path, lambda reason: ModelError("model.tokenizer", path=path, reason=reason)
        )
        # Never changed: threads may encode with one tokenizer as long as none changes it.
        self._begin, self._end = (self._mark(token, path) for token in ("[CLS]", "[SEP]"))

    def _mark(self, token: str, path: Path) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            reason = Message.of("model.tokenizer-mark", token=token)
            raise ModelError("model.tokenizer", path=path, reason=reason)
        return found

    @property
    def highest(self) -> int:
        """The highest id that a token may have."""
        return max(self._tokenizer.get_vocab().values())

    def pair(self, question: str, context: str, text: str) -> PairTokens:
        """The tokens of a pair; the beginning of a long question is cut off, the end of a passage.

        Where earlier questions stand before a question, it is the last.
        """
        encode = self._tokenizer.encode
        asked = encode(question, add_special_tokens=False).ids[-LONGEST_QUESTION:]
        before = f"{context}{_BETWEEN}" if context else ""
        read = encode(before + text, add_special_tokens=False)
        room = LONGEST - len(asked) - 3
        places = [
            (start - len(before), end - len(before)) if start >= len(before) else (-1, -1)
            for start, end in read.offsets[:room]
        ]
        head = [(-1, -1)] * (len(asked) + 2)
        found = [*head, *places, (-1, -1)]
        return PairTokens(
            ids=[self._begin, *asked, self._end, *read.ids[:room], self._end],
            kinds=[0] * len(head) + [1] * (len(places) + 1),
            starts=[start for start, _ in found],
            ends=[end for _, end in found],
        )
