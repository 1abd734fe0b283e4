"""A reference followed: the passage of the cited source that says what the claim says."""

import re

from corpus.text.documents import Document, Span

SUPPORT = 0.65
"""Worth from which on a passage counts as support; set by reading claims, not fitted."""
NONE_SUPPORTS = "No passage of the cited source says this closely enough to count as support."
NO_TEXT = "The text of the cited source is not in the index."
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_LEAST_WORDS = 3


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
