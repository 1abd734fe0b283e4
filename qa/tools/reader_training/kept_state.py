"""What a training run goes on with, kept in a file that is whole at any moment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch


def keep_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a state in the place of the one before; a run that is killed meanwhile loses nothing.

    `state` holds tensors, numbers, strings and lists, tuples or dicts of these: what is read again
    with `torch.load(path, weights_only=True)`.
    """
    draft = path.with_name(f"{path.name}.draft")
    torch.save(dict(state), draft)
    draft.replace(path)
