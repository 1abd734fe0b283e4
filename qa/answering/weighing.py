"""What was found weighed: whether it answers for sure, may answer, or the question is refused."""

from functools import cached_property
from typing import NamedTuple

from corpus.sources.library import Library
from corpus.wording import Message
from qa.answering.confidence import Calibration, calibration, reason
from qa.answering.finding import Found
from qa.answering.quotations import Quoting
from qa.answers import Certainty, Quotation

NO_WORDS = Message.of("refused.no-words")


class Weighed(NamedTuple):
    """The confidence, 0 to 1, what it comes to, why a question is refused, and quotations.

    The reason is None where it is not refused. The quotations are those of the answer or, of a
    refused question, the closest passages.
    """

    confidence: float
    certainty: Certainty
    refusal: Message | None
    quotations: tuple[Quotation, ...]


class Weighing:
    """Weighs by a calibration; may be shared by threads.

    `threshold`, 0 to 1, takes the place of the refusing one of the calibration, `fitted` the place
    of the calibration of the library.
    """

    def __init__(
        self,
        quoting: Quoting,
        library: Library,
        threshold: float | None = None,
        fitted: Calibration | None = None,
    ) -> None:
        self._quoting, self._library = quoting, library
        self._given, self._fitted = threshold, fitted

    @cached_property
    def _calibration(self) -> Calibration:
        # Read when it is needed: the fit of a new one does without.
        return calibration(self._library.calibration) if self._fitted is None else self._fitted

    @property
    def calibrated(self) -> bool:
        """Whether the confidence is fitted to the library that is asked."""
        return self._calibration.own

    def warning(self, model: str, reader: str | None) -> Message | None:
        """Why the confidence may be wrong with a main model and a reader; None: nothing is known.

        None, too, where the threshold is given.
        """
        if self._given is not None:
            return None
        return self._calibration.problem or self._calibration.fitted_to_another(model, reader)

    def weigh(self, found: Found) -> Weighed:
        """A sure answer has the first quotation and those that alone would be no refusal.

        An unsure one has all, best first, a refusal all as the closest passages: what else answers
        stands beside a sure first quotation, as a second definition does.

        Raises IndexDamagedError where a quotation is no exact slice of its document.
        """
        if not found.candidates:
            return Weighed(0.0, "refused", found.nothing, ())
        if not found.terms.stems and not found.terms.numbers:
            closest = tuple(map(self._quoting.quote, found.extracts))
            return Weighed(0.0, "refused", NO_WORDS, closest)
        scores = [self._calibration.probability(values) for values in found.features]
        suited = self._calibration.suited(found.features)
        certainty = suited.certainty(scores, self._given)
        least = suited.refusing(self._given)
        quotations = tuple(
            self._quoting.quote(extract, score)
            for extract, score in zip(found.extracts, scores, strict=True)
            if certainty != "sure" or score >= least
        )
        shown = found.extracts[0].candidate
        refused = certainty == "refused"
        refusal = reason(found.terms, [shown, *found.candidates]) if refused else None
        return Weighed(max(scores), certainty, refusal, quotations)
