"""All search signals, in the order in which they are asked."""

from index.search.signals.dense import open_dense
from index.search.signals.lexical import open_lexical
from index.search.signals.multilingual import open_multilingual
from index.search.signals.signal import Opener, Opening, Searcher
from index.search.signals.tokens import open_multilingual_tokens, open_tokens

OPENERS: tuple[Opener, ...] = (
    open_lexical,
    open_dense,
    open_multilingual,
    open_tokens,
    open_multilingual_tokens,
)
"""Of several that could tell the same, such as how well a sentence fits, the first that knows the
languages is asked."""


def open_searchers(opening: Opening) -> tuple[Searcher, ...]:
    """Open every signal that the version holds, the models support and the stages include."""
    found = (open_one(opening) for open_one in OPENERS)
    return tuple(one for one in found if one is not None)
