"""How a build tells what it is doing."""

from collections.abc import Callable

from corpus.wording import Message

Progress = Callable[[Message, int, int], None]
"""Called with the step in words, how much of it is done and how much there is.

The steps `step.reading` and `step.encoding` count documents and passages; the others are 0 of 1.
"""


def silent(_step: Message, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
