"""The answering words learned at the end: the upper layers learn them, and the logit stays."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, smooth_l1_loss

from qa.tools.reader_training.losses import over_text
from qa.tools.reader_training.network import Batch, ReaderNetwork, batch_of
from qa.tools.reader_training.tokens import LabeledTokens

UPPER_LAYERS = 4
"""The last layers, which learn; what those below them say of a pair is computed once."""
_RATE, _HEAD_RATE = 6e-5, 5e-4
_WARM_UP, _DECAY, _CLIP = 0.05, 0.01, 1.0
_BATCH = 8
_KEPT_WEIGHT = 0.3
"""What a change of the logit that says whether a passage answers counts beside wrong words."""


class _ReadBatch(NamedTuple):
    """A batch, the states below the layers that learn, in 16 bits, and the logits of before."""

    batch: Batch
    states: Tensor
    answers: Tensor


def train_spans(
    network: ReaderNetwork, pairs: Sequence[LabeledTokens], epochs: int, seed: int
) -> float:
    """Train the head of spans and the layers below it on pairs whose answering words are known.

    Whether a passage answers is learned before: the logit of each pair, also of those whose words
    are not known, is held to what it was (a network as its own teacher, Furlanello et al. 2018).
    Gives the mean loss of the last epoch. The same seed gives the same weights.
    """
    device = next(network.parameters()).device
    read = list(_read(network, pairs, device))
    learned, head = network.learn_upper(UPPER_LAYERS), list(network.spans.parameters())
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(
        [{"params": learned, "lr": _RATE}, {"params": head, "lr": _HEAD_RATE}], weight_decay=_DECAY
    )
    steps = max(1, epochs * len(read))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _factor(step, steps))
    losses: list[float] = []
    for epoch in range(epochs):
        random.Random(f"{seed} {epoch}").shuffle(read)
        losses = []
        for one in read:
            network.train()
            loss = _loss(network, one)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learned, _CLIP)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
    return sum(losses) / max(1, len(losses))


def _factor(step: int, steps: int) -> float:
    """The rate rises in the first steps, then falls to 0."""
    return min((step + 1) / (_WARM_UP * steps), (steps - step) / ((1 - _WARM_UP) * steps))


def _read(
    network: ReaderNetwork, pairs: Sequence[LabeledTokens], device: torch.device
) -> Iterator[_ReadBatch]:
    """Batches of pairs of like length."""
    network.eval()
    order = sorted(pairs, key=lambda one: len(one.tokens.ids))
    for start in range(0, len(order), _BATCH):
        batch = batch_of(order[start : start + _BATCH], device)
        with torch.no_grad():
            states = network.below(batch, UPPER_LAYERS)
            answers, _ = network.above(states, batch, UPPER_LAYERS)
        yield _ReadBatch(batch, states.half(), answers)


def _loss(network: ReaderNetwork, one: _ReadBatch) -> Tensor:
    answers, spans = network.above(one.states.float(), one.batch, UPPER_LAYERS)
    loss = _KEPT_WEIGHT * smooth_l1_loss(answers, one.answers)
    known = one.batch.first > 0
    if bool(known.any()):
        logits = over_text(spans, one.batch.text)[known]
        begin = cross_entropy(logits[..., 0], one.batch.first[known])
        end = cross_entropy(logits[..., 1], one.batch.last[known])
        loss = loss + (begin + end) / 2
    return loss
