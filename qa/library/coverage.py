"""Which sources are indexed, why the others are not, and the step that adds them."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError, LibraryError
from corpus.fetching.addresses import NO_ADDRESS, addresses
from corpus.settings import Settings
from corpus.sources.library import Library, texts_in
from corpus.sources.library_file import in_language
from corpus.sources.provenance import Provenance, read_provenance
from corpus.sources.registry import Source
from corpus.wording import SPOKEN, Message, Wording, wording
from index.manifest import read_manifest
from index.versions.published import Versions

NOT_FETCHED = Message.of("source.not-fetched")
NOT_BUILT = Message.of("source.not-built")
FETCH_STEP = "make library"
"""Fetches what can be had and builds, as `footnote sources fetch` and `footnote build` do."""
IMPORT_STEP = "footnote sources import FOLDER"
BUILD_STEP = "footnote build"


@dataclass(frozen=True)
class CitedSourceState:
    """A source beside the main document: whether it is indexed, and `note`, the reason why not."""

    key: str
    title: str
    indexed: bool
    note: Message | None


@dataclass(frozen=True)
class Coverage:
    """The library as a reader sees it: its main document, what that cites, what was added.

    `main` is what the main document is called, by language; empty where there is none, and then
    `cited` are all sources. `main_indexed` tells whether its text is indexed; `added` counts
    indexed sources that do not belong to it.
    """

    cited: tuple[CitedSourceState, ...]
    main: Mapping[str, str] = field(default_factory=dict)
    main_indexed: bool = False
    added: int = 0

    @property
    def indexed(self) -> int:
        """How many of these sources are indexed."""
        return sum(one.indexed for one in self.cited)

    @property
    def summary(self) -> str:
        """Such as `the article and 0 of the 12 sources that it cites`."""
        return self.told(wording(SPOKEN[0]))

    def told(self, texts: Wording) -> str:
        """The summary in the words of a language."""
        if not self.main:
            what = texts.count("sources", len(self.cited))
            return texts("coverage.sources", of=self.indexed, what=what)
        cited = texts(
            "coverage.main" if self.main_indexed else "coverage.cited",
            main=in_language(self.main, texts.language),
            of=self.indexed,
            all=len(self.cited),
        )
        return texts("coverage.added", rest=cited, n=self.added) if self.added else cited

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
    main, own = library.file.main, library.base.sources
    keys = frozenset(indexed_passages(settings) if indexed is None else indexed)
    try:
        fetched = read_provenance(settings.library)
    except LibraryError:
        fetched = {}
    return Coverage(
        cited=tuple(
            CitedSourceState(
                key,
                source.title,
                key in keys,
                None if key in keys else why_not(source, library.files.get(key), fetched.get(key)),
            )
            for key, source in library.sources.items()
            if main is None or (key in own and key != main.key)
        ),
        main={} if main is None else main.name,
        main_indexed=main is not None and main.key in keys,
        added=0 if main is None else len(keys - own.keys()),
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
