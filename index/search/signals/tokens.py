"""The signals of tokens: late interaction by an English and by a multilingual token encoder."""

from collections.abc import Sequence

import numpy as np

from index.manifest import Manifest
from index.models.token_encoder import TokenEncoder, TokenVectors
from index.search.query import Query
from index.search.signals.signal import (
    Opening,
    Passages,
    Scores,
    SentenceScores,
    Signal,
    SignalFacts,
)
from index.tables.token_vectors import MULTILINGUAL_TOKENS, TOKENS, Match, TokenVectorTable


class TokenMatches(Signal):
    """How well the tokens of a question are matched by passages; each is compared once."""

    def __init__(self, facts: SignalFacts, table: TokenVectorTable, tokens: TokenVectors) -> None:
        self._facts, self._table, self._tokens = facts, table, tokens
        self._known: dict[int, Match] = {}

    @property
    def facts(self) -> SignalFacts:
        """What is true of it whatever is asked."""
        return self._facts

    def scores(self, passages: Passages) -> Scores:
        """The mean over the tokens of the question, -1 to 1. Shape: (passages,)."""
        return np.array([one.passage for one in self._matches(passages)], np.float64)

    def sentence_scores(self, passages: Passages) -> SentenceScores:
        """The mean over the tokens of the question by the tokens of each sentence, -1 to 1."""
        return [one.sentences for one in self._matches(passages)]

    def _matches(self, passages: Passages) -> Sequence[Match]:
        new = [one for one in passages.stored if one.row not in self._known]
        rows, counts = [one.row for one in new], [len(one.sentences) for one in new]
        found = self._table.matches(self._tokens.vectors, rows, counts)
        self._known |= dict(zip(rows, found, strict=True))
        return [self._known[row] for row in passages.rows.tolist()]


class TokenSearcher:
    """The token vectors that one encoder made of a version, and the encoder."""

    def __init__(self, name: str, table: TokenVectorTable, encoder: TokenEncoder) -> None:
        self._table, self._encoder = table, encoder
        self._facts = SignalFacts(
            name, "tokens", encoder.languages, match_range=encoder.match_range, shown=name
        )

    @property
    def facts(self) -> tuple[SignalFacts, ...]:
        """Those of its signal."""
        return (self._facts,)

    def ask(self, query: Query) -> tuple[Signal, ...]:
        """The signal of a question."""
        return (TokenMatches(self._facts, self._table, self._encoder.query(query.text)),)


def open_tokens(opening: Opening) -> TokenSearcher | None:
    """The token vectors of the main encoder of tokens."""
    return _opened(opening, TOKENS, opening.models.tokens)


def open_multilingual_tokens(opening: Opening) -> TokenSearcher | None:
    """The token vectors of the encoder of many languages."""
    wanted = opening.stages.multilingual
    return _opened(
        opening, MULTILINGUAL_TOKENS, opening.models.multilingual_tokens if wanted else None
    )


def holds_tokens(manifest: Manifest) -> bool:
    """Whether a version has token vectors of the main encoder of tokens."""
    return TOKENS in manifest.recipe.parts


def _opened(opening: Opening, name: str, encoder: TokenEncoder | None) -> TokenSearcher | None:
    """The searcher of the token vectors `name`.

    None where the encoder is not installed, the stage `tokens` is left out, or the version has no
    such vectors or those of another encoder.
    """
    if encoder is None or not opening.stages.tokens:
        return None
    if not opening.manifest.has_part(name, encoder.fingerprint):
        return None
    return TokenSearcher(name, TokenVectorTable(opening.folder, name), encoder)
