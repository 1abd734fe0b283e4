"""Links of the page, all of them fragments; what comes back from a browser is checked."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.errors import DocumentError
from corpus.sources.csl import KEY_PATTERN
from corpus.text.documents import Document, Span
from qa.question.filters import Filter
from qa.request import Request

_VERSION_PATTERN = r"^[A-Za-z0-9-]{1,80}$"
_MOST_LINK = 200_000
_Version = Annotated[str, StringConstraints(pattern=_VERSION_PATTERN)]
_Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
_Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]{0,39}$")]
_Offset = Annotated[int, Field(ge=0)]
_Year = Annotated[int, Field(ge=0, le=9999)]


class QuotationLink(NamedTuple):
    """Version, key of the source, and offsets in its document.

    `strong` are the answering sentences among the words, `cited` the source that is asked what it
    says to them.
    """

    version: str
    key: str
    start: int
    end: int
    strong: tuple[Span, ...] = ()
    cited: str | None = None

    @property
    def href(self) -> str:
        """The fragment, `#q/VERSION/KEY/START/END` and `/A-B,C-D` for the strong sentences.

        With a cited source `#c/VERSION/KEY/START/END/CITED`.
        """
        keys = [self.key] if self.cited is None else [self.key, self.cited]
        for value, pattern in ((self.version, _VERSION_PATTERN), *((k, KEY_PATTERN) for k in keys)):
            if not re.fullmatch(pattern, value):
                raise ValueError(f"{value!r} cannot stand in a link; expected {pattern}")
        place = f"{self.version}/{self.key}/{self.start}/{self.end}"
        if self.cited is not None:
            return f"#c/{place}/{self.cited}"
        strong = ",".join(f"{span.start}-{span.end}" for span in self.strong)
        return f"#q/{place}/{strong}" if strong else f"#q/{place}"


class PlaceRequest(BaseModel):
    """A place that the browser names: version, key of the source, offsets in its document."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    version: _Version
    key: _Key
    start: _Offset
    end: _Offset


class OpenRequest(PlaceRequest):
    """What the page asks for when a reader clicks a link; `n` numbers the clicks."""

    n: int = Field(ge=0, le=10**9)
    strong: list[tuple[_Offset, _Offset]] = Field(default=[], max_length=200)
    cited: _Key | None = None

    @property
    def strong_spans(self) -> tuple[Span, ...]:
        """The strong sentences, in order."""
        return tuple(Span(start, end) for start, end in sorted(self.strong))


def read_request(value: Any) -> OpenRequest:
    """The request in a value from the browser. Raises DocumentError for anything else."""
    try:
        if isinstance(value, dict) and isinstance(value.get("strong"), list):
            value = value | {"strong": [tuple(one) for one in value["strong"]]}
        return OpenRequest.model_validate(value)
    except (ValidationError, TypeError):
        raise DocumentError("link.no-quotation") from None


def span_in(document: Document, request: OpenRequest) -> Span:
    """The span that a request names. Raises DocumentError where the document has none such."""
    if not request.start < request.end <= len(document.text):
        raise DocumentError("link.no-place")
    return Span(request.start, request.end)


class AskLink(BaseModel):
    """A question with all that its answer depends on: a link that restores the answer.

    `history` are the earlier questions of the chat, `typed` says that the words are searched as
    they are, `off` are the sources that are not asked, the rest are those of
    `qa.question.filters.Filter`. Without a version the one in use answers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    version: _Version | None = None
    history: tuple[str, ...] = ()
    typed: bool = False
    off: tuple[_Key, ...] = ()
    types: tuple[_Kind, ...] = ()
    first: _Year | None = None
    last: _Year | None = None
    languages: tuple[_Kind, ...] = ()

    @property
    def href(self) -> str:
        """The fragment, `#ask?question=…&version=…`; fields that hold nothing are left out."""
        fields = self.model_dump(exclude_defaults=True)
        if self.typed:
            fields["typed"] = "1"
        return "#ask?" + urlencode(fields, doseq=True, quote_via=quote)

    def request(self, keys: Iterable[str]) -> Request:
        """The question as an engine takes it; `keys` are those of all indexed sources.

        Raises QuestionError where the years end before they begin.
        """
        # Sources that were added since are on; all on means those of the version that is asked.
        on = frozenset(keys) - frozenset(self.off) if self.off else None
        years = [f"{year:04}" if year is not None else "" for year in (self.first, self.last)]
        filters = Filter.of(self.types, "-".join(years) if any(years) else None, self.languages)
        return Request(self.question, self.history, on, filters, self.typed, self.version)


def read_ask_link(fragment: Any) -> AskLink:
    """The question in a fragment from the browser. Raises DocumentError for anything else."""
    wrong = DocumentError("link.no-question")
    if not isinstance(fragment, str) or not fragment.startswith("#ask?"):
        raise wrong
    if len(fragment) > _MOST_LINK:
        raise wrong
    try:
        given = parse_qs(
            fragment.removeprefix("#ask?"), strict_parsing=True, errors="strict", max_num_fields=500
        )
        many = ("history", "off", "types", "languages")
        fields = {name: values if name in many else values[-1] for name, values in given.items()}
        return AskLink.model_validate(fields)
    except ValueError:  # pydantic's ValidationError is one
        raise wrong from None
