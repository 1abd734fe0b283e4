"""Word vectors of which only some learn, at a cost that the others do not add to."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding


class PartlyLearnedVectors(nn.Embedding):
    """The vectors of an embedding, those of chosen ids as a parameter of their own, `learned`.

    `weight` never learns. Gradient and optimizer are as large as `learned`, shape (ids, width).
    The state holds all vectors under `weight`, as that of `nn.Embedding` does, and is loaded from
    such a state.
    """

    _ids: Tensor
    _places: Tensor

    def __init__(self, vectors: nn.Embedding, ids: Sequence[int]) -> None:
        weight = vectors.weight.detach().clone()
        words, width = weight.shape
        super().__init__(words, width, vectors.padding_idx, _weight=weight)
        self.weight.requires_grad_(False)
        chosen = torch.tensor(sorted(set(ids)), dtype=torch.long, device=weight.device)
        places = torch.full((words,), -1, dtype=torch.long, device=weight.device)
        places[chosen] = torch.arange(len(chosen), device=weight.device)
        self.learned = nn.Parameter(weight[chosen])
        self.register_buffer("_ids", chosen, persistent=False)
        self.register_buffer("_places", places, persistent=False)
        self.register_state_dict_post_hook(_join)  # type: ignore[no-untyped-call]
        self.register_load_state_dict_pre_hook(_part)  # type: ignore[no-untyped-call]

    def forward(self, input: Tensor) -> Tensor:
        """The vectors of ids of any shape, in a last dimension of width."""
        places = self._places[input]
        learned = embedding(places.clamp(min=0), self.learned)
        return torch.where((places >= 0).unsqueeze(-1), learned, super().forward(input))

    @property
    def ids(self) -> Tensor:
        """The ids whose vectors learn, ascending."""
        return self._ids

    def whole(self) -> Tensor:
        """All vectors as they are now, shape (words, width), without gradient."""
        found = self.weight.detach().clone()
        found[self._ids] = self.learned.detach()
        return found


def _join(
    module: PartlyLearnedVectors, state: dict[str, Any], prefix: str, metadata: dict[str, Any]
) -> None:
    """Write one matrix into a state."""
    del state[f"{prefix}learned"], metadata
    state[f"{prefix}weight"] = module.whole()


def _part(module: PartlyLearnedVectors, state: dict[str, Any], prefix: str, *_: Any) -> None:
    """Take what learns from the one matrix of a state."""
    weight = state[f"{prefix}weight"]
    state[f"{prefix}learned"] = weight[module.ids.to(weight.device)]
