"""How a build tells what it is doing."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much is done and how much there is.

The steps `reading` and `encoding` count documents and passages; the others are 0 of 1.
"""


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
