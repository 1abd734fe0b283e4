"""What a reader should know of a text that could be read."""

from corpus.text.documents import Document
from corpus.wording import Message

_SHOWN = 8


def empty_pages(document: Document) -> Message | None:
    """Which pages of a document hold no text, as blank and scanned ones do."""
    empty = [page.label for page in document.pages if page.start == page.end]
    if not empty:
        return None
    shown = [*empty[:_SHOWN], "…"] if len(empty) > _SHOWN else empty
    counts = {"n": len(empty), "all": len(document.pages)}
    return Message.of("source.empty-pages", **counts, pages=shown)
