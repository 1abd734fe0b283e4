"""The states of the random numbers of a training run, kept with what it goes on with."""

from collections.abc import Sequence

import torch
from torch import Tensor


def random_states() -> list[Tensor]:
    """The states of the generators of the processor and then of each GPU, if there is any."""
    return [torch.get_rng_state(), *torch.cuda.get_rng_state_all()]


def go_on_from(states: Sequence[Tensor]) -> None:
    """Let the generators go on from what `random_states` gave.

    Those of GPUs that are not here are left out.
    """
    processor, *others = (one.cpu() for one in states)
    torch.set_rng_state(processor)
    torch.cuda.set_rng_state_all(others[: torch.cuda.device_count()])
