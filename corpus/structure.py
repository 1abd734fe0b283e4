"""The structure of laws and treaties: blocks ranked, inserted text told from the act's own."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.blocks import GOES_ON, QUOTED, Block
from corpus.labels import QUOTE, labels, only_labels
from corpus.provisions import (
    PREAMBLE_ES,
    closing,
    decree_name,
    front,
    is_part_number,
    opens_own_line,
    opens_transitories,
    part_rank,
    provision,
    stands_for_article,
    transitory,
)

_BOOK_RANK, _TITLE_RANK, _CHAPTER_RANK, _PROVISION_RANK = 2, 3, 4, 6
_TITLE_LENGTH = 200
_LEGAL_FROM = 3
_ROMAN = frozenset("IVXLC")
_SPANISH = ("Artículo", "ARTÍCULO")


def opens_provision(line: str) -> bool:
    """Whether a line opens an article, a chapter, a close or an item of a list."""
    return bool(labels(line)) or opens_own_line(line)


def structured(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the headings of a law or treaty ranked, and run-together items apart.

    Text that an act inserts into another (`quoted`) opens sections of its own, at levels from
    `QUOTED` on; where the act goes on, it does so in a section of level `GOES_ON`. Preambles,
    reform decrees, transitory articles and signatures open sections by name. A text with fewer
    than three articles or sections comes back as it is.
    """
    apart = [part for block in blocks for part in _apart(block)]
    opening = [block for block in apart if provision(block.text)]
    if len(opening) < _LEGAL_FROM:
        return list(blocks)
    # Where provisions have headings, others in the text are a table of contents or quoted.
    headed = sum(block.level > 0 for block in opening) >= _LEGAL_FROM
    if not any(block.level == 1 for block in apart) and apart[0].level:
        apart[0] = apart[0]._replace(level=1)
    spanish = any(block.text.startswith(_SPANISH) for block in opening)
    ranks = _Ranks(run_in=not headed, spanish=spanish)
    whole = list(_with_titles(_with_quotes(apart)))
    ranked = [ranks.rank(block, whole[n + 1 : n + 4]) for n, block in enumerate(whole)]
    return list(_with_lone_labels(ranked))


def _apart(block: Block) -> Iterator[Block]:
    """A paragraph cut before each line that opens a provision or an item."""
    lines = block.text.split("\n")
    if block.level:
        yield block
        return
    start = 0
    for number in range(1, len(lines)):
        if labels(lines[number]) or provision(lines[number]):
            yield block._replace(text="\n".join(lines[start:number]))
            start = number
    yield block._replace(text="\n".join(lines[start:]))


def _with_quotes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Marks paragraphs that a quotation mark shows to be inserted text.

    Official prints of acts set one before every paragraph of it. The first must open an item or a
    section, since a definition may begin with a quoted word.
    """
    marked = False
    for block in blocks:
        opens = labels(block.text) or provision(block.text)
        marked = bool(not block.quoted and QUOTE.match(block.text) and (opens or marked))
        yield block._replace(quoted=1) if marked else block


def _with_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Joins a number that stands alone (`Article 3`, `CAPÍTULO I`) with the title below it."""
    pending: Block | None = None
    for block in blocks:
        if pending is not None:
            if _is_title(pending, block):
                yield pending._replace(text=f"{pending.text}\n{block.text}", level=6)
                pending = None
                continue
            yield pending._replace(level=6)
            pending = None
        if _stands_alone(block):
            pending = block
        else:
            yield block
    if pending is not None:
        yield pending._replace(level=6)


def _stands_alone(block: Block) -> bool:
    text = block.text
    if "\n" in text or len(text) > _TITLE_LENGTH:
        return False
    if block.level and _is_roman(text):
        return True
    return stands_for_article(text) or is_part_number(text)


def _is_roman(text: str) -> bool:
    return bool(text.strip()) and set(text.split("\n", maxsplit=1)[0].strip()) <= _ROMAN


def _is_title(number: Block, block: Block) -> bool:
    """Whether a block can be the title of the number above it."""
    text = block.text
    if opens_provision(text) or len(text) > _TITLE_LENGTH:
        return False
    if number.level:
        return block.level > 0
    return not text.rstrip().endswith((".", ";", ":", ","))


class _Ranks:
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
        if block.level and _is_roman(text):
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
    return text.split("\n", maxsplit=1)[0].isupper() and len(text) <= _TITLE_LENGTH


def _with_lone_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    """Joins a label without words with the paragraph after it."""
    lone: Block | None = None
    for block in blocks:
        if lone is not None and block.level:
            yield lone
            lone = None
        joined = block
        if lone is not None:
            joined = lone._replace(text=f"{lone.text} {block.text}", page=block.page)
        heading = joined.level and joined.name is None
        lone = joined if not heading and only_labels(joined.text) else None
        if lone is None:
            yield joined
    if lone is not None:
        yield lone
