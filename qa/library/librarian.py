"""What can be done to a library through the page, each as work that reports and can be stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError
from corpus.fetching.fetcher import Fetched
from corpus.settings import Settings
from corpus.sources.library import Library, suffixes
from corpus.sources.registry import REGISTRY_FILE, Source, read_registry
from corpus.sources.user_library import remove_source, removed_keys, restore_source, texts_of
from corpus.wording import Message
from index.build.build import BuildReport
from index.build.plan import Plan
from index.build.progress import Progress
from index.versions.inventory import Difference, VersionState, difference
from index.versions.inventory import version_inventory as versions_of
from index.versions.published import Versions
from qa.library.add import add_file, add_text, new_record
from qa.library.fetch import fetching, wanted
from qa.library.indexing import build_index, plan_index
from qa.library.source_states import Inventory, source_inventory

Build = Callable[[Settings, Progress], BuildReport]
Planned = tuple[Plan, tuple[Message, ...]]


@dataclass(frozen=True)
class Librarian:
    """The library and the versions of a data folder, and what changes them.

    `builds` and `plans` are those of `qa.library.indexing`, with the models that settings name.
    """

    settings: Settings
    builds: Build = build_index
    plans: Callable[[Settings, Progress], Planned] = plan_index

    @property
    def _library(self) -> Library:
        """The library as it is now."""
        return Library.of(self.settings)

    @property
    def sources(self) -> Inventory:
        """The state of every source; reads all texts."""
        return source_inventory(self.settings)

    @property
    def versions(self) -> tuple[VersionState, ...]:
        """All versions, the newest first."""
        return versions_of(Versions(self.settings.home))[::-1]

    @property
    def own(self) -> tuple[str, ...]:
        """Keys of the sources that have a text or a record in the user's library, sorted."""
        library = self.settings.library
        path = library / REGISTRY_FILE
        records = set(read_registry(path)) if path.exists() else set()
        known = self._library.sources
        return tuple(sorted(key for key in known if key in records or texts_of(library, key)))

    @property
    def removed(self) -> tuple[str, ...]:
        """Keys of the sources that can be brought back."""
        return removed_keys(self.settings.library)

    def plan(self, report: Progress) -> Planned:
        """What a build would do, and the problems it would name."""
        return self.plans(self.settings, report)

    def build(self, report: Progress) -> BuildReport:
        """Build, and put the new version to use."""
        return self.builds(self.settings, report)

    def fetch(self, report: Progress) -> tuple[Fetched, ...]:
        """Fetch all sources that have no text, one after the other."""
        chosen = wanted(self.settings, ())
        found: list[Fetched] = []
        if not chosen:
            return ()
        with fetching(self.settings) as fetcher:
            for number, source in enumerate(chosen):

                def watch(
                    _address: str,
                    _came: int,
                    _all: int | None,
                    n: int = number,
                    one: Source = source,
                ) -> None:
                    report(Message.of("step.source", key=one.key), n, len(chosen))

                report(Message.of("step.source", key=source.key), number, len(chosen))
                found.append(fetcher.fetch(source, watch))
        return tuple(found)

    def add(self, file: Path, told: dict[str, Any]) -> Source:
        """Bring a file into the library; `told` are the arguments of `new_record`.

        Raises DocumentError where it cannot be read, LibraryError for a record that will not do.
        """
        _check_suffix(file)
        record = new_record(self._library.sources, key=None, **told)
        return add_file(self.settings, file, record)

    @property
    def textless(self) -> tuple[tuple[str, str], ...]:
        """Key and title of each source that has no text, in order of keys."""
        library = self._library
        return tuple(
            (key, one.title) for key, one in library.sources.items() if key not in library.files
        )

    def add_text(self, file: Path, key: str) -> Source:
        """Bring a file into the library as the text of a source that has none.

        Raises DocumentError where it cannot be read, LibraryError for another source.
        """
        _check_suffix(file)
        if key not in dict(self.textless):
            raise LibraryError("source.has-text", key=key[:80])
        return add_text(self.settings, file, self._library.sources[key])

    def remove(self, key: str) -> Sequence[Path]:
        """Move a source out of the library. Raises LibraryError for one that is not in it."""
        if key not in self.own:
            raise LibraryError("source.not-added", key=key[:80])
        return remove_source(self.settings.library, key)

    def restore(self, key: str) -> Sequence[Path]:
        """Bring a removed source back. Raises LibraryError where that cannot be done."""
        if key not in self.removed:
            raise LibraryError("source.not-removed", key=key[:80])
        return restore_source(self.settings.library, key)

    def compare(self, version: str) -> Difference:
        """How the version in use differs from another. Raises the errors of `difference`."""
        versions = Versions(self.settings.home)
        return difference(versions, versions.find(version), versions.current())

    def use(self, version: str) -> str:
        """Put an earlier version to use. Raises the errors of `Versions.roll_back`."""
        versions = Versions(self.settings.home)
        return versions.roll_back(versions.find(version))


def _check_suffix(file: Path) -> None:
    if file.suffix.lower() not in suffixes():
        suffix, known = file.suffix[:20], sorted(suffixes())
        raise LibraryError("library.no-reader", suffix=suffix, known=known)
