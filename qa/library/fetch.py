"""Which sources are fetched, with what, and by one process at a time."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError, LibraryError
from corpus.fetching.fetcher import Fetcher
from corpus.fetching.network import Network
from corpus.settings import Settings
from corpus.sources.library import Library
from corpus.sources.registry import Source
from corpus.wording import Message


def wanted(settings: Settings, keys: Sequence[str]) -> tuple[Source, ...]:
    """The sources of `keys`, or without keys those that have no text, in order of keys.

    Raises LibraryError for a key that the library does not have.
    """
    library = Library.of(settings)
    unknown = sorted(set(keys) - library.sources.keys())
    if unknown:
        raise LibraryError("source.unknown", keys=unknown)
    chosen = set(keys) or library.sources.keys() - library.files.keys()
    return tuple(source for key, source in library.sources.items() if key in chosen)


@contextmanager
def fetching(settings: Settings) -> Iterator[Fetcher]:
    """A fetcher into the user's library, with its cache in the data folder.

    One process at a time fetches into a data folder, so that a host never gets two requests at
    once. Raises BusyError, with the process that fetches, where one does already.
    """
    with _alone(settings), Network(settings.home / "cache" / "http.sqlite") as network:
        yield Fetcher(network, settings.library)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    settings.home.mkdir(parents=True, exist_ok=True)
    # The holder has a file of its own: a lock file is emptied by those who try to get it.
    holder = settings.home / "fetch.holder"
    try:
        with FileLock(settings.home / "fetch.lock", timeout=0):
            now = f"{datetime.now():%H:%M:%S}"
            who = Message.of("fetch.holder", pid=os.getpid(), time=now)
            holder.write_text(json.dumps(who.stored()), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout:
        raise BusyError("fetch.busy", home=settings.home, holder=_who(holder)) from None


def _who(holder: Path) -> Message:
    """The process that fetches, as it has noted itself."""
    try:
        return Message.restored(json.loads(holder.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return Message.of("fetch.other-process")
