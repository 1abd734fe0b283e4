"""Which of the cited sources are indexed, why the others are not, and the step that adds them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError, LibraryError
from corpus.fetching.addresses import NO_ADDRESS, addresses
from corpus.settings import Settings
from corpus.sources.library import PACKAGED, Library, texts_in
from corpus.sources.provenance import Provenance, read_provenance
from corpus.sources.registry import Source
from corpus.wording import Message
from index.manifest import read_manifest
from index.versions.versions import Versions

NOT_FETCHED = Message.of("source.not-fetched")
NOT_BUILT = Message.of("source.not-built")
FETCH_STEP = "make library"
"""Fetches what can be had and builds, as `footnote sources fetch` and `footnote build` do."""
IMPORT_STEP = "footnote sources import FOLDER"
BUILD_STEP = "footnote build"


@dataclass(frozen=True)
class CitedSourceState:
    """A cited source: whether it is indexed, and `note`, the reason why not."""

    key: str
    title: str
    indexed: bool
    note: Message | None


@dataclass(frozen=True)
class Coverage:
    """The library as a reader sees it: the article, what it cites, what the reader added.

    `article` is true where the packaged text is indexed; `added` counts indexed sources of the
    user's own.
    """

    article: bool
    cited: tuple[CitedSourceState, ...]
    added: int = 0

    @property
    def indexed(self) -> int:
        """How many of the cited sources are indexed."""
        return sum(one.indexed for one in self.cited)

    @property
    def summary(self) -> str:
        """Such as `the article and 0 of the 12 sources that it cites`."""
        of = f"{self.indexed} of the {len(self.cited)} sources that"
        cited = f"the article and {of} it cites" if self.article else f"{of} the article cites"
        return f"{cited}, and {self.added} that you added" if self.added else cited

    @property
    def only_built_lacks(self) -> bool:
        """Whether all texts are at hand and only a build is missing."""
        return all(one.indexed or one.note == NOT_BUILT for one in self.cited)

    @property
    def step(self) -> str | None:
        """What adds the rest, in words; None where all is indexed."""
        if self.indexed == len(self.cited):
            return None
        if self.only_built_lacks:
            return f"'{BUILD_STEP}' adds the rest"
        return (
            f"'{FETCH_STEP}' (or 'footnote sources fetch' and '{BUILD_STEP}') adds what can be "
            f"had; without a network: '{IMPORT_STEP}' and '{BUILD_STEP}'"
        )


def read_coverage(settings: Settings, indexed: Collection[str] | None = None) -> Coverage:
    """The coverage of a data folder; no text is read. `indexed` defaults to the version in use.

    Raises LibraryError for a broken registry; a broken record of what was fetched counts as none.
    """
    library = Library.of(settings)
    sources, files = library.sources, library.files
    base = Library((PACKAGED,))
    packaged, own = base.sources, base.files
    keys = frozenset(indexed_passages(settings) if indexed is None else indexed)
    try:
        fetched = read_provenance(settings.library)
    except LibraryError:
        fetched = {}
    return Coverage(
        article=bool(own) and keys >= own.keys(),
        cited=tuple(
            CitedSourceState(
                key,
                sources[key].title,
                key in keys,
                None if key in keys else why_not(sources[key], files.get(key), fetched.get(key)),
            )
            for key in packaged
            if key not in own
        ),
        added=len(keys - packaged.keys()),
    )


def why_not(source: Source, file: Path | None, origin: Provenance | None) -> Message:
    """Why a source is not indexed, by its file and by what became of the attempt to fetch it."""
    if file is not None:
        return NOT_BUILT
    if not addresses(source):
        return NO_ADDRESS
    if origin is None or origin.reason is None:
        return NOT_FETCHED
    return Message.of("source.tried", date=origin.tried, reason=origin.reason)


def indexed_passages(settings: Settings) -> dict[str, tuple[str, int]]:
    """Key → hash of the document and number of its passages in the version in use."""
    versions = Versions(settings.home)
    try:
        manifest = read_manifest(versions.path(versions.current()))
    except (IndexMissingError, IndexDamagedError):
        return {}
    return {entry.key: (entry.sha256, entry.passages) for entry in manifest.documents}


def retrieved(settings: Settings) -> dict[str, str]:
    """Key → ISO date on which the text of a source was fetched, where it is still that text."""
    fetched = read_provenance(settings.library)
    files, _ = texts_in(settings.library, fetched)
    return {
        key: entry.retrieved
        for key, entry in fetched.items()
        if entry.retrieved and key in files and _sha256(files[key]) == entry.sha256
    }


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
