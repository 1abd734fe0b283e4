"""Lines of a printed page → paragraphs."""

import re
from collections.abc import Container, Iterator, Sequence
from statistics import quantiles

from corpus.law.structure import opens_provision

_END = re.compile(r"""[.!?:;…—][)"'”’»\]]*$""")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_UNFINISHED = re.compile(r"\b(?:al?|con|de|del|el|en|la|las|los|por|by|in|of|the|to|under|with)$")
"""A line that ends so goes on in the next, though that may begin with `Artículo 5o.`"""
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[-\u2010](?=$)|[\u00ad\u0002\ufffe])$")


def joined_lines(lines: Sequence[str], words: Container[str] = frozenset()) -> Iterator[str]:
    """Paragraphs: a line goes on in the next unless it is short, closed or followed by a label.

    `words` are those of the whole text in lower case; they tell a compound from a broken word.
    """
    kept = [line.strip() for line in lines if line.strip()]
    width = _width(kept)
    paragraph: list[str] = []
    for line in kept:
        if paragraph and _starts_anew(paragraph[-1], line, width):
            yield _join(paragraph, words)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _join(paragraph, words)


def hyphenated_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, compounds with their hyphens."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def _width(lines: Sequence[str]) -> float:
    """The length of a full line: that which nine of ten lines do not exceed."""
    lengths = [len(line) for line in lines]
    return quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0.0


def _starts_anew(before: str, line: str, width: float) -> bool:
    if _UNFINISHED.search(before):
        return False
    if opens_provision(line):
        return True
    if line[:1].islower() or _HYPHEN.search(before):
        return False
    short = len(before) < 0.8 * width
    capitals = before.isupper() != line.isupper()
    return capitals or (short and bool(_END.search(before))) or len(before) < 0.55 * width


def _join(lines: Sequence[str], words: Container[str]) -> str:
    """One line; a word that was broken at the end of a line is whole again."""
    text = lines[0]
    for line in lines[1:]:
        if not _HYPHEN.search(text):
            text = f"{text} {line}"
            continue
        left, right = _LAST_WORD.search(text[:-1]), _WORD.match(line)
        compound = f"{left[0]}-{right[0]}".lower() if left and right else ""
        whole = compound.replace("-", "")
        keeps = not line[:1].islower() or (compound in words and whole not in words)
        text = (f"{text[:-1]}-" if keeps else text[:-1]) + line
    return text
