"""A version opened for searching: question → candidates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DocumentError, IndexStaleError
from corpus.passages.references import Reference
from corpus.settings import Settings
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from corpus.text.words import words_of
from index.build.extra_files import holds
from index.manifest import MAIN, Manifest
from index.models.encoder import Encoder, Matrix
from index.models.models import Models, as_models, load_models
from index.models.multilingual import MULTILINGUAL
from index.models.token_encoder import TokenEncoder, TokenVectors
from index.search.fusion import (
    CITED,
    DEPTH,
    HELD,
    NAMED,
    NEAR,
    READ,
    RELATED,
    Scores,
    fused,
    leveled,
    spread,
)
from index.search.provisions import provisions_of
from index.search.query import Candidate, Query, WordMatches
from index.search.settings_check import check_settings
from index.search.stages import ALL, Stages
from index.tables.approximate import Searched, open_table
from index.tables.lexical import LEXICAL, Lexical, read_vocabulary
from index.tables.token_vectors import MULTILINGUAL_TOKENS, TOKENS, TokenVectorTable
from index.versions.locks import Reading
from index.versions.opening import opened
from index.versions.store import STORE_FILE, Store, StoredPassage
from index.versions.versions import Versions

_ENGLISH = "en"


@dataclass(frozen=True)
class _Asked:
    """A question with its vectors, each made once."""

    query: Query
    main: Matrix
    multilingual: Matrix | None
    tokens: Mapping[str, TokenVectors]
    lexical: NDArray[np.float32]


class Index:
    """One version, opened once; may be shared by threads."""

    def __init__(
        self, folder: Path, manifest: Manifest, models: Models | Encoder, stages: Stages = ALL
    ) -> None:
        self.manifest = manifest
        self.stages = stages
        self.models = models = as_models(models)
        _check_encoder(manifest, MAIN, models.main)
        self._reading = Reading(folder)
        self._store = Store(folder / STORE_FILE)
        self._main = _tables(folder, manifest, MAIN)
        self._multilingual = _tables(folder, manifest, MULTILINGUAL) if self._knows_more else None
        indexed = LEXICAL in manifest.recipe.parts
        self._lexical = Lexical.load(folder) if indexed and stages.lexical else None
        self.vocabulary = read_vocabulary(folder) if indexed else {}
        self._token_tables = {part: TokenVectorTable(folder, part) for part in self._token_encoders}
        self._languages = np.array(self._store.languages())
        self.keys = self._store.document_keys()
        self.sources: dict[str, Source] = self._store.sources()

    @classmethod
    def open(
        cls,
        settings: Settings,
        models: Models | Encoder | None = None,
        version: str | None = None,
        stages: Stages = ALL,
    ) -> "Index":
        """The version in use, or the one named, with the models that made it.

        Raises IndexMissingError, IndexDamagedError, or IndexStaleError where the model is not that
        of the version, or the settings are not those of the version in use.
        """
        with opened(Versions(settings.home), version) as (folder, manifest):
            if version is None:
                check_settings(manifest, settings)
            if models is None:
                models = load_models(
                    manifest.model.name,
                    settings.checked_models,
                    multilingual=MULTILINGUAL in manifest.vectors,
                    tokens=TOKENS in manifest.recipe.parts,
                )
            return cls(folder, manifest, models, stages)

    @property
    def encoder(self) -> Encoder:
        """The main encoder."""
        return self.models.main

    @property
    def searches(self) -> tuple[str, ...]:
        """The stages that run: those asked for that version and installed models allow."""
        there = {
            "lexical": self._lexical,
            "dense": self.stages.dense or None,
            "sentence": self.stages.sentence or None,
            "multilingual": self._multilingual,
            TOKENS: self._token_tables.get(TOKENS),
            MULTILINGUAL_TOKENS: self._token_tables.get(MULTILINGUAL_TOKENS),
        }
        return tuple(name for name, part in there.items() if part is not None)

    @property
    def _knows_more(self) -> bool:
        """Whether there are vectors of the multilingual model, and the model that made them."""
        if MULTILINGUAL not in self.manifest.vectors or self.models.multilingual is None:
            return False
        if not self.stages.multilingual:
            return False
        _check_encoder(self.manifest, MULTILINGUAL, self.models.multilingual)
        return True

    @property
    def _token_encoders(self) -> dict[str, TokenEncoder]:
        """Encoders of tokens by the part that they made."""
        if not self.stages.tokens:
            return {}
        more = self.models.multilingual_tokens if self.stages.multilingual else None
        there = {TOKENS: self.models.tokens, MULTILINGUAL_TOKENS: more}
        return {
            part: encoder
            for part, encoder in there.items()
            if encoder is not None and holds(self.manifest, part, encoder.fingerprint)
        }

    @cached_property
    def languages(self) -> dict[str, frozenset[str]]:
        """The languages of the passages of each indexed source."""
        return {
            key: frozenset(map(str, self._languages[self._store.rows_of([key])]))
            for key in self.keys
        }

    def opening(self, key: str) -> Candidate:
        """The first passage of a document. Raises DocumentError where it has none."""
        rows = self._store.rows_of([key])
        if not rows:
            raise DocumentError(f"no passage of '{key[:80]}' in the index")
        passage = self._store.passage(rows[0])
        scores = (1.0,) * len(passage.sentences)
        return Candidate(passage, 1.0, scores, 1.0, {}, str(self._languages[rows[0]]))

    def candidates(
        self,
        query: Query | str,
        k: int,
        sources: Collection[str] | None = None,
        languages: Collection[str] = (),
    ) -> list[Candidate]:
        """Up to `k` passages, best first; of `sources` and in `languages` where given.

        The passages of each language are ranked among themselves before they are put together,
        since every model prefers those in the language of the question.
        """
        asked = self._asked(Query(query) if isinstance(query, str) else query)
        chosen = np.ones(len(self._languages), bool)
        if sources is not None:
            chosen[:] = False
            chosen[self._store.rows_of(sorted(sources))] = True
        found = [
            candidate
            for language in np.unique(self._languages[chosen])
            if not languages or str(language) in languages
            for candidate in self._in_language(asked, str(language), chosen, k)
        ]
        found.sort(key=lambda one: (-one.score, one.passage.row))
        return found[:k]

    def word_matches(self, text: str, candidates: Sequence[Candidate]) -> WordMatches | None:
        """How well the passages of candidates match each token of a question.

        None where there are no token vectors.
        """
        encoders = self._token_encoders
        part = TOKENS if TOKENS in encoders else MULTILINGUAL_TOKENS
        if part not in encoders:
            return None
        query = encoders[part].query(text)
        rows = [one.passage.row for one in candidates]
        counts = [0] * len(rows)  # the sentences are not asked
        matches = self._token_tables[part].matches(query.vectors, rows, counts)
        return WordMatches(query.starts, tuple(tuple(map(float, one.tokens)) for one in matches))

    def _asked(self, query: Query) -> _Asked:
        more = self.models.multilingual
        return _Asked(
            query,
            self.models.main.query(query.text),
            more.query(query.text) if self._multilingual and more else None,
            {part: one.query(query.text) for part, one in self._token_encoders.items()},
            self._word_scores(query),
        )

    def _word_scores(self, query: Query) -> NDArray[np.float32]:
        if self._lexical is None:
            return np.zeros(len(self._languages), np.float32)
        own = self._lexical.scores(query.words)
        return own + np.float32(RELATED) * self._lexical.scores(query.related)

    def _in_language(
        self, asked: _Asked, language: str, chosen: NDArray[np.bool_], k: int
    ) -> list[Candidate]:
        inside = chosen & (self._languages == language)
        every = bool(inside.all())
        rows = None if every else np.flatnonzero(inside).tolist()
        put_forward = self._put_forward(asked, inside, rows)
        signals = self._signals(asked, put_forward)
        first = self._fused(signals, language, asked) + self._held(asked.query, put_forward)
        nearest = np.sort(np.argsort(-first, kind="stable")[:READ])
        signals = {kind: values[nearest] for kind, values in signals.items()}
        passages = [self._store.passage(put_forward[n]) for n in nearest]
        signals, sentences = self._read(asked, language, passages, signals)
        match = signals.get(TOKENS, signals.get(MULTILINGUAL_TOKENS, signals["dense"]))
        totals = leveled(
            self._fused(signals, language, asked),
            signals.get(MULTILINGUAL_TOKENS),
            foreign=language != asked.query.language,
        )
        totals += np.array([_bonus(asked.query, one) for one in passages])
        best = sorted(range(len(passages)), key=lambda n: (-totals[n], passages[n].row))[:k]
        return [
            Candidate(
                passages[n],
                float(totals[n]),
                sentences[n],
                float(match[n]),
                {kind: float(values[n]) for kind, values in signals.items()},
                language,
            )
            for n in best
        ]

    def _held(self, query: Query, rows: list[int]) -> Scores | float:
        """What passages are given before they are read; they are looked at only for numbers."""
        if not query.provisions and not query.numbers:
            return 0.0
        return np.array([_bonus(query, self._store.passage(row)) for row in rows])

    def _fused(self, signals: dict[str, Scores], language: str, asked: _Asked) -> Scores:
        left_out = {"dense", "sentence"} - set(self.searches)
        counted = {kind: values for kind, values in signals.items() if kind not in left_out}
        return fused(counted, language, asked.query.language)

    def _put_forward(
        self, asked: _Asked, inside: NDArray[np.bool_], rows: list[int] | None
    ) -> list[int]:
        """The rows that any kind of search finds, in order."""
        found: set[int] = set()
        if self.stages.dense:
            found = {hit.row for hit in self._main[0].search(asked.main, DEPTH, rows)}
        if self._multilingual and asked.multilingual is not None:
            hits = self._multilingual[0].search(asked.multilingual, DEPTH, rows)
            found |= {hit.row for hit in hits}
        lexical = np.where(inside, asked.lexical, 0)
        best = np.argsort(-lexical, kind="stable")[:DEPTH]
        found |= {int(row) for row in best if lexical[row] > 0}
        return sorted(found)

    def _signals(self, asked: _Asked, rows: list[int]) -> dict[str, Scores]:
        """What each kind of search says of some passages, save for those that read them."""
        signals = {"dense": np.asarray(self._main[0].rows(rows) @ asked.main, np.float64)}
        if self._lexical:
            signals["lexical"] = asked.lexical[rows].astype(np.float64)
        if self._multilingual and asked.multilingual is not None:
            vectors = self._multilingual[0].rows(rows)
            signals["multilingual"] = np.asarray(vectors @ asked.multilingual, np.float64)
        return signals

    def _read(
        self,
        asked: _Asked,
        language: str,
        passages: Sequence[StoredPassage],
        signals: dict[str, Scores],
    ) -> tuple[dict[str, Scores], list[tuple[float, ...]]]:
        """The signals with those of the sentences and the tokens; how each sentence matches."""
        english = language == asked.query.language == _ENGLISH
        late = {
            part: self._token_tables[part].matches(
                tokens.vectors,
                [one.row for one in passages],
                [len(one.sentences) for one in passages],
            )
            for part, tokens in asked.tokens.items()
            if english or part == MULTILINGUAL_TOKENS
        }
        signals = signals | {
            part: np.array([one.passage for one in matches], np.float64)
            for part, matches in late.items()
        }
        cosines = self._sentence_cosines(self._main[1], asked.main, passages)
        signals["sentence"] = np.array([max(own) for own in cosines], np.float64)
        if self._multilingual and asked.multilingual is not None:
            more = self._sentence_cosines(self._multilingual[1], asked.multilingual, passages)
            signals["multilingual sentence"] = np.array([max(own) for own in more], np.float64)
            if not english:
                # The main encoder knows English alone, and would choose a sentence by its names.
                cosines = [tuple(map(spread, own)) for own in more]
        part = TOKENS if english and TOKENS in late else MULTILINGUAL_TOKENS
        if part in late:
            cosines = [_mean(a, b.sentences) for a, b in zip(cosines, late[part], strict=True)]
        return signals, cosines

    @staticmethod
    def _sentence_cosines(
        table: Searched, query: Matrix, passages: Sequence[StoredPassage]
    ) -> list[tuple[float, ...]]:
        rows = [sentence.row for passage in passages for sentence in passage.sentences]
        cosines = iter((table.rows(rows) @ query).tolist() if rows else [])
        return [tuple(float(next(cosines)) for _ in one.sentences) for one in passages]

    def document(self, key: str) -> Document:
        """The document of a source, as it was indexed."""
        return self._store.document(key)

    def references(self, key: str, span: Span) -> tuple[Reference, ...]:
        """The references to other sources that stand in a span of a document or govern it."""
        return self._store.references(key, span)

    def passages(self, key: str) -> tuple[StoredPassage, ...]:
        """The passages of a document, in order."""
        return tuple(self._store.passage(row) for row in self._store.rows_of([key]))

    def sentences(self, key: str) -> tuple[Span, ...]:
        """The sentences of a document, in order, headings left out."""
        return self._store.sentences(key)

    def close(self) -> None:
        """Release the files."""
        self._store.close()
        self._reading.close()


def _tables(folder: Path, manifest: Manifest, name: str) -> tuple[Searched, Searched]:
    """The vectors of passages and of sentences of a set."""
    vectors = manifest.vectors[name]
    return open_table(folder, vectors.passages), open_table(folder, vectors.sentences)


def _bonus(query: Query, passage: StoredPassage) -> float:
    """What a passage is given for what the question names and it belongs to or holds."""
    cited = query.provisions and query.provisions & provisions_of(passage.context)
    held = query.numbers and query.numbers <= set(words_of(passage.text))
    return (
        NAMED * (passage.source in query.named)
        + NEAR * (passage.source in query.near)
        + CITED * bool(cited)
        + HELD * bool(held)
    )


def _mean(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple((a + b) / 2 for a, b in zip(one, other, strict=True))


def _check_encoder(manifest: Manifest, name: str, encoder: Encoder) -> None:
    model = manifest.recipe.models[name]
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
