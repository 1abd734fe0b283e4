"""Passages → quotations: which whole sentences of which passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Span
from index.search import Candidate
from index.store import StoredPassage

_SENTENCE_WEIGHT = 0.5
_JOIN_MARGIN = 0.05
_SPREAD_MARGIN = 0.25


@dataclass(frozen=True)
class Extract:
    """A run of whole sentences of a passage and its worth, about 0 to 1, against the others.

    `match`, -1 to 1, tells how well its best sentence and its passage match, whatever the others
    are; `candidate` is what it was taken from.
    """

    candidate: Candidate
    span: Span
    score: float
    match: float

    @property
    def passage(self) -> StoredPassage:
        """The passage that it stands in."""
        return self.candidate.passage


def extract(candidates: Sequence[Candidate], most: int) -> tuple[Extract, ...]:
    """The `most` best runs of sentences, best first: one a passage, none twice.

    The worth of a sentence is the mean of its own cosine and that of its passage: a sentence alone
    misses what the words around it say, a passage alone does not say which sentence answers. A
    neighbor of the same paragraph joins where it is worth nearly as much.
    """
    found = sorted(_best(candidates), key=lambda e: (-e.score, e.passage.source, e.span.start))
    return tuple(_spread(found)[:most])


def _spread(found: Sequence[Extract]) -> list[Extract]:
    """The extracts; the best of each source comes first where it is worth nearly as much.

    What two sources say tells more than what one says twice.
    """
    seen: set[str] = set()
    first: list[Extract] = []
    later: list[Extract] = []
    for one in found:
        near = one.score >= found[0].score - _SPREAD_MARGIN
        (first if near and one.passage.source not in seen else later).append(one)
        seen.add(one.passage.source)
    return [*first, *later]


def _best(candidates: Sequence[Candidate]) -> Iterator[Extract]:
    for candidate in candidates:
        worth = [
            _SENTENCE_WEIGHT * score + (1 - _SENTENCE_WEIGHT) * candidate.score
            for score in candidate.sentence_scores
        ]
        top = max(worth)
        first = last = best = worth.index(top)
        near = [value >= top - _JOIN_MARGIN for value in worth]
        apart = _paragraph_ends(candidate.passage)
        while first > 0 and near[first - 1] and first - 1 not in apart:
            first -= 1
        while last + 1 < len(worth) and near[last + 1] and last not in apart:
            last += 1
        sentences = candidate.passage.sentences
        span = Span(sentences[first].span.start, sentences[last].span.end)
        match = (candidate.sentence_scores[best] + candidate.match) / 2
        yield Extract(candidate, span, top, match)


def _paragraph_ends(passage: StoredPassage) -> set[int]:
    """Numbers of the sentences after which a paragraph, or an item of a list, ends."""
    start = passage.span.start
    return {
        number
        for number, (one, other) in enumerate(pairwise(passage.sentences))
        if "\n\n" in passage.text[one.span.end - start : other.span.start - start]
    }
