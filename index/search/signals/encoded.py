"""Signals of one encoder: cosines of passages and of sentences, for `dense`, `multilingual`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import IndexStaleError
from index.manifest import Manifest
from index.models.encoder import Encoder, Matrix
from index.search.query import Query
from index.search.signals.signal import (
    Allowed,
    Opening,
    Passages,
    Scores,
    SentenceScores,
    Signal,
    SignalFacts,
)
from index.tables.approximate import Searched, open_table


@dataclass(frozen=True)
class EncodedSearcher:
    """The vectors that one encoder made of passages and of sentences, and the encoder."""

    passages: Searched
    sentences: Searched
    encoder: Encoder
    passage_facts: SignalFacts
    sentence_facts: SignalFacts

    @property
    def facts(self) -> tuple[SignalFacts, ...]:
        """Facts of the passage signal and of the sentence signal."""
        return self.passage_facts, self.sentence_facts

    def ask(self, query: Query) -> tuple[Signal, ...]:
        """The signals of passages and of sentences."""
        vector = self.encoder.query(query.text)
        return (
            PassageCosines(self.passage_facts, self.passages, vector),
            SentenceCosines(self.sentence_facts, self.sentences, vector, self.encoder.cosine_range),
        )


def open_tables(opening: Opening, name: str) -> tuple[Searched, Searched]:
    """The vectors of passages and of sentences of a set of the version."""
    vectors = opening.manifest.vectors[name]
    folder = opening.folder
    return open_table(folder, vectors.passages), open_table(folder, vectors.sentences)


def check_encoder(manifest: Manifest, name: str, encoder: Encoder) -> None:
    """Raises IndexStaleError where the encoder is not the one that made the set of vectors."""
    model = manifest.recipe.models[name]
    if encoder.dimension != model.dimension:
        raise IndexStaleError(
            "index.other-dimensions",
            version=manifest.id,
            model=encoder.name,
            made=model.dimension,
            given=encoder.dimension,
        )
    if encoder.fingerprint != model.fingerprint:
        raise IndexStaleError(
            "index.other-weights",
            version=manifest.id,
            model=model.name,
            made=model.fingerprint[:12],
            given=encoder.fingerprint[:12],
        )


class PassageCosines(Signal):
    """Cosines of whole passages with a question."""

    def __init__(self, facts: SignalFacts, table: Searched, vector: Matrix) -> None:
        self._facts, self._table, self._vector = facts, table, vector

    @property
    def facts(self) -> SignalFacts:
        """What is true of it whatever is asked."""
        return self._facts

    def put_forward(self, allowed: Allowed, depth: int) -> Sequence[int]:
        """The nearest passages."""
        language = allowed.language if allowed.whole else None
        hits = self._table.search(self._vector, depth, allowed.rows, language)
        return [hit.row for hit in hits]

    def scores(self, passages: Passages) -> Scores:
        """Cosines, -1 to 1. Shape: (passages,)."""
        return np.asarray(self._table.rows(passages.rows) @ self._vector, np.float64)


class SentenceCosines(Signal):
    """Cosines of sentences with a question; a passage is worth what its best sentence is."""

    def __init__(
        self,
        facts: SignalFacts,
        table: Searched,
        vector: Matrix,
        cosine_range: tuple[float, float] | None,
    ) -> None:
        self._facts, self._table, self._vector = facts, table, vector
        self._range = cosine_range
        self._known: dict[int, tuple[float, ...]] = {}

    @property
    def facts(self) -> SignalFacts:
        """What is true of it whatever is asked."""
        return self._facts

    def scores(self, passages: Passages) -> Scores:
        """The best cosine of a sentence of each passage, -1 to 1. Shape: (passages,)."""
        return np.array([max(own) for own in self._cosines(passages)], np.float64)

    def sentence_scores(self, passages: Passages) -> SentenceScores:
        """Cosines, -1 to 1; scaled to 0 to 1 where the encoder names the range of its cosines."""
        cosines = self._cosines(passages)
        if self._range is None:
            return cosines
        least, most = self._range
        return [tuple(spread(one, least, most) for one in own) for own in cosines]

    def _cosines(self, passages: Passages) -> SentenceScores:
        new = [one for one in passages.stored if one.row not in self._known]
        rows = [sentence.row for one in new for sentence in one.sentences]
        found = iter((self._table.rows(rows) @ self._vector).tolist() if rows else [])
        self._known |= {one.row: tuple(next(found) for _ in one.sentences) for one in new}
        return [self._known[one.row] for one in passages.stored]


def spread(cosine: float, least: float, most: float) -> float:
    """A cosine scaled linearly from `least` to `most` onto 0 to 1, and cut off there."""
    return min(1.0, max(0.0, (cosine - least) / (most - least)))
