"""What a run costs: times, questions a second, memory."""

import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

COSTS = ("p50 ms", "p95 ms", "p99 ms", "questions/s", "peak MiB")
"""Names of the fields of `Cost`, in their order."""
MORE_IS_BETTER = "questions/s"
_NOTHING = float("nan")


@dataclass(frozen=True)
class Cost:
    """Milliseconds within which half, 95 and 99 % of the questions were done, warm.

    `per_second` is how many questions one after the other take a second; `peak_mib` the most
    memory that the process has held until the run ended, models and all. Not numbers without any.
    """

    p50_ms: float
    p95_ms: float
    p99_ms: float
    per_second: float
    peak_mib: float


def cost(milliseconds: Sequence[float], peak_mib: float) -> Cost:
    """The cost of questions that took so long."""
    if not milliseconds:
        return Cost(_NOTHING, _NOTHING, _NOTHING, _NOTHING, peak_mib)
    p50, p95, p99 = (float(np.percentile(milliseconds, share)) for share in (50, 95, 99))
    return Cost(p50, p95, p99, 1000 * len(milliseconds) / sum(milliseconds), peak_mib)


def peak_mib() -> float:
    """The most memory that this process has held so far, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)  # bytes there, KiB elsewhere
