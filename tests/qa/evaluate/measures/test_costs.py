"""Times and memory, worked out by hand."""

import math

import pytest

from qa.evaluate.measures.costs import cost, peak_mib


def test_cost_by_hand() -> None:
    found = cost([10.0, 20.0, 30.0, 40.0], 100.0)
    assert (found.p50_ms, found.per_second, found.peak_mib) == (25.0, 40.0, 100.0)
    assert found.p95_ms == pytest.approx(38.5)  # between 30 and 40, at .95 * 3 = 2.85
    assert math.isnan(cost([], 1.0).p99_ms)
    assert peak_mib() > 10
