"""Groups to learn from: a question with a passage that answers, if any does, and wrong ones."""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corpus.text.words import words_of
from qa.tools.reader_training.training_set import ReadPassage, TrainingQuestion

ALIKE = 0.6
"""Share of words above which a passage may say the same as one that answers: it is no wrong one."""


class ReadingPair(NamedTuple):
    """A question and a passage, whether it answers, and where in the passage's text it does.

    `span` holds start and end of the answering words; None where none are known.
    """

    question: str
    context: str
    text: str
    answers: bool
    span: tuple[int, int] | None = None


class Group(NamedTuple):
    """Pairs of one question; the first answers, or none does."""

    id: str
    pairs: tuple[ReadingPair, ...]

    @property
    def answerable(self) -> bool:
        """Whether the first pair answers."""
        return self.pairs[0].answers


def learning_groups(
    questions: Sequence[TrainingQuestion],
    passages: Mapping[str, ReadPassage],
    wrong: int,
    seed: int,
) -> Iterator[Group]:
    """A group a question: one passage that answers and `wrong` others.

    The others are candidates of the search, the first ones more likely; those that share most words
    with a passage that answers are left out, since laws repeat clauses. A near miss comes with its
    passage first. Where nothing answers two less are read: there is no order to learn. The same
    seed gives the same groups.
    """
    for one in questions:
        choose = random.Random(f"{seed} {one.id}")
        others = _wrong(one, passages)
        weights = [1 / (3 + place) for place in range(len(others))]
        chosen = _sampled(others, weights, wrong, choose)
        pairs = [_pair(one, passages[name]) for name in (*one.near[:1], *chosen)]
        if one.right:
            right = choose.choice(one.right)
            first = _pair(one, passages[right.passage], (right.start, right.end))
            yield Group(one.id, (first, *pairs[:wrong]))
        elif pairs:
            yield Group(one.id, tuple(pairs[: max(1, wrong - 1)]))


def read_groups(
    questions: Sequence[TrainingQuestion], passages: Mapping[str, ReadPassage], most: int
) -> Iterator[tuple[TrainingQuestion, tuple[ReadingPair, ...]]]:
    """Each question with its first candidates as a reader is given them, for measuring."""
    for one in questions:
        right = {answer.passage: (answer.start, answer.end) for answer in one.right}
        pairs = tuple(_pair(one, passages[name], right.get(name)) for name in one.candidates[:most])
        if pairs:
            yield one, pairs


def _pair(
    question: TrainingQuestion, passage: ReadPassage, span: tuple[int, int] | None = None
) -> ReadingPair:
    return ReadingPair(question.text, passage.context, passage.text, span is not None, span)


def _wrong(question: TrainingQuestion, passages: Mapping[str, ReadPassage]) -> list[str]:
    right = {one.passage for one in question.right}
    said = [_words(passages[name].text) for name in sorted(right)]
    return [
        name
        for name in question.candidates
        if name not in right
        and name not in question.near
        and not any(_alike(_words(passages[name].text), one) for one in said)
    ]


# A passage is a candidate of many questions.
@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > ALIKE * min(len(one), len(other))


def _sampled(
    names: Sequence[str], weights: Sequence[float], count: int, choose: random.Random
) -> list[str]:
    """`count` different names, the weightier more likely (Efraimidis and Spirakis 2006)."""
    keys = [choose.random() ** (1 / weight) for weight in weights]
    order = sorted(range(len(names)), key=lambda n: -keys[n])
    return [names[n] for n in order[:count]]
