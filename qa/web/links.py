"""Links from a quotation to its place in a source; what comes back from a browser is checked."""

import re
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.csl import KEY_PATTERN
from corpus.documents import Document, Span
from corpus.errors import DocumentError

_VERSION_PATTERN = r"^[A-Za-z0-9-]{1,80}$"


class QuotationLink(NamedTuple):
    """Version, key of the source, and offsets in its document."""

    version: str
    key: str
    start: int
    end: int

    @property
    def href(self) -> str:
        """The fragment that names the quotation, `#q/VERSION/KEY/START/END`."""
        for value, pattern in ((self.version, _VERSION_PATTERN), (self.key, KEY_PATTERN)):
            if not re.fullmatch(pattern, value):
                raise ValueError(f"{value!r} cannot stand in a link; expected {pattern}")
        return f"#q/{self.version}/{self.key}/{self.start}/{self.end}"


class OpenRequest(BaseModel):
    """What the page asks for when a reader clicks a link; `n` numbers the clicks."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    version: Annotated[str, StringConstraints(pattern=_VERSION_PATTERN)]
    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    n: int = Field(ge=0, le=10**9)


def read_request(value: Any) -> OpenRequest:
    """The request in a value from the browser. Raises DocumentError for anything else."""
    try:
        return OpenRequest.model_validate(value)
    except ValidationError:
        raise DocumentError("This link names no quotation: ask again.") from None


def span_in(document: Document, request: OpenRequest) -> Span:
    """The span that a request names. Raises DocumentError where the document has none such."""
    if not request.start < request.end <= len(document.text):
        raise DocumentError("This link names no place in the source: ask again.")
    return Span(request.start, request.end)
