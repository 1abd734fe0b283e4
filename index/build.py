"""The flow of a build: library → documents → passages → vectors → a published version."""

import hashlib
import logging
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.documents import Document
from corpus.errors import DocumentError, FootnoteError, IndexDamagedError, IndexMissingError
from corpus.passages import passages
from corpus.readers import READERS, read_document
from corpus.references import find_references
from corpus.registry import PACKAGED, Source, document_files, load_library
from corpus.settings import Settings
from index.encoded import EncodedCache, Known, first_known
from index.encoder import Encoder
from index.manifest import (
    FORMAT,
    DocumentEntry,
    Manifest,
    ModelEntry,
    content_hash,
    file_entry,
    write_manifest,
)
from index.store import STORE_FILE, Store, StoreWriter
from index.vectors import Matrix, Vectors
from index.versions import PASSAGES_FILE, SENTENCES_FILE, VERSION_FILES, Versions, verify

_log = logging.getLogger(__name__)
_BATCH = 64
Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much is done and how much there is."""


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `published` is false where nothing had changed."""

    version: str
    published: bool
    documents: int
    passages: int
    sentences: int
    encoded: int
    reused: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """What a build starts from: the records, the documents that could be read, the problems."""

    sources: dict[str, Source]
    documents: dict[str, Document]
    problems: tuple[str, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """Key → hash of the document."""
        return {key: document.sha256 for key, document in self.documents.items()}

    @property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {
            key: hashlib.sha256(source.csl.encode()).hexdigest()
            for key, source in self.sources.items()
        }


def read_library(settings: Settings, packaged: Path = PACKAGED) -> Library:
    """All records and readable documents, in order of their keys.

    A document that cannot be read becomes a problem and leaves the others unharmed. Raises
    LibraryError for a broken registry.
    """
    folders = (packaged, settings.library)
    sources = load_library(folders)
    files, problems = document_files(folders, sources, frozenset(READERS))
    documents, failed = {}, list(problems)
    for key, path in sorted(files.items()):
        try:
            documents[key] = read_document(key, path, sources[key].language)
        except DocumentError as error:
            failed.append(str(error))
    return Library(sources, documents, tuple(failed))


def build(
    settings: Settings,
    encoder: Encoder,
    progress: Progress = silent,
    packaged: Path = PACKAGED,
) -> BuildReport:
    """Publish a version of the library as it is now, unless the current one holds just that.

    Raises FootnoteError children; whatever happens, the version in use stays in use.
    """
    versions = Versions(settings.home)
    with versions.building():
        progress("reading", 0, 1)
        library = read_library(settings, packaged)
        if not library.documents:
            raise DocumentError(
                "no document could be read: " + ("; ".join(library.problems) or "add a text")
            )
        model = ModelEntry(
            name=encoder.name, fingerprint=encoder.fingerprint, dimension=encoder.dimension
        )
        content = content_hash(model, settings.passages, library.hashes, library.records)
        current = _sound_current(versions)
        if current is not None and current.content == content:
            return _report(current, library, published=False)
        staged = _Staged(versions, library, settings, encoder)
        try:
            manifest = staged.write(model, content, current, progress)
        except sqlite3.OperationalError as error:
            raise FootnoteError(
                f"{versions.staging}: cannot be written ({error}); "
                "make room or check the permissions, then run 'footnote build' again"
            ) from None
        versions.publish(staged.folder, manifest.id)
        versions.clear_staging()
        _log.info("published %s: %d passages", manifest.id, manifest.passages)
        return _report(manifest, library, staged.encoded, published=True)


class _Staged:
    """The next version while it is being written."""

    def __init__(
        self, versions: Versions, library: Library, settings: Settings, encoder: Encoder
    ) -> None:
        self.folder = versions.staging / "version"
        self.encoded = 0
        self._versions, self._library = versions, library
        self._settings, self._encoder = settings, encoder

    def write(
        self, model: ModelEntry, content: str, current: Manifest | None, progress: Progress
    ) -> Manifest:
        if self.folder.exists():
            shutil.rmtree(self.folder)  # what a build that was cut off has left
        self.folder.mkdir(parents=True)
        entries, counts = self._write_store()
        self._write_vectors(model, current, counts, progress)
        now = datetime.now(UTC)
        manifest = Manifest(
            format=FORMAT,
            id=self._versions.unused(f"{now:%Y%m%dT%H%M%SZ}-{content[:8]}"),
            created=now.isoformat(timespec="seconds"),
            content=content,
            model=model,
            settings=self._settings.passages,
            documents=entries,
            passages=counts[0],
            sentences=counts[1],
            files={name: file_entry(self.folder / name) for name in VERSION_FILES},
        )
        write_manifest(self.folder, manifest)
        progress("verifying", 0, 1)
        return verify(self.folder)

    def _write_store(self) -> tuple[tuple[DocumentEntry, ...], tuple[int, int]]:
        writer = StoreWriter(self.folder / STORE_FILE)
        entries = []
        for source in self._library.sources.values():
            writer.add_source(source)
        records = self._library.records
        for key, sha256 in sorted(self._library.hashes.items()):
            document, source = self._library.documents[key], self._library.sources[key]
            before = (writer.passages, writer.sentences)
            writer.add_document(document, passages(document, source, self._settings.passages))
            writer.add_references(key, find_references(document, self._library.sources))
            entries.append(
                DocumentEntry(
                    key=key,
                    sha256=sha256,
                    record_sha256=records[key],
                    passages=writer.passages - before[0],
                    sentences=writer.sentences - before[1],
                )
            )
        writer.close()
        return tuple(entries), (writer.passages, writer.sentences)

    def _write_vectors(
        self,
        model: ModelEntry,
        current: Manifest | None,
        counts: tuple[int, int],
        progress: Progress,
    ) -> None:
        cache = EncodedCache(
            self._versions.staging / "encoded.sqlite", model.fingerprint, model.dimension
        )
        store = Store(self.folder / STORE_FILE)
        former = _Former(self._versions, current, model)
        places: Sequence[Known] = (cache.known, former.known)
        try:
            for table, name, total, before in (
                ("passages", PASSAGES_FILE, counts[0], 0),
                ("sentences", SENTENCES_FILE, counts[1], counts[0]),
            ):
                vectors = Vectors(model.dimension)
                for start in range(0, total, _BATCH):
                    progress("encoding", before + start, sum(counts))
                    vectors.add(self._batch(store.encoded(table, start, _BATCH), places, cache))
                vectors.save(self.folder / name)
            progress("encoding", sum(counts), sum(counts))
        finally:
            former.close()
            store.close()
            cache.close()

    def _batch(
        self, texts: list[tuple[bytes, str]], places: Sequence[Known], cache: EncodedCache
    ) -> Matrix:
        found = first_known((digest for digest, _ in texts), places)
        missing = {digest: text for digest, text in texts if digest not in found}
        if missing:
            encoded = self._encoder.passages(list(missing.values()))
            cache.add(list(missing), encoded)
            found |= dict(zip(missing, encoded, strict=True))
            self.encoded += len(missing)
        return np.stack([found[digest] for digest, _ in texts])


class _Former:
    """Vectors of the version in use, for the texts that did not change."""

    def __init__(self, versions: Versions, current: Manifest | None, model: ModelEntry) -> None:
        self._parts: list[tuple[str, Vectors]] = []
        self._store: Store | None = None
        if current is not None and current.model == model:
            folder = versions.path(current.id)
            self._store = Store(folder / STORE_FILE)
            for table, name in (("passages", PASSAGES_FILE), ("sentences", SENTENCES_FILE)):
                self._parts.append((table, Vectors.load(folder / name)))

    def known(self, hashes: Sequence[bytes]) -> dict[bytes, Matrix]:
        """The vectors that the version in use has for these texts."""
        found: dict[bytes, Matrix] = {}
        for table, vectors in self._parts:
            assert self._store is not None
            rows = self._store.rows_by_hash(table, [h for h in hashes if h not in found])
            if rows:
                found |= dict(zip(rows, vectors.rows(list(rows.values())), strict=True))
        return found

    def close(self) -> None:
        """Release the files."""
        if self._store is not None:
            self._store.close()


def _sound_current(versions: Versions) -> Manifest | None:
    """The manifest of the version in use, if there is one that is whole."""
    try:
        return verify(versions.path(versions.current()))
    except IndexMissingError:
        return None
    except IndexDamagedError as error:
        _log.warning("%s; building anew", error)
        return None


def _report(
    manifest: Manifest, library: Library, encoded: int = 0, *, published: bool
) -> BuildReport:
    return BuildReport(
        version=manifest.id,
        published=published,
        documents=len(manifest.documents),
        passages=manifest.passages,
        sentences=manifest.sentences,
        encoded=encoded,
        reused=manifest.passages + manifest.sentences - encoded,
        problems=library.problems,
    )
