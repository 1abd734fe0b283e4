"""A question as every engine takes it: its words and all that its answer depends on."""

from dataclasses import dataclass

from qa.question.filters import EVERYTHING, Filter


@dataclass(frozen=True)
class Request:
    """A question with all that its answer depends on.

    `text` is as it was typed; `history` holds the earlier questions of the conversation, oldest
    first. Asked are the indexed sources, or those of the keys `sources` alone, that pass `filters`.
    With `as_typed` no word is corrected or added. `version` is the id of the index version that
    answers, None for the one that is open.
    """

    text: str
    history: tuple[str, ...] = ()
    sources: frozenset[str] | None = None
    filters: Filter = EVERYTHING
    as_typed: bool = False
    version: str | None = None
