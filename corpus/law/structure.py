"""The structure of laws and treaties: blocks ranked, inserted text told from the act's own."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.law.labels import QUOTE, labels, only_labels
from corpus.law.levels import TITLE_LENGTH, Ranks, is_roman
from corpus.law.provisions import is_part_number, opens_own_line, provision, stands_for_article
from corpus.text.blocks import Block

_LEGAL_FROM = 3
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
    ranks = Ranks(run_in=not headed, spanish=spanish)
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
    if "\n" in text or len(text) > TITLE_LENGTH:
        return False
    if block.level and is_roman(text):
        return True
    return stands_for_article(text) or is_part_number(text)


def _is_title(number: Block, block: Block) -> bool:
    """Whether a block can be the title of the number above it."""
    text = block.text
    if opens_provision(text) or len(text) > TITLE_LENGTH:
        return False
    if number.level:
        return block.level > 0
    return not text.rstrip().endswith((".", ";", ":", ","))


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
