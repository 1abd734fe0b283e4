"""A version opened for searching: question → candidates."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Document, Span
from corpus.errors import IndexStaleError
from corpus.references import Reference
from corpus.registry import Source
from corpus.settings import Settings
from index.encoder import Encoder, load_encoder
from index.kinds import open_table
from index.locks import Reading
from index.manifest import MAIN, Manifest
from index.opening import opened
from index.store import STORE_FILE, Store, StoredPassage
from index.versions import Versions


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer, with the cosines of itself and of each of its sentences."""

    passage: StoredPassage
    score: float
    sentence_scores: tuple[float, ...]


class Index:
    """One version, opened once; may be shared by threads."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder) -> None:
        _check_encoder(manifest, encoder)
        self.manifest = manifest
        self.encoder = encoder
        self._reading = Reading(folder)
        self._store = Store(folder / STORE_FILE)
        self._passages = open_table(folder, manifest.vectors[MAIN].passages)
        self._sentences = open_table(folder, manifest.vectors[MAIN].sentences)
        self.keys = self._store.document_keys()
        self.sources: dict[str, Source] = self._store.sources()

    @classmethod
    def open(
        cls, settings: Settings, encoder: Encoder | None = None, version: str | None = None
    ) -> "Index":
        """The version in use, or the one named, with the encoder that made it.

        Raises IndexMissingError, IndexDamagedError, or IndexStaleError where the model is not that
        of the version, or the settings are not those of the version in use.
        """
        with opened(Versions(settings.home), version) as (folder, manifest):
            if version is None:
                check_settings(manifest, settings)
            if encoder is None:
                encoder = load_encoder(manifest.model.name, stamps_file(settings))
            return cls(folder, manifest, encoder)

    def candidates(
        self, question: str, k: int, sources: Collection[str] | None = None
    ) -> list[Candidate]:
        """Up to `k` passages by cosine with the question, best first; of `sources` where given."""
        query = self.encoder.query(question)
        rows = None if sources is None else self._store.rows_of(sorted(sources))
        found = []
        for hit in self._passages.search(query, k, rows):
            passage = self._store.passage(hit.row)
            vectors = self._sentences.rows([sentence.row for sentence in passage.sentences])
            scores = tuple(float(score) for score in vectors @ query)
            found.append(Candidate(passage, hit.score, scores))
        return found

    def document(self, key: str) -> Document:
        """The document of a source, as it was indexed."""
        return self._store.document(key)

    def references(self, key: str, span: Span) -> tuple[Reference, ...]:
        """The references to other sources that stand in a span of a document or govern it."""
        return self._store.references(key, span)

    def sentences(self, key: str) -> tuple[Span, ...]:
        """The sentences of a document, in order, headings left out."""
        return self._store.sentences(key)

    def close(self) -> None:
        """Release the files."""
        self._store.close()
        self._reading.close()


def stamps_file(settings: Settings) -> Path:
    """Where the data folder remembers which carried weights were checked."""
    return settings.home / "checked.json"


def check_settings(manifest: Manifest, settings: Settings) -> None:
    """Raises IndexStaleError where the settings ask for another index than this one."""
    if settings.encoder not in {None, manifest.model.name}:
        raise IndexStaleError(
            f"index {manifest.id} was made with {manifest.model.name}, the settings name "
            f"{settings.encoder}: run 'footnote build'"
        )
    if settings.passages != manifest.settings:
        raise IndexStaleError(
            f"index {manifest.id} has passages of {manifest.settings.min_words} to "
            f"{manifest.settings.max_words} words, the settings ask for "
            f"{settings.passages.min_words} to {settings.passages.max_words}: run 'footnote build'"
        )


def _check_encoder(manifest: Manifest, encoder: Encoder) -> None:
    model = manifest.model
    if encoder.dimension != model.dimension:
        raise IndexStaleError(
            f"index {manifest.id} has {model.dimension} dimensions, the encoder {encoder.name} "
            f"gives {encoder.dimension}: run 'footnote build'"
        )
    if encoder.fingerprint != model.fingerprint:
        raise IndexStaleError(
            f"index {manifest.id} was made with other weights of {model.name} "
            f"({model.fingerprint[:12]}, now {encoder.fingerprint[:12]}): run 'footnote build'"
        )
