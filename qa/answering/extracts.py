"""Passages → quotations: which whole sentences of which passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.text.documents import Span
from index.search.query import Candidate
from index.search.weights import WEIGHTS
from index.versions.store import StoredPassage
from qa.answering.context import announces, item_style, needs_previous_sentence
from qa.answering.reading import READ

_ANNOUNCED_WORDS = 60
_Run = tuple[int, int]
"""The numbers of the first and last of some sentences."""


@dataclass(frozen=True)
class Extract:
    """A run of whole sentences of a passage and its worth, about 0 to 1, against the others.

    `strong` are the sentences that answer; the others are there so that those can be understood.
    `twins` are extracts of other places that say the same (see `qa.answering.duplicates`).
    `best` is how well the best of them matches, -1 to 1, whatever the others are; `candidate` is
    what it was taken from.
    """

    candidate: Candidate
    span: Span
    score: float
    best: float
    strong: tuple[Span, ...]
    twins: tuple["Extract", ...] = ()

    @property
    def passage(self) -> StoredPassage:
        """The passage that it stands in."""
        return self.candidate.passage

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.cut(self.span)

    @property
    def match(self) -> float:
        """How well its best sentence and its passage match, -1 to 1."""
        return (self.best + self.candidate.match) / 2


def extract(candidates: Sequence[Candidate]) -> tuple[Extract, ...]:
    """The best runs of sentences, best first: one a passage.

    The worth of a sentence is the mean of its own score and that of its passage: a sentence alone
    misses what the words around it say, a passage alone does not say which sentence answers. A
    neighbor joins where it matches nearly as well, what goes before where a sentence cannot stand
    alone or is an item of a list, and the list that a sentence announces.

    Where a reader read candidates, their order stands, and the sentences of a passage that answer
    are those of the words that it named; where the run would be long, they alone are quoted.
    """
    found = list(map(_best, candidates))
    if any(READ in one.signals for one in candidates):
        return tuple(replace(one, score=one.candidate.score) for one in found)
    found.sort(key=lambda e: (-e.score, e.passage.source, e.span.start))
    return tuple(_spread(found))


def _spread(found: Sequence[Extract]) -> list[Extract]:
    """The extracts; the best of each source comes first where it is worth nearly as much.

    What two sources say tells more than what one says twice.
    """
    seen: set[str] = set()
    first: list[Extract] = []
    later: list[Extract] = []
    for one in found:
        near = one.score >= found[0].score - WEIGHTS.source_margin
        (first if near and one.passage.source not in seen else later).append(one)
        seen.add(one.passage.source)
    return [*first, *later]


def _best(candidate: Candidate) -> Extract:
    """The best run of a candidate, with what it needs to be understood."""
    scores, sentences = candidate.sentence_scores, candidate.passage.sentences
    matching = _matching_run(scores)
    answering = _read_run(candidate) or matching
    first, last = _quoted_run(candidate, matching, answering)
    top = max(scores[answering[0] : answering[1] + 1])
    begin = _begin(candidate, first)
    if announces(candidate.passage.cut(sentences[last])):
        last = _end_of_list(candidate.passage, last)
    share = WEIGHTS.sentence_share
    return Extract(
        candidate,
        Span(sentences[begin].start, sentences[last].end),
        share * top + (1 - share) * candidate.score,
        top,
        tuple(sentences[answering[0] : answering[1] + 1]),
    )


def _quoted_run(candidate: Candidate, matching: _Run, answering: _Run) -> _Run:
    """The run from the first to the last sentence of both; the answering one where that is long."""
    first, last = min(matching[0], answering[0]), max(matching[1], answering[1])
    sentences = candidate.passage.sentences
    text = candidate.passage.cut(Span(sentences[first].start, sentences[last].end))
    whole_run = answering == matching or len(text.split()) <= WEIGHTS.long_run
    return (first, last) if whole_run else answering


def _read_run(candidate: Candidate) -> _Run | None:
    """The first and last sentence of the words that a reader holds for the answer, if it did."""
    words, sentences = candidate.answer, candidate.passage.sentences
    if words is None:
        return None
    held = [n for n, one in enumerate(sentences) if one.start < words.end and words.start < one.end]
    return (held[0], held[-1]) if held else None


def _matching_run(scores: Sequence[float]) -> _Run:
    """The sentence that matches best, with the neighbors that match nearly as well."""
    top = max(scores)
    first = last = scores.index(top)
    near = [score >= top - WEIGHTS.join_margin for score in scores]
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(scores) and near[last + 1]:
        last += 1
    return first, last


def _begin(candidate: Candidate, first: int) -> int:
    """Where a run must begin, at `first` or before it, to be understood."""
    passage = candidate.passage
    texts = [passage.cut(one) for one in passage.sentences]
    ends = set(_paragraph_ends(passage))
    begin = first
    while (
        begin > 0
        and begin - 1 not in ends
        and needs_previous_sentence(texts[begin], texts[begin - 1], candidate.language)
    ):
        begin -= 1
    if item_style(texts[begin]):
        for number in range(begin - 1, -1, -1):
            if sum(len(text.split()) for text in texts[number:begin]) > _ANNOUNCED_WORDS:
                break
            if announces(texts[number]):
                return number
    return begin


def _end_of_list(passage: StoredPassage, last: int) -> int:
    """The last item of the list that sentence `last` announces, as far as the passage goes."""
    texts = [passage.cut(one) for one in passage.sentences]
    ends = set(_paragraph_ends(passage))
    opening = item_style(texts[last])
    for number in range(last + 1, len(texts)):
        style = item_style(texts[number])
        new_paragraph = number - 1 in ends
        if new_paragraph and (style is None or style == opening):
            return number - 1
    return len(texts) - 1


def _paragraph_ends(passage: StoredPassage) -> Iterator[int]:
    """Numbers of the sentences after which a paragraph, or an item of a list, ends."""
    for number, (one, other) in enumerate(pairwise(passage.sentences)):
        if "\n\n" in passage.cut(Span(one.end, other.start)):
            yield number


def whole(candidate: Candidate) -> Extract:
    """All sentences of a passage."""
    sentences = candidate.passage.sentences
    span = Span(sentences[0].start, sentences[-1].end)
    return Extract(candidate, span, candidate.score, 1.0, sentences)
