"""What training makes small: wrong order, wrong certainty, wrong words."""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from qa.tools.reader_training.groups import Group
from qa.tools.reader_training.network import Batch

SPAN_WEIGHT = 0.3
"""What a wrong span counts beside a wrong order and a wrong certainty."""


def loss_of(groups: list[Group], answers: Tensor, spans: Tensor, batch: Batch) -> Tensor:
    """The mean over the groups of a batch, whose pairs stand one after the other.

    The order: cross entropy over the logits of a group for the passage that answers. The certainty:
    binary cross entropy of each logit, so that it tells answered from unanswered. The words: cross
    entropy over the tokens for begin and end, where the answering words are known.
    """
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
    return total / len(groups) + SPAN_WEIGHT * _span_loss(spans, batch)


def _span_loss(spans: Tensor, batch: Batch) -> Tensor:
    """The mean over the pairs whose answering words are known; 0 where there are none."""
    known = batch.first > 0
    if not bool(known.any()):
        return spans.new_zeros(())
    logits = spans.masked_fill(~batch.readable.unsqueeze(-1), -1e4)[known]
    begin = cross_entropy(logits[..., 0], batch.first[known])
    return (begin + cross_entropy(logits[..., 1], batch.last[known])) / 2
