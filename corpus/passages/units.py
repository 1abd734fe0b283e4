"""Units of passages: sentences, or the clauses of a sentence so long that it is a list."""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.law.labels import begins, follows
from corpus.text.documents import Span
from corpus.text.sentences import sentences

LONG = 120
"""Words from which on a sentence is cut at its clauses."""
_CLAUSE = re.compile(
    r";\s+(?=\S)|,\s+(?=(?:Also |Further |Deeply )?"
    r"(?:[A-Z][a-z]+(?:ing|ned|ced|sed)|Having|Bearing|Taking|Have)\b)"
)
_DASH = re.compile(r"(?<!\.)—\s*(?=[^\W\d_])")
"""After a full stop it ends a heading, as in `Annual report.— Not later than …`."""
_LABEL = re.compile(r"\(([a-z]{1,4}|[A-Z]{1,4}|\d{1,2})\)\s+(?=\w)")
_BEFORE_FIRST = re.compile(r"(?:[:;,—–]|[^\W\d_]{4,})[\s“‘\"]*$")
_BEFORE_NEXT = re.compile(r"(?:[;,]|\b(?:and|or|y|e|o|u))[\s“‘\"]*$")
_REFERS = re.compile(
    r"(?i:\b(?:(?:sub)?(?:section|paragraph|clause|article|title)s?|(?:sub)?párrafos?|artículos?"
    r"|fracci(?:ón|ones)|incisos?))[\s“‘\"]*$"
)


def units(text: str, language: str) -> tuple[Span, ...]:
    """The units of a text, in order, lossless as `sentences` is.

    A sentence of more than `LONG` words, such as the preamble of a treaty, is cut after its
    semicolons, before `Recalling …`, `Convinced …` and before the labels of a list that runs
    through it, `(1) … (2) …`; what is still longer, after its dashes. A clause without such a place
    stays whole.
    """
    return tuple(
        unit for sentence in sentences(text, language) for unit in _clauses(text, sentence)
    )


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    words = text[sentence.start : sentence.end]
    if len(words.split()) <= LONG:
        yield sentence
        return
    cuts = {cut.end() for cut in _CLAUSE.finditer(words)} | _list_labels(words)
    for clause in _parts(text, sentence, cuts):
        words = text[clause.start : clause.end]
        if len(words.split()) <= LONG:
            yield clause
        else:
            yield from _parts(text, clause, {cut.end() for cut in _DASH.finditer(words)})


def _parts(text: str, span: Span, cuts: set[int]) -> Iterator[Span]:
    """A span cut where the words after each cut begin, counted from its start."""
    edges = [0, *sorted(cuts), span.end - span.start]
    for start, end in pairwise(edges):
        words = text[span.start + start : span.start + end].rstrip()
        if words:
            yield Span(span.start + start, span.start + start + len(words))


def _list_labels(words: str) -> set[int]:
    """Where the labels of lists stand that run through a sentence; references to items do not."""
    lists: list[tuple[str, list[int]]] = []
    for found in _LABEL.finditer(words):
        label, before = found[1], words[: found.start()]
        goes_on = next((n for n, (last, _) in enumerate(lists) if follows(last, label)), None)
        if goes_on is not None and _BEFORE_NEXT.search(before):
            lists[goes_on] = (label, [*lists[goes_on][1], found.start()])
        elif begins(label) and _BEFORE_FIRST.search(before) and not _REFERS.search(before):
            lists.append((label, [found.start()]))
    return {start for _, starts in lists if len(starts) > 1 for start in starts}
