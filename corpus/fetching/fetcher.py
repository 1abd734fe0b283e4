"""The cited sources fetched from their addresses into the user's library."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import FetchError
from corpus.fetching.addresses import NO_ADDRESS, addresses
from corpus.fetching.content_check import check_content
from corpus.fetching.network import Download, Network, Watch, unwatched
from corpus.sources.provenance import Provenance, note_provenance
from corpus.sources.registry import Source
from corpus.sources.user_library import place_text
from corpus.wording import Message


@dataclass(frozen=True)
class Fetched:
    """What became of a source: the address that gave it, the file and its hash, or the reason."""

    key: str
    address: str | None
    file: Path | None
    reason: Message | None = None
    sha256: str | None = None


class Fetcher:
    """Fetches sources into the folder of a library, one after the other."""

    def __init__(self, network: Network, library: Path) -> None:
        self._network, self._library = network, library

    def fetch(self, source: Source, watch: Watch = unwatched) -> Fetched:
        """Fetch a source from the first address that gives its text, and store it.

        What could not be had is put down with the reasons, and a text that was there before stays.
        """
        reasons: list[Message] = []
        for address in addresses(source):
            try:
                download = self._network.get(address, watch)
                suffix = check_content(source, download)
            except FetchError as error:
                reasons.append(error.message)
                continue
            return self._store(source.key, download, suffix)
        reason = Message.of("list.reasons", reasons=reasons) if reasons else NO_ADDRESS
        note_provenance(self._library, source.key, Provenance(tried=_today(), reason=reason))
        return Fetched(source.key, None, None, reason)

    def _store(self, key: str, download: Download, suffix: str) -> Fetched:
        sha256 = hashlib.sha256(download.data).hexdigest()
        # Put down before the text is placed: an entry whose hash no text has tells nothing, whereas
        # a text without its entry would have come from nowhere.
        entry = Provenance(
            tried=_today(), address=download.address, sha256=sha256, retrieved=_today()
        )
        note_provenance(self._library, key, entry)
        with TemporaryDirectory(prefix="footnote-") as folder:
            file = Path(folder) / f"{key}{suffix}"
            file.write_bytes(download.data)
            target = place_text(file, self._library, key)
        return Fetched(key, download.address, target, None, sha256)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
