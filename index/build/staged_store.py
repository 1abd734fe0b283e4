"""The store of the next version: each document reused where it is unchanged, else read."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError
from corpus.passages.passages import passages
from corpus.passages.references import ReferenceFinder
from corpus.wording import Message
from index.build.earlier_versions import EarlierVersion
from index.build.progress import Progress
from index.build.scan import Scan
from index.manifest import DocumentEntry, Recipe
from index.versions.store_writer import DocumentRows, StoreWriter


@dataclass(frozen=True)
class StagedStore:
    """A store that was written, and where the documents that were reused come from.

    `entries` are in the order of the rows.
    """

    path: Path
    entries: tuple[DocumentEntry, ...]
    origins: dict[str, tuple[EarlierVersion, DocumentRows]]
    problems: tuple[Message, ...]
    passages: int
    sentences: int

    @property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the document."""
        return {entry.key: entry.sha256 for entry in self.entries}


def stage_store(
    path: Path, scan: Scan, recipe: Recipe, earlier: Iterable[EarlierVersion], progress: Progress
) -> StagedStore:
    """Write the store of the library into the file `path`, one document after the other.

    A document that cannot be read becomes a problem and leaves the others unharmed.
    """
    staging = _Staging(path, scan, recipe, earlier)
    total, step = len(scan.files), Message.of("step.reading")
    for done, key in enumerate(sorted(scan.files)):
        progress(step, done, total)
        staging.add(key)
    progress(step, total, total)
    return staging.finish()


class _Staging:
    def __init__(
        self, path: Path, scan: Scan, recipe: Recipe, earlier: Iterable[EarlierVersion]
    ) -> None:
        self._path, self._scan, self._recipe, self._earlier = path, scan, recipe, earlier
        self._writer = StoreWriter(path)
        self._references = ReferenceFinder(scan.sources)
        for source in scan.sources.values():
            self._writer.add_source(source)
        self._entries: list[DocumentEntry] = []
        self._origins: dict[str, tuple[EarlierVersion, DocumentRows]] = {}
        self._problems = list(scan.problems)

    def add(self, key: str) -> None:
        try:
            if not self._take_over(key):
                self._read(key)
        except DocumentError as error:
            self._problems.append(error.message)

    def finish(self) -> StagedStore:
        self._writer.close()
        return StagedStore(
            self._path,
            tuple(self._entries),
            self._origins,
            tuple(self._problems),
            self._writer.passages,
            self._writer.sentences,
        )

    def _take_over(self, key: str) -> bool:
        for earlier in self._earlier:
            found = earlier.documents.get(key)
            if found is None or not self._same(earlier, found[0]):
                continue
            entry, rows = found
            same_records = earlier.records == self._scan.records
            self._writer.take_over(earlier.store.path, key, rows, citations=same_records)
            if not same_records:  # the text may cite a source whose record came or changed
                references = self._references.find(earlier.store.document(key))
                self._writer.add_references(key, references)
            self._entries.append(entry)
            self._origins[key] = (earlier, rows)
            return True
        return False

    def _same(self, earlier: EarlierVersion, entry: DocumentEntry) -> bool:
        recipe = earlier.manifest.recipe
        return (
            entry.file_sha256 == self._scan.hashes[entry.key] != ""
            and entry.record_sha256 == self._scan.records[entry.key]
            and (recipe.program, recipe.settings) == (self._recipe.program, self._recipe.settings)
        )

    def _read(self, key: str) -> None:
        document, source = self._scan.read(key), self._scan.sources[key]
        before = (self._writer.passages, self._writer.sentences)
        self._writer.add_document(document, passages(document, source, self._recipe.settings))
        self._writer.add_references(key, self._references.find(document))
        self._entries.append(
            DocumentEntry(
                key=key,
                sha256=document.sha256,
                file_sha256=self._scan.hashes[key],
                record_sha256=self._scan.records[key],
                passages=self._writer.passages - before[0],
                sentences=self._writer.sentences - before[1],
            )
        )
