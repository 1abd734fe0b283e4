"""The structure of laws and treaties: chapters, articles, sections, the labels of items."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.blocks import Block

_NUMERAL = (
    r"(?:[IVXLC]+|\d{1,3}|ÚNICO|ÚNICA|PRIMER[OA]|SEGUND[OA]|TERCER[OA]|CUART[OA]|QUINT[OA]|SEXT[OA]"
    r"|SÉPTIM[OA]|OCTAV[OA]|NOVEN[OA]|DÉCIM[OA]|[A-C])"
)
_PARTS = (
    (2, re.compile(rf"(?:LIBRO|DIVISION)\s+{_NUMERAL}\b")),
    (3, re.compile(rf"(?:TÍTULO|TITULO|TITLE|PART|TRANSITORIOS?)(?:\s+{_NUMERAL}\b|\s*$)")),
    (4, re.compile(rf"(?:CAPÍTULO|CAPITULO|CHAPTER|Chapter|Capítulo)\s+{_NUMERAL}\b")),
    (5, re.compile(rf"(?:SECCIÓN|SUBTITLE|Subtitle)\s+{_NUMERAL}\b")),
)
"""Ranks of headings that hold articles."""
_NUMERAL_ALONE = re.compile(r"[IVXLC]+\s*(?:\n|$)")
_NUMERAL_RANK = 4
_PROVISION_RANK = 6
_ORDINAL = r"(?:Primero|Segundo|Tercero|Cuarto|Quinto|Sexto|Séptimo|Octavo|Noveno|Décimo|Único)"
_PROVISION = re.compile(
    rf"(?P<name>(?:Art[ií]culo|ART[IÍ]CULO|Article|ARTICLE)\s+(?P<article>\d{{1,4}}(?:\s?(?:Bis|Ter|"
    rf"Quáter|bis|ter))?|{_ORDINAL})|(?:§+|SEC\.|Sec\.)\s*(?P<section>\d{{1,5}}[A-Za-z]?))"
    r"(?:o\b|[º°])?(?:\s*(?:Bis|bis))?\s*(?P<end>\.\s?[-–—]|[.\-–—:]|\n|$)"
)
_LABEL = re.compile(
    r"(?:\((?P<in>[a-z]{1,2}|[A-Z]{1,2}|\d{1,3}|[ivxl]{1,6}|[IVXL]{1,6})\)"
    r"|(?P<half>[a-z]{1,2}|[ivxl]{1,5}|\d{1,2})\)"
    r"|(?P<dot>\d{1,2}|[IVXL]{1,6}|[a-z])\.(?!\d))\s*(?=\S|$)"
)
_TITLE_LENGTH = 200
_LEGAL_FROM = 3
_ANNOUNCING = (":", "—", "–", ":—")


def _ordinals() -> dict[str, tuple[str, ...]]:
    roman = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
    roman += [f"xx{one}" for one in roman[:9]] + ["xxx"] + [f"xxx{one}" for one in roman[:9]]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "1": tuple(map(str, range(1, 200))),
        "a": tuple(letters),
        "A": tuple(letters.upper()),
        "i": tuple(roman),
        "I": tuple(one.upper() for one in roman),
        "aa": tuple(one * 2 for one in letters),
        "AA": tuple(one * 2 for one in letters.upper()),
    }


_KINDS = _ordinals()


class Provision(NamedTuple):
    """How an article or section is named and cited: `Artículo 10`, or `Art. 3`, or `sec. 107`."""

    name: str
    cited: str


def provision(text: str) -> Provision | None:
    """The article or section that a heading or a paragraph opens."""
    found = _PROVISION.match(text)
    if found is None:
        return None
    name = " ".join(found["name"].split())
    if found["section"]:
        return Provision(name, f"sec. {found['section']}")
    spanish = name.upper().startswith(("ARTÍ", "ARTICULO"))
    return Provision(name, f"{'Artículo' if spanish else 'Art.'} {found['article']}")


def labels(text: str) -> tuple[str, ...]:
    """The labels that open a paragraph, outermost first: `(ii) (I) who has not` → `ii`, `I`."""
    found = []
    position = 0
    # `Artículo 5.` and `§ 3.` open a provision, not an item.
    while not _PROVISION.match(text) and (match := _LABEL.match(text, position)):
        label = match["in"] or match["half"] or match["dot"]
        if not any(label in names for names in _KINDS.values()):
            break
        found.append(label)
        position = match.end()
    return tuple(found)


def opens_provision(line: str) -> bool:
    """Whether a line opens an article, a chapter or an item of a list."""
    return bool(provision(line) or labels(line) or any(rank.match(line) for _, rank in _PARTS))


def structured(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the headings of a law or treaty ranked, and run-together items apart.

    A text with fewer than three articles or sections comes back as it is.
    """
    apart = [part for block in blocks for part in _apart(block)]
    opening = [block for block in apart if provision(block.text)]
    if len(opening) < _LEGAL_FROM:
        return list(blocks)
    # Where provisions have headings, others in the text are a table of contents or quoted.
    headed = sum(block.level > 0 for block in opening) >= _LEGAL_FROM
    if not any(block.level == 1 for block in apart) and apart[0].level:
        apart[0] = apart[0]._replace(level=1)
    ranked = [_ranked(block, run_in=not headed) for block in _with_titles(apart)]
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


def _with_titles(blocks: Sequence[Block]) -> Iterator[Block]:
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
    if block.level and _NUMERAL_ALONE.match(text):
        return True
    article = _PROVISION.fullmatch(text)
    return bool(article and article["article"]) or any(
        rank.fullmatch(text.strip()) for _, rank in _PARTS
    )


def _is_title(number: Block, block: Block) -> bool:
    """Whether a block can be the title of the number above it."""
    text = block.text
    if opens_provision(text) or len(text) > _TITLE_LENGTH:
        return False
    if number.level:
        return block.level > 0
    return not text.rstrip().endswith((".", ";", ":", ","))


def _ranked(block: Block, *, run_in: bool) -> Block:
    """Headings by rank; with `run_in`, a paragraph that opens an article opens its section."""
    if block.level == 1:
        return block
    if block.level and _NUMERAL_ALONE.match(block.text):
        return block._replace(level=_NUMERAL_RANK)
    for rank, pattern in _PARTS:
        if pattern.match(block.text) and (block.level or (run_in and _capital(block.text))):
            return block._replace(level=rank)
    opened = provision(block.text)
    if block.level:
        return block._replace(level=_PROVISION_RANK)
    if opened and run_in:
        return block._replace(level=_PROVISION_RANK, name=opened.name)
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
        joined = block if lone is None else block._replace(text=f"{lone.text} {block.text}")
        lone = joined if not block.level and _only_labels(joined.text) else None
        if lone is None:
            yield joined
    if lone is not None:
        yield lone


def _only_labels(text: str) -> bool:
    position = 0
    while match := _LABEL.match(text, position):
        position = match.end()
    return 0 < position == len(text)


Place = tuple[str, int]
"""A kind of label and how many come before it in its list."""


def label_paths(groups: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """For the labels of each paragraph of a provision, in order, the path to it from the provision.

    A label goes on the innermost list whose next label it is, or begins a list of its own; the
    label after it decides whether `i` follows `h` or begins `i, ii`. The path of a paragraph
    without labels is empty: it may close any of the lists before it.
    """
    groups = list(groups)
    following = [*[label for group in groups for label in group][1:], ""]
    path: list[tuple[Place, str]] = []
    position = 0
    for group in groups:
        for label in group:
            place = _place(label, following[position], [at for at, _ in path])
            position += 1
            same = (n for n, (at, _) in enumerate(path) if at[0] == place[0])
            depth = next(same, len(path))
            path = [*path[:depth], (place, label)]
        yield tuple(label for _, label in path) if group else ()


def announcers(paragraphs: Sequence[str]) -> list[str]:
    """For each paragraph of a provision, the words above it that announce the list it stands in.

    `The States Parties shall:` announces `(a) …`; the words of outer lists come first. Empty for a
    paragraph in no list.
    """
    paths = list(label_paths(map(labels, paragraphs)))
    found: list[str] = []
    for number, path in enumerate(paths):
        above = ""
        for earlier in reversed(range(number if path else 0)):
            if paths[earlier] == path[: len(paths[earlier])] and len(paths[earlier]) < len(path):
                if paragraphs[earlier].rstrip().endswith(_ANNOUNCING):
                    above = f"{found[earlier]} {paragraphs[earlier]}".strip()
                break
        found.append(above)
    return found


def _place(label: str, after: str, path: Sequence[Place]) -> Place:
    options = [(kind, names.index(label)) for kind, names in _KINDS.items() if label in names]
    if not options:
        return ("?", 0)

    def fit(option: Place) -> tuple[bool, bool, int]:
        kind, number = option
        depth = next((n for n, (at, _) in enumerate(path) if at == kind), None)
        goes_on = depth is not None and path[depth][1] + 1 == number
        begins = number == 0 and depth is None
        names = _KINDS[kind]
        goes_further = number + 1 < len(names) and names[number + 1] == after
        return (goes_on or begins, goes_further, depth if depth is not None and goes_on else -1)

    return max(options, key=fit)
