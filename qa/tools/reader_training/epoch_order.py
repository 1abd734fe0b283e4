"""The order in which an epoch of training goes through what is learned from."""

import random
from functools import lru_cache


@lru_cache(maxsize=1)
def epoch_order(count: int, seed: int, epoch: int) -> list[int]:
    """The numbers below `count`, shuffled: every epoch has an order of its own, each run the same.

    Only the last order is kept, since an epoch asks for it at every step.
    """
    order = list(range(count))
    random.Random(f"{seed} {epoch}").shuffle(order)
    return order
