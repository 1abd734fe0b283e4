"""What the page needs of an engine."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from qa.answers import Answer, Followed
from qa.request import Request


class PageEngine(Protocol):
    """What the page needs of an engine."""

    @property
    def version(self) -> str:
        """Id of the version that answers."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents."""

    @property
    def languages(self) -> Mapping[str, Collection[str]]:
        """The languages of the passages of each indexed document, by key."""

    def ask(self, request: Request) -> Answer:
        """The answer to a question.

        Raises DocumentError where a version is named that is not there any more.
        """

    def document(self, version: str, key: str) -> Document:
        """A document of a version."""

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source, in a version or in the one that answers."""

    def follow(
        self, key: str, spans: Sequence[Span], version: str | None = None
    ) -> tuple[Followed, ...]:
        """What the sources that spans of a document cite say to each.

        Raises DocumentError where a version is named that is not there any more.
        """
