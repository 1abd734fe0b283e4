"""The answering words learned at the end: the upper layers learn them, and the logit is held."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import smooth_l1_loss

from corpus.errors import FootnoteError
from corpus.wording import Message
from index.build.progress import Progress, silent
from qa.tools.reader_training.epoch_order import epoch_order
from qa.tools.reader_training.kept_state import keep_state
from qa.tools.reader_training.losses import over_text, words_loss
from qa.tools.reader_training.network import Batch, ReaderNetwork, batch_of
from qa.tools.reader_training.random_states import go_on_from, random_states
from qa.tools.reader_training.rate_schedule import rate_factor
from qa.tools.reader_training.tokens import LabeledTokens

UPPER_LAYERS = 4
"""The last layers, which learn; what those below them say of a pair is computed once."""
_RATE, _HEAD_RATE = 6e-5, 5e-4
_WARM_UP, _DECAY, _CLIP = 0.05, 0.01, 1.0
_BATCH, _SAVE_EACH = 8, 100
_STEP = Message.of("step.training-spans")
_Kept = tuple[ReaderNetwork, torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]
_KEPT_WEIGHT = 0.3
"""What a change of the logit that says whether a passage answers counts beside wrong words."""


class SpanRun(NamedTuple):
    """How often all pairs are seen, with which seed, and the file in which the state is kept.

    A run stops after `until` batches; None: at the end.
    """

    epochs: int
    seed: int
    saved: Path
    until: int | None = None


class _ReadBatch(NamedTuple):
    """A batch, the states below the layers that learn, in 16 bits, and the logits of before."""

    batch: Batch
    states: Tensor
    answers: Tensor


def train_spans(
    network: ReaderNetwork,
    pairs: Sequence[LabeledTokens],
    run: SpanRun,
    progress: Progress = silent,
) -> float:
    """Train the head of spans and the layers below it on pairs whose answering words are known.

    Whether a passage answers is learned before: the logit of each pair, also of those whose words
    are not known, is held to what it was (a network as its own teacher, Furlanello et al. 2018).
    Goes on where an earlier run of the same arguments was cut off. Gives the mean loss of the last
    hundred batches that were learned now. The same seed gives the same weights. Holds 768 bytes a
    token of each pair in memory. Raises FootnoteError where there are no pairs.
    """
    if not pairs:
        raise FootnoteError("training.no-pairs")
    device = next(network.parameters()).device
    read = list(_read(network, pairs, device))
    learned, head = network.learn_upper(UPPER_LAYERS), list(network.spans.parameters())
    torch.manual_seed(run.seed)
    optimizer = torch.optim.AdamW(
        [{"params": learned, "lr": _RATE}, {"params": head, "lr": _HEAD_RATE}], weight_decay=_DECAY
    )
    steps = run.epochs * len(read)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate_factor(step, steps, _WARM_UP)
    )
    kept = (network, optimizer, schedule)
    losses: list[float] = []
    for step in range(_resumed(run.saved, kept), min(steps, run.until or steps)):
        progress(_STEP, step, steps)
        network.train()
        epoch, place = divmod(step, len(read))
        loss = _loss(network, read[epoch_order(len(read), run.seed, epoch)[place]], device)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for parameters in (learned, head):
            torch.nn.utils.clip_grad_norm_(parameters, _CLIP)
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))
        if (step + 1) % _SAVE_EACH == 0 or step + 1 in {steps, run.until}:
            _save(run.saved, kept, step + 1)
    return sum(losses[-100:]) / max(1, len(losses[-100:]))


def _save(path: Path, kept: _Kept, done: int) -> None:
    """Write what a later run goes on with."""
    states = tuple(one.state_dict() for one in kept)
    keep_state(path, {"states": states, "random": random_states(), "done": done})


def _resumed(path: Path, kept: _Kept) -> int:
    """The batches that an earlier run learned, whose state is gone on with; 0 where none did."""
    if not path.exists():
        return 0
    found = torch.load(path, map_location="cpu", weights_only=True)
    network, optimizer, schedule = kept
    states = found["states"]
    network.load_state_dict(states[0])
    optimizer.load_state_dict(states[1])
    schedule.load_state_dict(states[2])
    go_on_from(found["random"])
    return int(found["done"])


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
        yield _ReadBatch(batch, states.half().cpu(), answers)


def _loss(network: ReaderNetwork, one: _ReadBatch, device: torch.device) -> Tensor:
    states = one.states.to(device).float()
    answers, spans = network.above(states, one.batch, UPPER_LAYERS)
    loss = _KEPT_WEIGHT * smooth_l1_loss(answers, one.answers)
    known = one.batch.first > 0
    if bool(known.any()):
        logits = over_text(spans, one.batch.text)[known]
        wrong = words_loss(logits, one.batch.first[known], one.batch.last[known])
        loss = loss + wrong / known.sum()
    return loss
