"""What a question gives: an answer of quotations with citations, or a refusal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.text.documents import Span
from corpus.wording import Message

Field = Literal["author", "title", "date", "about", "cites", "length", "language"]
Certainty = Literal["sure", "unsure", "refused"]
"""What becomes of a question: an answer to rely on, passages that may answer, or neither."""


@dataclass(frozen=True)
class CitedReference:
    """A citation that stands inside a quotation and points to another source.

    `inherited` is true where an earlier sentence of the paragraph makes it.
    """

    key: str
    text: str
    inherited: bool
    reference: str
    url: str | None


@dataclass(frozen=True)
class QuotedPassage:
    """The passage that a quotation was cut from, with its offsets in the document."""

    id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Citation:
    """Where a quotation stands: source, section, page, pinpoint and the reference to print."""

    source: str
    section: tuple[str, ...]
    page: str | None
    pinpoint: str
    reference: str
    url: str | None


@dataclass(frozen=True)
class Twin:
    """Another place that says what a quotation says, in the same or nearly the same words."""

    text: str
    start: int
    end: int
    citation: Citation

    def to_json(self) -> dict[str, Any]:
        """The place as it stands in the object of its quotation."""
        cited = self.citation
        return {
            "text": self.text,
            "source": cited.source,
            "start": self.start,
            "end": self.end,
            "pinpoint": cited.pinpoint,
            "page": cited.page,
            "reference": cited.reference,
        }


@dataclass(frozen=True)
class AnswerWords:
    """The words of a quotation that a reader holds for the answer: `document.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Quotation:
    """Whole sentences of one passage, word for word.

    `document.text[start:end] == text`; `score` is the probability, 0 to 1, that it answers;
    `strong` are the sentences of it that answer, by their offsets in the document, `answer` the
    words among them, None where no reader named any; `also` the other places that say the same.
    """

    text: str
    start: int
    end: int
    language: str
    score: float
    passage: QuotedPassage
    citation: Citation
    references: tuple[CitedReference, ...] = ()
    strong: tuple[Span, ...] = ()
    also: tuple[Twin, ...] = ()
    answer: AnswerWords | None = None

    def to_json(self) -> dict[str, Any]:
        """The quotation as the object that `footnote ask --json` prints."""
        cited = self.citation
        return {
            "text": self.text,
            "source": cited.source,
            "start": self.start,
            "end": self.end,
            "strong": [list(span) for span in self.strong],
            "answer": None if self.answer is None else asdict(self.answer),
            "section": list(cited.section),
            "page": cited.page,
            "pinpoint": cited.pinpoint,
            "language": self.language,
            "score": round(self.score, 4),
            "passage": asdict(self.passage),
            "reference": cited.reference,
            "url": cited.url,
            "references": [asdict(reference) for reference in self.references],
            "also": [twin.to_json() for twin in self.also],
        }


@dataclass(frozen=True)
class Fact:
    """What a record, not a text, says of a source: marked as such wherever it is shown.

    `value` is as data have it; `message` has words for it where readers need them in theirs.
    """

    field: Field
    value: str
    source: str
    message: Message | None = None

    @property
    def said(self) -> Message | str:
        """The value for `Wording.say`."""
        return self.message or self.value

    def to_json(self) -> dict[str, str]:
        """The fact as an object of `footnote ask --json`."""
        return {"field": self.field, "value": self.value, "source": self.source}


@dataclass(frozen=True)
class Answer:
    """Quotations in order of worth, or a refusal with its reason and the closest passages.

    `confidence` is 0 to 1, the highest calibrated probability that one of them answers. `certainty`
    is `sure` where the first one is likely enough to be relied on; the quotations of an answer that
    is `unsure` may answer and are to be shown as such. There are quotations or facts exactly where
    it is not `refused`, and a reason exactly where it is; what a record says is `sure`. `searched`
    is the question as it was searched, `parts` are the stages of the search that ran, `about` what
    the record of a source says where the question is on the source itself: no quotation.
    `calibrated` is false where the library has no calibration of its own, so that `confidence` and
    scores are no probabilities; `warning` says why the answer may be worse than it should (the
    reader cannot be had, the confidence was fitted to another model or to other inputs), None where
    nothing is known to be wrong.
    """

    question: str
    searched: str
    confidence: float
    certainty: Certainty
    reason: Message | None
    quotes: tuple[Quotation, ...]
    closest: tuple[Quotation, ...]
    index_version: str
    elapsed_ms: float
    parts: tuple[str, ...] = ()
    about: tuple[Fact, ...] = ()
    calibrated: bool = True
    warning: Message | None = None

    def __post_init__(self) -> None:
        if bool(self.quotes or self.about) == (self.reason is not None):
            raise ValueError("an answer has quotations or a reason for refusing, never both")
        if self.answered == (self.reason is not None):
            raise ValueError(f"an answer that is {self.certainty} has a reason for refusing or not")

    @property
    def answered(self) -> bool:
        """Whether the question is not refused: the sources answer, or may answer."""
        return self.certainty != "refused"

    def to_json(self) -> dict[str, Any]:
        """The answer as the object that `footnote ask --json` prints, without an id."""
        return {
            "question": self.question,
            "searched": self.searched,
            "answered": self.answered,
            "certainty": self.certainty,
            "confidence": round(self.confidence, 4),
            "reason": None if self.reason is None else str(self.reason),
            "quotes": _all_json(self.quotes),
            "closest": _all_json(self.closest),
            "index_version": self.index_version,
            "elapsed_ms": round(self.elapsed_ms, 1),
            "parts": list(self.parts),
            "about": [fact.to_json() for fact in self.about],
            "warning": None if self.warning is None else str(self.warning),
        }


def _all_json(quotations: Iterable[Quotation]) -> list[dict[str, Any]]:
    return [quotation.to_json() for quotation in quotations]


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
    reason: Message | None

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
            "reason": None if self.reason is None else str(self.reason),
            "quote": None if self.quotation is None else self.quotation.to_json(),
        }
