"""Signals of one encoder: cosines of passages and of sentences, for `dense`, `multilingual`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import IndexStaleError
from index.manifest import Manifest
from index.models.encoder import Encoder
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
from index.versions.store import encoded_text


@dataclass(frozen=True)
class EncodedSearcher:
    """The vectors that one encoder made of passages, and the encoder."""

    table: Searched
    encoder: Encoder
    own_facts: SignalFacts

    @classmethod
    def opened(
        cls, opening: Opening, name: str, encoder: Encoder, facts: SignalFacts
    ) -> "EncodedSearcher":
        """A set of vectors of the version. Raises IndexDamagedError where it cannot be read."""
        table = open_table(opening.folder, opening.manifest.vectors[name].passages)
        return cls(table, encoder, facts)

    @property
    def facts(self) -> tuple[SignalFacts, ...]:
        """Those of its signal."""
        return (self.own_facts,)

    def ask(self, query: Query) -> tuple[Signal, ...]:
        """The signal of a question."""
        return (PassageCosines(self.own_facts, self.table, self.encoder, query.text),)


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
    """Cosines of whole passages with a question; those of sentences, encoded when asked for."""

    def __init__(
        self, facts: SignalFacts, table: Searched, encoder: Encoder, question: str
    ) -> None:
        self._facts, self._table, self._encoder = facts, table, encoder
        self._vector = encoder.query(question)

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

    def sentence_scores(self, passages: Passages) -> SentenceScores:
        """Cosines, -1 to 1; scaled to 0 to 1 where the encoder names the range of its cosines.

        Each sentence is read behind the context of its passage, as passages are. The index has no
        vectors of sentences, so all are encoded here, in one batch.
        """
        stored = passages.stored
        texts = [
            encoded_text(one.context, one.cut(span)) for one in stored for span in one.sentences
        ]
        cosines = (self._encoder.passages(texts) @ self._vector).tolist() if texts else []
        if self._encoder.cosine_range is not None:
            least, most = self._encoder.cosine_range
            cosines = [spread(one, least, most) for one in cosines]
        found = iter(cosines)
        return [tuple(next(found) for _ in one.sentences) for one in stored]


def spread(cosine: float, least: float, most: float) -> float:
    """A cosine scaled linearly from `least` to `most` onto 0 to 1, and cut off there."""
    return min(1.0, max(0.0, (cosine - least) / (most - least)))
