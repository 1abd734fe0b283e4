"""How well a network reads the candidates of questions."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.network import Batch, ReaderNetwork, batch_of
from qa.tools.reader_training.tokens import PairTokenizer
from qa.tools.reader_training.training_set import TrainingQuestion

_BATCH = 16
_LONGEST_ANSWER = 60


class PairReading(NamedTuple):
    """What a network says of a pair: a logit, and start and end of the answer in the passage."""

    logit: float
    start: int
    end: int


@dataclass(frozen=True)
class ReaderFigures:
    """Figures over questions; those of order over the ones that a candidate answers.

    `found`: a candidate answers; `first`, `first_of_search`: the first one does, as the reader or
    as the search orders them; `auroc`: the best logit tells answerable questions from others;
    `span_f1`: words shared by the answer read and the one labelled, in the passage that answers.
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


def measured(
    network: ReaderNetwork,
    tokenizer: PairTokenizer,
    groups: Iterable[tuple[TrainingQuestion, Sequence[ReadingPair]]],
    device: torch.device,
) -> ReaderFigures:
    """The figures of a network over questions with their candidates."""
    best, truth, first, search, shared = list[float](), list[bool](), [], [], []
    for question, pairs in groups:
        said = read_pairs(network, tokenizer, pairs, device)
        order = sorted(range(len(pairs)), key=lambda n: -said[n].logit)
        best.append(said[order[0]].logit)
        truth.append(question.answerable)
        if right := [n for n, one in enumerate(pairs) if one.answers]:
            first.append(order[0] in right)
            search.append(right[0] == 0)
            shared.append(_f1(said[right[0]], pairs[right[0]]))
    return ReaderFigures(
        questions=len(truth),
        answerable=sum(truth),
        found=len(first) / max(1, sum(truth)),
        first=sum(first) / max(1, sum(truth)),
        first_of_search=sum(search) / max(1, sum(truth)),
        auroc=float(roc_auc_score(truth, best)) if len(set(truth)) == 2 else float("nan"),
        span_f1=float(np.mean(shared)) if shared else float("nan"),
    )


def read_pairs(
    network: ReaderNetwork,
    tokenizer: PairTokenizer,
    pairs: Sequence[ReadingPair],
    device: torch.device,
) -> list[PairReading]:
    """What the network says of each pair; pairs of like length are read together."""
    tokens = [tokenizer.pair(one) for one in pairs]
    order = sorted(range(len(pairs)), key=lambda n: (len(tokens[n].ids), n))
    found: dict[int, PairReading] = {}
    network.eval()
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        batch = batch_of([tokens[n] for n in rows], device)
        with torch.inference_mode():
            answers, spans = network(batch.ids, batch.kinds, batch.mask)
        for place, row in enumerate(rows):
            first, last = _best_span(spans[place], batch, place)
            one = tokens[row]
            found[row] = PairReading(float(answers[place]), one.starts[first], one.ends[last])
    return [found[n] for n in range(len(pairs))]


def _best_span(spans: torch.Tensor, batch: Batch, place: int) -> tuple[int, int]:
    """The tokens between which the sum of both logits is highest, begin before end."""
    inside = batch.readable[place].clone()
    inside[0] = False
    if not bool(inside.any()):
        return 0, 0
    logits = spans.masked_fill(~inside.unsqueeze(-1), -1e4)
    sums = logits[:, 0].unsqueeze(1) + logits[:, 1].unsqueeze(0)
    allowed = torch.ones_like(sums).triu().tril(_LONGEST_ANSWER).bool()
    number = int(sums.masked_fill(~allowed, -1e9).argmax())
    return number // sums.shape[1], number % sums.shape[1]


def _f1(said: PairReading, pair: ReadingPair) -> float:
    """F1 of the characters of the answer read against those of the one labelled."""
    if pair.span is None:
        return 0.0
    both = min(said.end, pair.span[1]) - max(said.start, pair.span[0])
    if both <= 0:
        return 0.0
    return 2 * both / ((said.end - said.start) + (pair.span[1] - pair.span[0]))
