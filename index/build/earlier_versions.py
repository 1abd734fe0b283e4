"""Earlier versions, from which unchanged documents and vectors are reused."""

import logging
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from corpus.errors import IndexDamagedError
from index.build.scan import record_hash
from index.manifest import DocumentEntry, Manifest, ModelEntry
from index.models.encoder import Matrix
from index.tables.vectors import Vectors
from index.versions.integrity import verify_files
from index.versions.locks import Reading
from index.versions.published import Versions, number
from index.versions.store import STORE_FILE, Store
from index.versions.store_writer import DocumentRows

_log = logging.getLogger(__name__)


class EarlierVersion:
    """A sound version; `folder` is held against removal until it is closed."""

    def __init__(self, versions: Versions, manifest: Manifest) -> None:
        self.folder = versions.folder(manifest.id)
        self.manifest = manifest
        self._reading = Reading(self.folder)
        self.store = Store(self.folder / STORE_FILE)
        self._vectors_of: dict[tuple[str, bool], Vectors | None] = {}

    @cached_property
    def documents(self) -> dict[str, tuple[DocumentEntry, DocumentRows]]:
        """Key → entry of a document and where its passages and sentences lie."""
        found, passage, sentence = {}, 0, 0
        for entry in self.manifest.documents:
            rows = DocumentRows(passage, entry.passages, sentence, entry.sentences)
            found[entry.key] = (entry, rows)
            passage, sentence = passage + entry.passages, sentence + entry.sentences
        return found

    @cached_property
    def records(self) -> dict[str, str]:
        """Key → hash of the record, of all sources."""
        return {key: record_hash(csl) for key, csl in self.store.records().items()}

    def vectors(self, model: ModelEntry, *, float16: bool) -> Vectors | None:
        """The vectors that a model made, None where there are none of sufficient precision."""
        key = (model.fingerprint, float16)
        if key not in self._vectors_of:
            self._vectors_of[key] = self._loaded(model, float16=float16)
        return self._vectors_of[key]

    def known(
        self, hashes: Sequence[bytes], model: ModelEntry, *, float16: bool
    ) -> dict[bytes, Matrix]:
        """The vectors that this version has for encoded passages of these hashes."""
        vectors = self.vectors(model, float16=float16)
        if vectors is None:
            return {}
        rows = self.store.rows_by_hash(hashes)
        wanted = np.fromiter(rows.values(), np.int64)
        return dict(zip(rows, vectors.rows(wanted), strict=True))

    def close(self) -> None:
        """Release the files."""
        self.store.close()
        self._reading.close()

    def _loaded(self, model: ModelEntry, *, float16: bool) -> Vectors | None:
        for name, made_by in self.manifest.recipe.models.items():
            tables = self.manifest.vectors[name]
            same = (made_by.fingerprint, made_by.dimension) == (model.fingerprint, model.dimension)
            if same and (float16 or not tables.passages.float16):
                return Vectors.load(self.folder / tables.passages.file)
        return None


class EarlierVersions:
    """The version in use, then those that a build can have left beside it, opened on demand.

    The latter are candidates that a gate has held back and versions that count more than the one
    in use: rolled back from, or cut off just before they were put to use.
    """

    def __init__(self, versions: Versions, current: Manifest | None) -> None:
        self._versions = versions
        self._open = [] if current is None else [EarlierVersion(versions, current)]
        limit = 0 if current is None else number(current.id)
        newer = [one for one in reversed(versions.ids()) if number(one) > limit]
        self._waiting = [*reversed(versions.candidates()), *newer]

    def __iter__(self) -> Iterator[EarlierVersion]:
        at = 0
        while at < len(self._open) or self._open_next():
            yield self._open[at]
            at += 1

    def close(self) -> None:
        """Release all files."""
        for earlier in self._open:
            earlier.close()

    def _open_next(self) -> bool:
        while self._waiting:
            version = self._waiting.pop(0)
            try:
                manifest = verify_files(self._versions.folder(version))
                self._open.append(EarlierVersion(self._versions, manifest))
            except (IndexDamagedError, FileNotFoundError) as error:
                _log.warning("%s; nothing is reused from it", error)
                continue
            return True
        return False
