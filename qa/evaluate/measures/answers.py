"""What is measured of a single answer: a new measure is one function and one line of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from corpus.text.documents import Document
from qa.answers import Answer, Quotation
from qa.evaluate.measures.citations import CITATION_SCORES, Right, citation_scores, hits_of
from qa.evaluate.measures.rankings import exact_match, token_f1


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer beside what is right.

    `right` are the places that answer, empty where none does or none is known; `told` says that a
    record gave what was asked for; `document` gives the indexed document of a key.
    """

    answer: Answer
    right: tuple[Right, ...]
    answerable: bool
    told: bool
    document: Callable[[str], Document]

    @property
    def shown(self) -> tuple[Quotation, ...]:
        """The quotations that a reader sees, the closest ones of a refusal among them."""
        return self.answer.quotes or self.answer.closest

    @cached_property
    def hits(self) -> tuple[bool, ...]:
        """Whether each quotation that is shown holds one of the places whole."""
        return tuple(hits_of(self.shown, self.right))

    @property
    def fits(self) -> bool:
        """Whether what is shown first answers."""
        return any(self.hits[:1]) or self.told

    @property
    def best_sentence(self) -> str:
        """The sentence of the first quotation that answers best; empty where none is shown."""
        if not self.shown:
            return ""
        first = self.shown[0]
        cut = self.document(first.citation.source).cut
        return cut(first.strong[0]) if first.strong else first.text

    @property
    def answering_words(self) -> str | None:
        """What a reader holds for the answer in the first quotation; None where it names none."""
        words = self.shown[0].answer if self.shown else None
        return None if words is None else words.text

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that are labelled in each place that answers."""
        return tuple(self.document(place.key).cut(place.span) for place in self.right)

    @cached_property
    def citations(self) -> Mapping[str, float | None]:
        """Precision and recall of what is cited, see `citation_scores`."""
        return citation_scores(self.shown, self.right)


Measure = Callable[[JudgedAnswer], float | None]
"""0 to 1, more is better; None where there is nothing to measure."""


def _exact_slices(judged: JudgedAnswer) -> float | None:
    exact = [_exact(one, judged.document(one.citation.source).text) for one in judged.shown]
    return sum(exact) / len(exact) if exact else None


def _exact(quotation: Quotation, text: str) -> bool:
    """Whether a quotation, and the answering words in it if any, stand so in a text."""
    words = quotation.answer
    return text[quotation.start : quotation.end] == quotation.text and (
        words is None
        or (
            quotation.start <= words.start < words.end <= quotation.end
            and text[words.start : words.end] == words.text
        )
    )


def _first_quotation(judged: JudgedAnswer) -> float | None:
    return float(any(judged.hits[:1])) if judged.right else None


def _one_of_three(judged: JudgedAnswer) -> float | None:
    return float(any(judged.hits)) if judged.right else None


def _exact_match(judged: JudgedAnswer) -> float | None:
    words = [place.words for place in judged.right]
    return exact_match(judged.best_sentence, words) if words else None


def _token_f1(judged: JudgedAnswer) -> float | None:
    words = [place.words for place in judged.right]
    return token_f1(judged.best_sentence, words) if words else None


def _answer_exact_match(judged: JudgedAnswer) -> float | None:
    given, phrases = judged.answering_words, judged.phrases
    return exact_match(given, phrases) if given is not None and phrases else None


def _answer_token_f1(judged: JudgedAnswer) -> float | None:
    given, phrases = judged.answering_words, judged.phrases
    return token_f1(given, phrases) if given is not None and phrases else None


def _citation(name: str) -> Measure:
    return lambda judged: judged.citations[name] if judged.right else None


def _right_decision(judged: JudgedAnswer) -> float:
    """Whether a right answer is given, sure or unsure, or what nothing answers is refused."""
    answered = judged.answer.answered
    return float(answered and judged.fits if judged.answerable else not answered)


ANSWER_MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "exact slices": _exact_slices,
        "first quotation": _first_quotation,
        "one of three": _one_of_three,
        "exact match": _exact_match,
        "token F1": _token_f1,
        "answer exact match": _answer_exact_match,
        "answer token F1": _answer_token_f1,
        **{name: _citation(name) for name in CITATION_SCORES},
        "right decision": _right_decision,
    }
)
"""Name of a measure → what computes it; the words of the name in reports are in wording.tsv."""


def answer_scores(judged: JudgedAnswer) -> dict[str, float]:
    """All measures that an answer has."""
    found = {name: measure(judged) for name, measure in ANSWER_MEASURES.items()}
    return {name: value for name, value in found.items() if value is not None}
