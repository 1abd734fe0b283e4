"""A reference followed: the passage of the cited source that says what the claim says."""

import re
from collections.abc import Sequence

from corpus.sources.library import NO_LIBRARY, Library
from corpus.text.documents import Document, Span
from corpus.text.numbers import numbers_of
from corpus.wording import Message
from index.search.search import Index
from index.search.weights import WEIGHTS
from qa.answering.extracts import extract
from qa.answering.quotations import Quoting
from qa.answers import CitedReference, Followed, Quotation
from qa.question.understand import understood

NONE_SUPPORTS = Message.of("cited.none")
NO_TEXT = Message.of("cited.notext")
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


def support(wanted: frozenset[str], held: frozenset[str], worth: float) -> float:
    """How far a passage supports a claim, 0 to 1: its worth, less what it lacks of the numbers.

    `wanted` are the numbers of the claim, `held` those of the passage, in the form of `numbers_of`.
    A passage about the same matter that holds none of the numbers of a claim does not prove it.
    """
    share = len(wanted & held) / len(wanted) if wanted else 1.0
    return max(0.0, min(1.0, worth)) * (0.5 + 0.5 * share)


class Following:
    """Follows the references of one version of the index."""

    def __init__(self, index: Index, quoting: Quoting, library: Library = NO_LIBRARY) -> None:
        self._index, self._quoting, self._library = index, quoting, library

    def follow(self, key: str, spans: Sequence[Span]) -> tuple[Followed, ...]:
        """What the sources that spans of a document cite say to each, each source once a span.

        Raises DocumentError for a document that is not indexed.
        """
        document = self._index.document(key)
        return tuple(
            self._followed(document, span, cited)
            for span in spans
            for cited in self._quoting.references(document, span)
        )

    def follow_all(self, key: str) -> tuple[Followed, ...]:
        """Every sentence of a document that cites sources, with what they say to it, in order."""
        return self.follow(key, self._index.sentences(key))

    def _followed(self, document: Document, span: Span, cited: CitedReference) -> Followed:
        own = [one.span for one in self._index.references(document.key, span)]
        claim = searched_claim(document, span, own)
        score, quotation, reason = None, None, NO_TEXT
        if cited.key in self._index.keys:
            score, quotation = self._support(claim, cited.key) if claim else (0.0, None)
            reason = NONE_SUPPORTS
        return Followed(
            key=cited.key,
            start=span.start,
            end=span.end,
            claim=document.cut(span),
            reference=cited.text,
            inherited=cited.inherited,
            score=score,
            quotation=quotation,
            reason=None if quotation else reason,
        )

    def _support(self, claim: str, key: str) -> tuple[float, Quotation | None]:
        query = understood(claim, {}, library=self._library)
        candidates = self._index.candidates(query, WEIGHTS.claim_passages, [key])
        # A claim on `both countries` is proven by `the two countries`, and the other way round.
        wanted = numbers_of(claim, query.language, numerals=False)
        scored = []
        for one in extract(candidates):
            held = numbers_of(one.passage.text, one.candidate.language)
            scored.append((support(wanted, held, one.match), one))
        if not scored:
            return 0.0, None
        score, best = max(scored, key=lambda pair: pair[0])
        return score, self._quoting.quote(best, score) if score >= WEIGHTS.claim_support else None
