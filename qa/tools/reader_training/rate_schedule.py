"""How fast a training run learns in each of its steps."""


def rate_factor(step: int, steps: int, warm_up: float) -> float:
    """The share of the full rate in a step, 0 to 1: it rises in the first ones, then falls to 0.

    `warm_up`, 0 to 1, is the share of the steps in which it rises, one at least. The last step has
    more than 0, the one behind it would have 0.
    """
    warm = max(1, int(warm_up * steps))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
