"""What the page needs of an engine."""

from collections.abc import Sequence
from typing import Protocol

from corpus.documents import Document
from corpus.registry import Source
from qa.answers import Answer


class Asker(Protocol):
    """What the page needs of an engine."""

    @property
    def version(self) -> str:
        """Id of the version that answers."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question; `history` holds the earlier ones."""

    def document(self, version: str, key: str) -> Document:
        """A document of a version."""

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source, in a version or in the one that answers."""
