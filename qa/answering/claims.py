"""A reference followed: the passage of the cited source that says what the claim says."""

import re
from dataclasses import dataclass
from typing import Any

from corpus.text.documents import Document, Span
from qa.answers import Quotation

SUPPORT = 0.65
"""Worth from which on a passage counts as support; set by reading claims, not fitted."""
NONE_SUPPORTS = "No passage of the cited source says this closely enough to count as support."
NO_TEXT = "The text of the cited source is not in the index."
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_LEAST_WORDS = 3


@dataclass(frozen=True)
class Followed:
    """A claim with a reference, and what the cited source says to it.

    `quotation` is None where the source has no text or none of its passages supports the claim;
    `reason` says which. `score`, 0 to 1, is that of the best passage, None without a text.
    """

    key: str
    start: int
    end: int
    claim: str
    reference: str
    inherited: bool
    score: float | None
    quotation: Quotation | None
    reason: str | None

    def to_json(self) -> dict[str, Any]:
        """The row as `footnote sources follow --json` prints it."""
        return {
            "claim": self.claim,
            "start": self.start,
            "end": self.end,
            "key": self.key,
            "reference": self.reference,
            "inherited": self.inherited,
            "supported": self.quotation is not None,
            "score": None if self.score is None else round(self.score, 4),
            "reason": self.reason,
            "quote": None if self.quotation is None else self.quotation.to_json(),
        }


def searched_claim(document: Document, claim: Span, references: list[Span]) -> str:
    """The words of a claim without the references inside it; empty where too few are left."""
    text, at = "", claim.start
    for span in sorted(references):
        if claim.start <= span.start and span.end <= claim.end and span.start >= at:
            text += document.text[at : span.start] + " "
            at = span.end
    words = " ".join((text + document.text[at : claim.end]).split()).strip(" ,;:.")
    return words if len(re.findall(r"\w+", words)) >= _LEAST_WORDS else ""


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, without the marks between their digits."""
    return frozenset(re.sub(r"[.,]", "", found) for found in _NUMBER.findall(text))


def support(claim: str, passage: str, worth: float) -> float:
    """How far a passage supports a claim, 0 to 1: its worth, less what it lacks of the numbers.

    A passage about the same matter that holds none of the numbers of a claim does not prove it.
    """
    wanted = numbers(claim)
    held = len(wanted & numbers(passage)) / len(wanted) if wanted else 1.0
    return max(0.0, min(1.0, worth)) * (0.5 + 0.5 * held)
