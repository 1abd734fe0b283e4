from hypothesis import given
from hypothesis import strategies as st

from qa.tools.reader_training.rate_schedule import rate_factor


def test_the_rate_rises_in_the_first_steps_and_falls_after_them() -> None:
    # A fifth of ten steps are two: half, whole; then 8, 7, … 1 of the 8 others.
    found = [rate_factor(step, 10, 0.2) for step in range(11)]
    assert found == [0.5, 1, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]


@given(st.integers(1, 500), st.floats(0, 1))
def test_every_step_learns_something_and_none_more_than_all(steps: int, warm_up: float) -> None:
    found = [rate_factor(step, steps, warm_up) for step in range(steps)]
    assert all(0 < one <= 1 for one in found)
