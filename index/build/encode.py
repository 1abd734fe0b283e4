"""The vectors of the next version: reused, found again, or encoded, in one pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.settings import VectorSettings
from index.build.earlier_versions import EarlierVersion
from index.build.staged_store import StagedStore
from index.build.vector_cache import EncodedCache
from index.manifest import MAIN_VECTORS, Approximation, ModelEntry, VectorSet, VectorTable
from index.models.encoder import Encoder, Matrix
from index.tables.approximation_build import RECALL_SAMPLE, approximation
from index.tables.vectors import Vectors
from index.versions.store import Store, Texts
from index.versions.store_writer import DocumentRows

_BATCH = 32
_BLOCK = 4096
Known = dict[bytes, Matrix]


@dataclass(frozen=True)
class Places:
    """Where vectors may be known already: an unfinished build's cache, and earlier versions."""

    cache: EncodedCache
    earlier: Iterable[EarlierVersion]


class SetEncoder:
    """Makes the vectors of one encoder for a staged store."""

    def __init__(
        self,
        name: str,
        encoder: Encoder,
        staged: StagedStore,
        places: Places,
        kinds: VectorSettings,
    ) -> None:
        self.encoded = 0
        self._name, self._encoder, self._staged, self._places = name, encoder, staged, places
        self._settings, self._kind = kinds, kinds.kind(staged.passages)
        self._float16 = self._kind != "exact"
        self.model = model_entry(encoder)

    def missing(self) -> int:
        """How many passages have a text that no place knows."""
        return sum(self._missing(texts, self._known(texts)) for texts in self._unknown_texts())

    def write(
        self,
        folder: Path,
        progress: Callable[[int], None],
        along: Sequence[Callable[[Texts], None]] = (),
    ) -> VectorSet:
        """Write the files of the vectors into `folder`.

        `progress` is called with the number of passages encoded since the last call, and each of
        `along` with the texts that were just encoded.
        """
        rows = Vectors(self.model.dimension, float16=self._float16)
        for part in self._parts():
            if isinstance(part, Texts):
                self._encode(part, rows, progress, along)
            else:
                _copy(*part, rows)
        name = "passages" if self._name == MAIN_VECTORS else f"{self._name}.passages"
        rows.save(folder / f"{name}.faiss")
        fast = folder / f"{name}.{self._kind}.faiss"
        table = VectorTable(
            file=f"{name}.faiss",
            count=len(rows),
            float16=self._float16,
            approximate=None if self._kind == "exact" else self._approximation(rows, fast),
        )
        return VectorSet(kind=self._kind, passages=table)

    def _approximation(self, rows: Vectors, path: Path) -> Approximation | None:
        """Fast search over the rows of passages; where there are several languages, in each.

        Every language is searched by itself, so one with few passages is searched exactly.
        """
        kind, least, asked = self._kind, self._settings.recall, self._stand_ins(len(rows))
        of_row = self._row_languages()
        languages = {str(one): np.flatnonzero(of_row == one) for one in np.unique(of_row)}
        if len(languages) == 1:
            return approximation(kind, rows, asked, least, path)
        large = {n: own for n, own in languages.items() if self._settings.kind(len(own)) != "exact"}
        return approximation(kind, rows, asked, least, path, languages=large) if large else None

    def _stand_ins(self, passages: int) -> Matrix:
        """Vectors that stand in for those of questions where recall is measured. Shape: (n, d).

        The first sentence of each of up to 200 passages at equal distances, without its context,
        encoded as a question: as short as one, about what the library is about, and the same at
        each build. A passage itself would be its own nearest row, which every search finds. They
        are no vectors of the version, so no report counts them.
        """
        chosen = np.unique(np.linspace(0, passages - 1, RECALL_SAMPLE).astype(np.int64))
        store = Store(self._staged.path)
        try:
            found = store.passages(chosen.tolist())
        finally:
            store.close()
        return np.stack([self._encoder.query(one.cut(one.sentences[0])) for one in found])

    def _row_languages(self) -> NDArray[np.str_]:
        """The language of each passage, in order of rows."""
        store = Store(self._staged.path)
        try:
            return np.array(store.languages())
        finally:
            store.close()

    def _parts(self) -> Iterator[Texts | tuple[Vectors, DocumentRows]]:
        """In order of the rows: vectors to copy, or texts whose vectors are to be found."""
        store = Store(self._staged.path)
        try:
            first = done = 0  # passages from `first` to `done` are not copied
            for entry in self._staged.entries:
                origin = self._staged.origins.get(entry.key)
                vectors = origin and origin[0].vectors(self.model, float16=self._float16)
                if origin and vectors:
                    yield from _batches(store, first, done)
                    yield vectors, origin[1]
                    first = done + entry.passages
                done += entry.passages
            yield from _batches(store, first, done)
        finally:
            store.close()

    def _unknown_texts(self) -> Iterator[Texts]:
        return (part for part in self._parts() if isinstance(part, Texts))

    def _known(self, texts: Texts) -> Known:
        wanted = list(dict.fromkeys(texts.passages))
        found = self._places.cache.known(wanted)
        for earlier in self._places.earlier:
            left = [digest for digest in wanted if digest not in found]
            if not left:
                break
            found |= earlier.known(left, self.model, float16=self._float16)
        return found

    @staticmethod
    def _missing(texts: Texts, known: Known) -> int:
        """The number of passages with an unknown text; of two with the same text both count."""
        return sum(digest not in known for digest in texts.passages)

    def _encode(
        self,
        texts: Texts,
        rows: Vectors,
        progress: Callable[[int], None],
        along: Sequence[Callable[[Texts], None]],
    ) -> None:
        known = self._known(texts)
        missing = {digest: text for digest, text in texts.words() if digest not in known}
        if missing:
            count = self._missing(texts, known)
            vectors = self._encoder.passages(list(missing.values()))
            self._places.cache.add(list(missing), vectors)
            known |= dict(zip(missing, vectors, strict=True))
            for one in along:
                one(texts)
            self.encoded += len(missing)
            progress(count)
        rows.add(np.stack([known[digest] for digest in texts.passages]))


def model_entry(encoder: Encoder) -> ModelEntry:
    """What the manifest says of an encoder."""
    return ModelEntry(
        name=encoder.name, fingerprint=encoder.fingerprint, dimension=encoder.dimension
    )


def _batches(store: Store, first: int, end: int) -> Iterator[Texts]:
    for start in range(first, end, _BATCH):
        yield store.texts(start, min(start + _BATCH, end))


def _copy(earlier: Vectors, own: DocumentRows, rows: Vectors) -> None:
    """Add the vectors of a document, in blocks."""
    end = own.passage + own.passages
    for start in range(own.passage, end, _BLOCK):
        rows.add(earlier.block(start, min(_BLOCK, end - start)))
