"""The head of spans trained on: it began with chance numbers, so it needs more steps."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from qa.tools.reader_training.losses import over_text
from qa.tools.reader_training.network import ReaderNetwork, batch_of
from qa.tools.reader_training.tokens import LabeledTokens

_RATE = 1e-3
_BATCH = 32


class _ReadStates(NamedTuple):
    """The last states of a pair, which tokens may answer, and which do."""

    states: Tensor
    readable: Tensor
    first: int
    last: int


def train_span_head(
    network: ReaderNetwork, pairs: Sequence[LabeledTokens], epochs: int, seed: int
) -> float:
    """Train the head of spans alone on pairs whose answering words are known.

    The network below it stays as it is, so each pair is read once. Gives the mean loss of the last
    epoch. The same seed gives the same weights.
    """
    device = next(network.parameters()).device
    known = list(_read(network, [one for one in pairs if one.first > 0], device))
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(network.spans.parameters(), lr=_RATE, weight_decay=0.01)
    steps = max(1, epochs * -(-len(known) // _BATCH))
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, steps)
    network.train()
    losses: list[float] = []
    for _ in range(epochs):
        order = torch.randperm(len(known), generator=generator).tolist()
        losses = []
        for start in range(0, len(order), _BATCH):
            loss = _loss(network, [known[n] for n in order[start : start + _BATCH]])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
    return sum(losses) / max(1, len(losses))


def _read(
    network: ReaderNetwork, pairs: Sequence[LabeledTokens], device: torch.device
) -> Iterator[_ReadStates]:
    network.eval()
    for one in pairs:
        batch = batch_of([one], device)
        with torch.no_grad():
            states, _ = network.read(batch.ids, batch.kinds, batch.mask)
        yield _ReadStates(states[0], batch.text[0], one.first, one.last)


def _loss(network: ReaderNetwork, read: Sequence[_ReadStates]) -> Tensor:
    """Cross entropy over the tokens that may answer, for begin and end."""
    total = read[0].states.new_zeros(())
    for one in read:
        logits = over_text(network.spans(one.states), one.readable)
        target = torch.tensor([one.first, one.last], device=logits.device)
        total = total + cross_entropy(logits.T, target)
    return total / len(read)
