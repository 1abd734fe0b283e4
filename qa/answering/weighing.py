"""What was found weighed: how sure it is, and whether it answers or the question is refused."""

from functools import cached_property
from typing import NamedTuple

from corpus.sources.library import Library
from corpus.wording import Message
from qa.answering.confidence import Calibration, calibration, reason
from qa.answering.finding import Found
from qa.answering.quotations import Quoting
from qa.answers import Quotation

NO_WORDS = Message.of("refused.no-words")


class Weighed(NamedTuple):
    """The confidence, 0 to 1, why the question is refused, None where it is not, and quotations.

    The quotations are those of the answer or, of a refused question, the closest passages.
    """

    confidence: float
    refusal: Message | None
    quotations: tuple[Quotation, ...]


class Weighing:
    """Weighs by a calibration; may be shared by threads.

    `threshold`, 0 to 1, takes the place of that of the calibration, `fitted` the place of the
    calibration of the library.
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

    def warning(self, model: str) -> Message | None:
        """Why the confidence may be wrong with a main model; None where it was fitted to it.

        None, too, where the threshold is given.
        """
        return None if self._given is not None else self._calibration.fitted_to_another(model)

    def weigh(self, found: Found) -> Weighed:
        """The surest quotation decides; an answer has the first and all that are sure enough.

        Raises IndexDamagedError where a quotation is no exact slice of its document.
        """
        if not found.candidates:
            return Weighed(0.0, found.nothing, ())
        if not found.terms.stems and not found.terms.numbers:
            return Weighed(0.0, NO_WORDS, tuple(map(self._quoting.quote, found.extracts)))
        threshold = self._calibration.threshold if self._given is None else self._given
        scores = [self._calibration.probability(values) for values in found.features]
        confidence = max(scores)
        refused = confidence < threshold
        quotations = tuple(
            self._quoting.quote(extract, score)
            for number, (extract, score) in enumerate(zip(found.extracts, scores, strict=True))
            if refused or number == 0 or score >= threshold
        )
        shown = found.extracts[0].candidate
        refusal = reason(found.terms, [shown, *found.candidates]) if refused else None
        return Weighed(confidence, refusal, quotations)
