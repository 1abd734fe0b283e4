"""What training makes small: wrong order, wrong certainty, wrong words."""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from qa.tools.reader_training.groups import Group
from qa.tools.reader_training.network import BatchReading

SPAN_WEIGHT = 0.3
"""What a wrong span counts beside a wrong order and a wrong certainty."""

_RULED_OUT = -1e4
"""A logit that is as good as minus infinity, and that numbers of 16 bits have room for."""


def loss_of(groups: list[Group], read: list[BatchReading]) -> Tensor:
    """The mean over groups whose pairs, numbered one after the other, were read.

    The order: cross entropy over the logits of a group for the passage that answers. The certainty:
    binary cross entropy of each logit, so that it tells answered from unanswered. The words: cross
    entropy over the tokens for begin and end, where the answering words are known.
    """
    answers = _in_order(read)
    total = answers.new_zeros(())
    start = 0
    for group in groups:
        own = answers[start : start + len(group.pairs)]
        truth = own.new_tensor([float(one.answers) for one in group.pairs])
        total = total + binary_cross_entropy_with_logits(own, truth)
        if group.answerable:
            first = own.new_zeros((), dtype=torch.long)
            total = total + cross_entropy(own, first)
        start += len(group.pairs)
    return total / len(groups) + SPAN_WEIGHT * _span_loss(read)


def over_text(spans: Tensor, allowed: Tensor) -> Tensor:
    """Logits of begin and end, shape (…, tokens, 2), with those tokens ruled out that may not
    answer: `allowed`, of shape (…, tokens), is false there."""
    return spans.masked_fill(~allowed.unsqueeze(-1), _RULED_OUT)


def words_loss(logits: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The sum over pairs of the mean cross entropy for begin and end, whose tokens are known."""
    begin = cross_entropy(logits[..., 0], first, reduction="sum")
    end = cross_entropy(logits[..., 1], last, reduction="sum")
    return (begin + end) / 2


def _in_order(read: list[BatchReading]) -> Tensor:
    """The logits of the pairs by their numbers."""
    places = torch.tensor([row for one in read for row in one.rows])
    return torch.cat([one.answers for one in read])[places.argsort()]


def _span_loss(read: list[BatchReading]) -> Tensor:
    """The mean over the pairs whose answering words are known; 0 where there are none."""
    total, count = read[0].spans.new_zeros(()), 0
    for one in read:
        known = one.batch.first > 0
        if not bool(known.any()):
            continue
        logits = over_text(one.spans, one.batch.text)[known]
        wrong = words_loss(logits, one.batch.first[known], one.batch.last[known])
        total, count = total + wrong, count + int(known.sum())
    return total / max(1, count)
