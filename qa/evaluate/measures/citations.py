"""Whether quotations answer, and whether they cite what they should."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text.documents import Span
from qa.answers import Quotation
from qa.evaluate.data.gold import answers, within
from qa.evaluate.measures.rankings import precision, recall

CITATION_SCORES = tuple(
    f"{of} {what}" for of in ("source", "pinpoint", "reference") for what in ("precision", "recall")
)


@dataclass(frozen=True)
class Right:
    """A place that answers: its source, span and pinpoint, what it says and which sources it cites.

    `pinpoint` is None where the data set tells none; `cites` is as the index reads the text.
    """

    key: str
    span: Span
    pinpoint: str | None
    words: str
    cites: frozenset[str] = frozenset()


def holds(outer: Span, inner: Span) -> bool:
    """Whether a span holds another whole."""
    return outer.start <= inner.start and inner.end <= outer.end


def hits_of(shown: Sequence[Quotation], right: Sequence[Right]) -> list[bool]:
    """Whether each quotation holds one of the places whole."""
    return [answers(one, [(place.key, place.span) for place in right]) for one in shown]


def citation_scores(shown: Sequence[Quotation], right: Sequence[Right]) -> dict[str, float | None]:
    """Precision and recall of the sources and pinpoints of all quotations, and of what the first
    one cites against what the answering sentences cite; None where there is nothing to measure.

    A pinpoint is right as in `gold.resolve`: the one that is told, or an item of it.
    """
    cited = [(one.citation.source, one.citation.pinpoint) for one in shown]
    sources, wanted = [key for key, _ in cited], [place.key for place in right]
    told = {(place.key, place.pinpoint) for place in right if place.pinpoint is not None}
    fits = {(at, place) for at in cited for place in told if _fits(at, place)}
    own = [reference.key for one in shown[:1] for reference in one.references]
    given = {key for place in right for key in place.cites}
    return {
        "source precision": precision(sources, wanted),
        "source recall": recall(sources, wanted),
        "pinpoint precision": len({at for at, _ in fits}) / len(set(cited))
        if told and cited
        else None,
        "pinpoint recall": len({place for _, place in fits}) / len(told) if told else None,
        "reference precision": precision(own, given),
        "reference recall": recall(own, given),
    }


def _fits(cited: tuple[str, str], told: tuple[str, str]) -> bool:
    return cited[0] == told[0] and within(cited[1], told[1])
