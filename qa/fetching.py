"""Which sources are fetched, and with what."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from corpus.errors import LibraryError
from corpus.fetch import Fetcher
from corpus.network import Network
from corpus.readers import READERS, read_document
from corpus.registry import PACKAGED, Source, document_files, load_library
from corpus.settings import Settings


def wanted(settings: Settings, keys: Sequence[str]) -> tuple[Source, ...]:
    """The sources of `keys`, or without keys those that have no text, in order of keys.

    Raises LibraryError for a key that the library does not have.
    """
    folders = (PACKAGED, settings.library)
    sources = load_library(folders)
    unknown = sorted(set(keys) - sources.keys())
    if unknown:
        raise LibraryError(f"no source {', '.join(unknown)}; see 'footnote sources list'")
    files, _ = document_files(folders, sources, frozenset(READERS))
    chosen = set(keys) or sources.keys() - files.keys()
    return tuple(source for key, source in sources.items() if key in chosen)


@contextmanager
def fetching(settings: Settings) -> Iterator[Fetcher]:
    """A fetcher into the user's library, with its cache in the data folder."""
    with Network(settings.home / "cache" / "http.sqlite") as network:
        yield Fetcher(network, settings.library, read_document, frozenset(READERS))
