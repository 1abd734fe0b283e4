"""Ranks the blocks of a law: which part, provision, decree or close each of them opens."""

from collections.abc import Sequence

from corpus.law.provisions import (
    PREAMBLE_ES,
    closing,
    decree_name,
    front,
    opens_transitories,
    part_rank,
    provision,
    transitory,
)
from corpus.text.blocks import GOES_ON, QUOTED, Block

TITLE_LENGTH = 200
"""Characters of the longest heading."""
_BOOK_RANK, _TITLE_RANK, _CHAPTER_RANK, _PROVISION_RANK = 2, 3, 4, 6
_ROMAN = frozenset("IVXLC")


def is_roman(text: str) -> bool:
    """Whether the first line of a text is a Roman numeral and no more."""
    return bool(text.strip()) and set(text.split("\n", maxsplit=1)[0].strip()) <= _ROMAN


class Ranks:
    """Ranks the blocks of a law one after the other; what came before decides on the next.

    With `run_in`, a paragraph that opens an article opens its section.
    """

    def __init__(self, *, run_in: bool, spanish: bool) -> None:
        self._run_in, self._spanish = run_in, spanish
        self._opened = self._closed = self._fronted = self._in_decree = False
        self._transitory = False
        self._says_article: bool | None = None
        """Whether transitory articles say `Artículo` before their number; None before the first."""
        self._depth = 0

    def rank(self, block: Block, after: Sequence[Block]) -> Block:
        """The block with its level, and the name of the section that it opens without a heading."""
        if block.level == 1:
            return block
        depth = block.quoted if self._opened else 0
        ranked = (
            self._inserted(block, depth)
            if depth
            else self._close(block, after) or self._transitories(block) or self._own(block)
        )
        changed, self._depth = depth - self._depth, depth
        if ranked.level or not self._opened or not changed:
            return ranked
        inner = _PROVISION_RANK if changed > 0 else GOES_ON
        return ranked._replace(level=QUOTED * depth + inner, name="")

    def _inserted(self, block: Block, depth: int) -> Block:
        """A block of text that the act inserts into another."""
        part, opened = part_rank(block.text), provision(block.text)
        if block.level:
            return block._replace(level=QUOTED * depth + (part or _PROVISION_RANK))
        if self._run_in and opened:
            return block._replace(level=QUOTED * depth + _PROVISION_RANK, name=opened.name)
        return block

    def _close(self, block: Block, after: Sequence[Block]) -> Block | None:
        """Preamble, reform decrees, promulgation and signatures."""
        text = block.text
        if not self._opened:
            name = None if block.level else front(text)
            if name is None and self._spanish and self._run_in and not self._fronted:
                name = None if provision(text) or part_rank(text) else PREAMBLE_ES
            self._fronted = self._fronted or name is not None
            return block._replace(level=_PROVISION_RANK, name=name) if name else None
        decree = decree_name(text, *(one.text for one in after))
        if decree:
            self._in_decree, self._transitory = True, False
            return block._replace(level=_BOOK_RANK, name=decree)
        name = closing(text)
        if name is None:
            return None
        self._closed, self._transitory = True, False
        return block._replace(level=_TITLE_RANK if self._in_decree else _BOOK_RANK, name=name)

    def _transitories(self, block: Block) -> Block | None:
        """Transitory articles, after the others and before the signatures."""
        outer = _TITLE_RANK if self._in_decree else _BOOK_RANK
        if self._opened and opens_transitories(block.text):
            self._transitory, self._says_article = True, None
            return block._replace(level=outer)
        found = transitory(block.text) if self._transitory and not block.level else None
        if found is None:
            return None
        name, says_article = found
        if self._says_article is None:
            self._says_article = says_article
        if says_article == self._says_article:
            return block._replace(level=_PROVISION_RANK, name=name)
        # `Artículo Segundo` after `Primero. …` and `Segundo. …` is one of the decree itself.
        self._transitory = False
        opened = provision(block.text)
        return block._replace(level=outer, name=opened.name) if opened else None

    def _own(self, block: Block) -> Block:
        """Parts, articles and sections of the law itself."""
        text = block.text
        if block.level and is_roman(text):
            return block._replace(level=_CHAPTER_RANK)
        part = part_rank(text)
        if part and (block.level or (self._run_in and _capital(text))):
            return block._replace(level=part)
        opened = provision(text)
        if opened and (block.level or self._run_in):
            self._opened = True
            own_heading = bool(block.level)
            return block._replace(level=_PROVISION_RANK, name=None if own_heading else opened.name)
        if block.level:
            return block._replace(level=_BOOK_RANK if self._closed else _PROVISION_RANK)
        return block


def _capital(text: str) -> bool:
    return text.split("\n", maxsplit=1)[0].isupper() and len(text) <= TITLE_LENGTH
