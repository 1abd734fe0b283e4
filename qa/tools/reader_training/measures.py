"""How well a network reads the candidates of questions."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
import torch

from qa.answering.answering_words import answering_words
from qa.answering.pair_tokens import PairTokenizer
from qa.answering.reader import PassageReading
from qa.evaluate.measures.refusals import UNDEFINED, auroc
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.network import ReaderNetwork, batch_of
from qa.tools.reader_training.tokens import labeled
from qa.tools.reader_training.training_set import TrainingQuestion

_BATCH = 16


@dataclass(frozen=True)
class ReaderFigures:
    """Figures over questions; those of order over the ones that a candidate answers.

    `found`: a candidate answers; `first`, `first_of_search`: the first one does, as the reader or
    as the search orders them; `auroc`: the best logit tells answerable questions from others;
    `span_f1`: characters shared by the answer read and the one labelled, where a candidate answers.
    """

    questions: int
    answerable: int
    found: float
    first: float
    first_of_search: float
    auroc: float
    span_f1: float

    def row(self) -> dict[str, float]:
        """The figures by name."""
        return asdict(self)


class QuestionReading(NamedTuple):
    """What came of reading the candidates of a question; the last three where one answers."""

    source: str
    answerable: bool
    best_logit: float
    first: bool | None = None
    first_of_search: bool | None = None
    span_f1: float | None = None


def question_readings(
    network: ReaderNetwork,
    tokenizer: PairTokenizer,
    groups: Iterable[tuple[TrainingQuestion, Sequence[ReadingPair]]],
    device: torch.device,
) -> list[QuestionReading]:
    """What comes of reading the candidates of each question."""
    return [
        _question_reading(question, pairs, read_pairs(network, tokenizer, pairs, device))
        for question, pairs in groups
    ]


def _question_reading(
    question: TrainingQuestion, pairs: Sequence[ReadingPair], said: Sequence[PassageReading]
) -> QuestionReading:
    best = max(range(len(pairs)), key=lambda n: said[n].logit)
    known = question.source, question.answerable, said[best].logit
    right = [n for n, one in enumerate(pairs) if one.answers]
    if not right:
        return QuestionReading(*known)
    first, f1 = right[0], _f1(said[right[0]], pairs[right[0]])
    return QuestionReading(*known, best in right, first == 0, f1)


def figures_over(readings: Sequence[QuestionReading]) -> ReaderFigures:
    """The figures over questions whose candidates were read."""
    truth = [one.answerable for one in readings]
    found = [one for one in readings if one.first is not None]
    answerable = max(1, sum(truth))
    shared = [one.span_f1 for one in found if one.span_f1 is not None]
    return ReaderFigures(
        questions=len(truth),
        answerable=sum(truth),
        found=len(found) / answerable,
        first=sum(bool(one.first) for one in found) / answerable,
        first_of_search=sum(bool(one.first_of_search) for one in found) / answerable,
        auroc=auroc(truth, [one.best_logit for one in readings]),
        span_f1=float(np.mean(shared)) if shared else UNDEFINED,
    )


def read_pairs(
    network: ReaderNetwork,
    tokenizer: PairTokenizer,
    pairs: Sequence[ReadingPair],
    device: torch.device,
) -> list[PassageReading]:
    """What the network says of each pair; pairs of like length are read together."""
    read = [labeled(tokenizer, one) for one in pairs]
    order = sorted(range(len(pairs)), key=lambda n: (len(read[n].tokens.ids), n))
    found: dict[int, PassageReading] = {}
    network.eval()
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        batch = batch_of([read[n] for n in rows], device)
        with torch.inference_mode():
            answers, spans = network(batch.ids, batch.kinds, batch.mask)
        for place, row in enumerate(rows):
            logits = spans[place].float().cpu().numpy()
            words = answering_words(read[row].tokens, logits, pairs[row].text)
            found[row] = PassageReading(float(answers[place]), words and words[:2])
    return [found[n] for n in range(len(pairs))]


def _f1(said: PassageReading, pair: ReadingPair) -> float:
    """F1 of the characters of the answer read against those of the one labelled."""
    if pair.span is None or said.words is None:
        return 0.0
    (start, end), (begin, stop) = said.words, pair.span
    both = min(end, stop) - max(start, begin)
    return 2 * both / ((end - start) + (stop - begin)) if both > 0 else 0.0
