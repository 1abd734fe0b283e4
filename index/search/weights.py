"""All weights, bonuses, depths and margins that decide a ranking, with their reasons.

They were chosen on the gold questions and are told in docs/quality.md; scores are 0 to 1 unless
said otherwise, so a bonus of .1 is a tenth of what the best passage can have.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


class SignalWeight(NamedTuple):
    """What a signal counts in the mean, by the languages of question and passage.

    `known`: both are in one language, which the models of all signals know. `same_language`: both
    are in one language, which some model does not know. `cross_language`: they are in two. A signal
    whose model does not know both languages counts nothing.
    """

    known: float
    same_language: float
    cross_language: float


_SIGNALS: Mapping[str, SignalWeight] = MappingProxyType(
    {
        "lexical": SignalWeight(0.5, 4.0, 1.0),
        "dense": SignalWeight(0.5, 1.0, 1.0),
        "tokens": SignalWeight(3.0, 2.0, 2.0),
        "multilingual": SignalWeight(0.0, 1.0, 1.0),
        "multilingual-tokens": SignalWeight(1.0, 2.0, 2.0),
    }
)


_UNLISTED = SignalWeight(1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Weights:
    """The constants of ranking; facts on a model stand in the class of the model."""

    signals: Mapping[str, SignalWeight] = field(default_factory=lambda: _SIGNALS)
    """By name of the signal. In a language that all models know the tokens of the specialized model
    decide; in others words are compared best in one language. The bundled main encoder
    and the bundled encoder of tokens know English alone: what `dense` and `tokens` count beside it
    is that of the multilingual signal of the same kind, and holds for models of other languages
    that the settings name."""
    unlisted: SignalWeight = _UNLISTED
    """What a signal counts that `signals` does not list."""

    depth: int = 50
    """Passages that each signal puts forward in each language. The score of the one at this place
    among all that were put forward becomes 0."""
    compared: int = 40
    """Passages of each language whose tokens are compared."""
    looked_at: int = 40
    """Passages of all languages that are ranked for an answer and told to an evaluation."""
    candidates: int = 10
    """The best of them, from which quotations are taken and the confidence is computed: only their
    sentences are compared."""
    quotations: int = 3
    """Quotations of an answer."""

    cross_language_bonus: float = 0.05
    """For a passage in another language than the question's: every model prefers the same one."""
    cross_language_factor: float = 0.8
    """What such a passage counts where no model compares the two languages."""
    source_bonus: float = 0.2
    """For a passage of a source that the question names."""
    state_law_bonus: float = 0.05
    """For a passage of a law whose state the question names: the law itself seldom does."""
    provision_bonus: float = 0.4
    """For a passage of an article or section that the question cites by its number."""
    numbers_bonus: float = 0.1
    """For a passage that holds every other number of the question."""
    definition_bonus: float = 0.2
    """For a passage that defines the term whose definition is asked for, and for the sentence."""
    related_words: float = 0.4
    """What words count that texts use in the place of those of the question, which count 1."""

    read_candidates: int = 4
    """Candidates in the language of the question that the reader reads: each costs 50 to 100 ms on
    two cores."""
    read_follow_up: int = 6
    """The same of a question that points back, whose passage stands further behind."""
    read_foreign: int = 2
    """Candidates in other languages that it reads."""
    search_weight: float = 8.0
    """What a point of the score of the search counts beside the logit of the reader."""

    sentence_share: float = 0.5
    """What its best sentence counts in the worth of a quotation; its passage counts the rest."""
    join_margin: float = 0.04
    """A neighbor joins the best sentence where it matches worse by no more than this."""
    long_run: int = 70
    """The most words of a run that is quoted whole; of a longer one the sentences of the answering
    words are, if they are known: what matches beside them seldom holds the answer."""
    source_margin: float = 0.125
    """The best quotation of another source goes before further ones of a source that is there,
    where it is worth less than the first quotation by no more than this."""

    claim_passages: int = 10
    """Passages of a cited source that are compared with a claim."""
    claim_support: float = 0.77
    """Worth from which on one of them counts as support; set by reading claims, not fitted."""

    def of(self, signal: str) -> SignalWeight:
        """The weights of a signal by its name."""
        return self.signals.get(signal, self.unlisted)


WEIGHTS = Weights()
"""Those that are in use."""
