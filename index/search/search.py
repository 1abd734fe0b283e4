"""A version opened for searching: question → candidates."""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.passages.references import Reference
from corpus.settings import Settings
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from index.manifest import Manifest
from index.models.encoder import Encoder
from index.models.models import Models, as_models
from index.search.query import Candidate, Query
from index.search.ranking import QuestionSearch
from index.search.settings_check import check_settings
from index.search.signals.registry import (
    models_of_version,
    open_searchers,
    vocabulary_of_version,
)
from index.search.signals.signal import Allowed, Opening
from index.search.stages import ALL_STAGES, Stages
from index.versions.locks import Reading
from index.versions.opening import opened
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store, StoredPassage


class Index:
    """One version, opened once; may be shared by threads."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        models: Models | Encoder,
        stages: Stages = ALL_STAGES,
    ) -> None:
        self.manifest = manifest
        self.stages = stages
        self.models = models = as_models(models)
        self._searchers = open_searchers(Opening(folder, manifest, models, stages))
        self._reading = Reading(folder)
        self._store = Store(folder / STORE_FILE)
        self.vocabulary = vocabulary_of_version(folder, manifest)
        self._languages = np.array(self._store.languages())
        self.keys = self._store.document_keys()
        self.sources: dict[str, Source] = self._store.sources()

    @classmethod
    def open(
        cls,
        settings: Settings,
        models: Models | Encoder | None = None,
        version: str | None = None,
        stages: Stages = ALL_STAGES,
    ) -> "Index":
        """The version in use, or the one named, with the models that made it.

        Raises IndexMissingError, IndexDamagedError, or IndexStaleError where the model is not that
        of the version, or the settings are not those of the version in use.
        """
        with opened(Versions(settings.home), version) as (folder, manifest):
            if version is None:
                check_settings(manifest, settings)
            if models is None:
                models = models_of_version(manifest, settings.checked_models)
            return cls(folder, manifest, models, stages)

    @property
    def searches(self) -> tuple[str, ...]:
        """The stages that run: those asked for that version and installed models allow."""
        facts = (one for searcher in self._searchers for one in searcher.facts)
        return tuple(one.shown for one in facts if one.counted and one.shown)

    @cached_property
    def languages(self) -> dict[str, frozenset[str]]:
        """The languages of the passages of each indexed source."""
        return {
            key: frozenset(map(str, self._languages[self._store.rows_of([key])]))
            for key in self.keys
        }

    def opening(self, key: str) -> Candidate | None:
        """The first passage of a document, None where it has none."""
        rows = self._store.rows_of([key])
        if not rows:
            return None
        (passage,) = self._store.passages(rows[:1])
        scores = (1.0,) * len(passage.sentences)
        return Candidate(passage, 1.0, scores, 1.0, {}, str(self._languages[rows[0]]))

    def question(self, query: Query) -> QuestionSearch:
        """A question, encoded once, to search with."""
        return QuestionSearch(query, self._searchers, self._store)

    def allowed(
        self, sources: Collection[str] | None = None, languages: Collection[str] = ()
    ) -> list[Allowed]:
        """The passages of `sources` and in `languages`, of all where they are not given."""
        chosen = np.ones(len(self._languages), bool)
        if sources is not None:
            chosen[:] = False
            chosen[self._store.rows_of(sorted(sources))] = True
        found = []
        for language in map(str, np.unique(self._languages[chosen])):
            if not languages or language in languages:
                inside = self._languages == language
                rows = np.flatnonzero(chosen & inside)
                found.append(Allowed(language, rows, len(rows) == inside.sum()))
        return found

    def candidates(
        self,
        query: Query | str,
        k: int,
        sources: Collection[str] | None = None,
        languages: Collection[str] = (),
    ) -> list[Candidate]:
        """Up to `k` passages, best first, their sentences compared.

        Of `sources` and in `languages` where given.
        """
        search = self.question(Query(query) if isinstance(query, str) else query)
        found = search.candidates(self.allowed(sources, languages), k)
        return list(search.with_sentence_scores(found))

    def document(self, key: str) -> Document:
        """The document of a source, as it was indexed."""
        return self._store.document(key)

    def references(self, key: str, span: Span) -> tuple[Reference, ...]:
        """The references to other sources that stand in a span of a document or govern it."""
        return self._store.references(key, span)

    def passages(self, key: str) -> tuple[StoredPassage, ...]:
        """The passages of a document, in order."""
        return self._store.passages(self._store.rows_of([key]))

    def sentences(self, key: str) -> tuple[Span, ...]:
        """The sentences of a document, in order, headings left out."""
        return self._store.sentences(key)

    def close(self) -> None:
        """Release the files."""
        self._store.close()
        self._reading.close()
