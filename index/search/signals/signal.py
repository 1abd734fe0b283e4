"""The protocol of signals: kinds of search that find passages and score how well they match.

A `Searcher` is opened once a version and gives, for each question, its signals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.manifest import Manifest
from index.models.known_languages import EVERY_LANGUAGE, Languages, knows
from index.models.models import Models
from index.search.query import Query
from index.search.stages import Stages
from index.versions.store import Store, StoredPassage

Scores = NDArray[np.float64]
RowArray = NDArray[np.int64]
SentenceScores = list[tuple[float, ...]]
Compared = Literal["words", "passages", "tokens"]


class LanguagePair(NamedTuple):
    """The language of a question and that of the passages that it is compared with."""

    question: str
    passage: str

    @property
    def crosses(self) -> bool:
        """Whether they differ."""
        return self.question != self.passage


@dataclass(frozen=True)
class SignalFacts:
    """Properties of a signal that do not depend on the question.

    `name` is its key in `Weights.signals` and `Candidate.signals`, `shown` the one under which
    answers list it, `compared` what it compares with the question: words, whole passages or tokens.
    Signals of tokens get the best passages of the others only, and find none themselves.
    `languages` are those of its model. One that is not `counted` ranks nothing: what it says of a
    passage is only told. `match_range` is where its scores lie where those of passages of different
    languages can be compared.
    """

    name: str
    compared: Compared
    languages: Languages = EVERY_LANGUAGE
    counted: bool = True
    match_range: tuple[float, float] | None = None
    shown: str = ""

    @property
    def detailed(self) -> bool:
        """Whether it is computed for the best passages of the others only."""
        return self.compared == "tokens"

    def knows(self, pair: LanguagePair) -> bool:
        """Whether its model knows the languages of question and passage."""
        return knows(self.languages, *pair)

    def runs(self, pair: LanguagePair) -> bool:
        """Whether it is computed for a pair of languages.

        Tokens are not where their model does not know both: they cost most. Cosines are, since they
        are cheap, the confidence is told them, and without any other model they must do.
        """
        return self.compared != "tokens" or self.knows(pair)


class Allowed(NamedTuple):
    """The passages of one language that may be found; `whole`: all those of the language.

    `rows` are in rising order.
    """

    language: str
    rows: RowArray
    whole: bool


class Passages:
    """Some passages by their rows, loaded from the store, all in one go, when first needed."""

    def __init__(
        self, store: Store, rows: RowArray, stored: tuple[StoredPassage, ...] | None = None
    ) -> None:
        self._store, self.rows, self._stored = store, rows, stored

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def stored(self) -> tuple[StoredPassage, ...]:
        """The passages with text and sentences, in order of `rows`."""
        if self._stored is None:
            self._stored = self._store.passages(self.rows.tolist())
        return self._stored

    def at(self, numbers: NDArray[np.int64]) -> "Passages":
        """The passages at these positions of `rows`; nothing that is loaded is loaded again."""
        loaded = None if self._stored is None else tuple(self._stored[n] for n in numbers)
        return Passages(self._store, self.rows[numbers], loaded)


class Signal(Protocol):
    """What one kind of search says of passages, for one question.

    A class that inherits it defines `facts` and `scores`, and of the rest what it can say.
    """

    @property
    def facts(self) -> SignalFacts:
        """What is true of it whatever is asked."""

    def put_forward(self, allowed: Allowed, depth: int) -> Sequence[int]:  # noqa: ARG002
        """Row numbers of the up to `depth` best passages among those that are allowed."""
        return ()

    def scores(self, passages: Passages) -> Scores:
        """How well passages fit, more is better. Shape: (passages,)."""
        raise NotImplementedError

    def sentence_scores(self, passages: Passages) -> SentenceScores | None:  # noqa: ARG002
        """How well each sentence of each passage fits, -1 to 1; None where it does not know.

        Asked for the few passages from which quotations are taken.
        """
        return None


class Searcher(Protocol):
    """A kind of search, opened on one version; shared by threads."""

    @property
    def facts(self) -> tuple[SignalFacts, ...]:
        """Facts of its signals, in the order of `ask`."""

    def ask(self, query: Query) -> tuple[Signal, ...]:
        """Its signals for a question, which is encoded once for all of them."""


class Opening(NamedTuple):
    """What a searcher is opened from: a version, the models at hand, and what is to run."""

    folder: Path
    manifest: Manifest
    models: Models
    stages: Stages


Opener = Callable[[Opening], Searcher | None]
"""Opens a kind of search; None where the version, the models or the stages do not allow it."""
