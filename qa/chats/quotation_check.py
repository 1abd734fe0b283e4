"""Whether the quotations of an exported chat stand in the store, word for word."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import DocumentError, IndexDamagedError, LibraryError, short_reason
from corpus.text.documents import Document
from corpus.wording import Message
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store
from qa.answers import Certainty

VerifiedState = Literal["exact", "moved", "altered", "gone"]
_EMBEDDED = re.compile(
    r'<script type="application/json" id="footnote">(?P<html>.*?)</script>'
    r"|<!-- footnote (?P<markdown>.*?) -->",
    re.S,
)
_MOST_BYTES = 50_000_000
_SHOWN = 40


class _Words(BaseModel):
    """The words of a quotation that are marked as the answer."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    text: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class _Quote(BaseModel):
    """What is read of a quotation; the rest of the object says how it was shown."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    text: str = Field(min_length=1)
    source: str = Field(max_length=64)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    answer: _Words | None = None


class _Turn(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    question: str = ""
    index_version: str = Field(max_length=80)
    certainty: Certainty | None = None
    quotes: list[_Quote] = []
    closest: list[_Quote] = []


@dataclass(frozen=True)
class Verified:
    """What became of a quotation: `state`, and in words where and what differs.

    `exact`: the document of `version` has these words at these offsets. `moved`: they stand at
    others. `altered`: the document has other words there, or those that are marked as the answer
    are others. `gone`: no such document. `certainty` is that of its answer, None in chats that were
    saved before answers told one: the words of an answer that is `unsure` may answer, those of a
    refusal only come close.
    """

    number: int
    source: str
    state: VerifiedState
    version: str
    detail: str
    certainty: Certainty | None = None

    @property
    def holds(self) -> bool:
        """Whether the words stand in the document, wherever."""
        return self.state in {"exact", "moved"}


def read_chat(path: Path) -> tuple[_Turn, ...]:
    """The answers of an exported chat: JSON, HTML, Markdown, or what `ask --json` printed.

    `-` is the standard input. Raises LibraryError for what is none of them.
    """
    text = _text(path)
    embedded = _EMBEDDED.search(text)
    if embedded is not None:
        text = embedded["html"] or embedded["markdown"]
    try:
        turns = [_Turn.model_validate(one) for one in _objects(text)]
        if not turns:
            raise ValueError(Message.of("chat.empty"))
    except (ValueError, RecursionError) as error:
        raise LibraryError("chat.no-export", path=path, reason=short_reason(error)) from None
    return tuple(turns)


def _text(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if str(path) == "-" else _bytes(path)
        if len(data) > _MOST_BYTES:
            raise LibraryError("chat.too-large", path=path)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise LibraryError("chat.not-readable", path=path, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise LibraryError("chat.not-utf8", path=path) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _objects(text: str) -> Iterator[Any]:
    """The answers in a JSON document, or one a line; those of a row that failed are left out."""
    try:
        whole = json.loads(text)
        rows = whole.get("chat", [whole]) if isinstance(whole, dict) else whole
    except ValueError:
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    if not isinstance(rows, list):
        raise ValueError(Message.of("chat.no-list"))
    for row in rows:
        if not isinstance(row, dict):
            raise ValueError(Message.of("chat.no-objects"))
        if "error" not in row:
            yield row


def verified(versions: Versions, turns: Sequence[_Turn]) -> list[Verified]:
    """Each quotation looked up in its version, or in the one in use where that is gone."""
    documents: dict[tuple[str, str], Document | None] = {}
    found = []
    number = 0
    for turn in turns:
        version = turn.index_version if turn.index_version in versions.ids() else versions.current()
        for quote in (*turn.quotes, *turn.closest):
            number += 1
            place = (version, quote.source)
            if place not in documents:
                documents[place] = _document(versions, *place)
            state, detail = _compared(quote, documents[place])
            if version != turn.index_version:
                detail = f"{detail}; version {turn.index_version} is gone, looked up in {version}"
            told = detail.lstrip("; ")
            found.append(Verified(number, quote.source, state, version, told, turn.certainty))
    return found


def _document(versions: Versions, version: str, key: str) -> Document | None:
    store = Store(versions.path(version) / STORE_FILE)
    try:
        return store.document(key)
    except (DocumentError, IndexDamagedError):
        return None
    finally:
        store.close()


def _compared(quote: _Quote, document: Document | None) -> tuple[VerifiedState, str]:
    if document is None:
        return "gone", "no such document in the index"
    there = document.text[quote.start : quote.end]
    if there == quote.text:
        return _marked(quote, quote.start) or ("exact", "")
    elsewhere = document.text.find(quote.text)
    if elsewhere >= 0:
        moved = f"stands at {elsewhere}, not at {quote.start}"
        return _marked(quote, elsewhere) or ("moved", moved)
    pairs = zip(quote.text, there, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(quote.text), len(there)))
    return "altered", (
        f"differs after {at} characters: quoted {quote.text[at : at + _SHOWN]!r}, the document has "
        f"{document.text[quote.start + at : quote.start + at + _SHOWN]!r}"
    )


def _marked(quote: _Quote, found: int) -> tuple[VerifiedState, str] | None:
    """What is wrong with the words marked as the answer of a quotation whose own words hold.

    `found` is where these begin in the document; None where nothing is wrong or marked.
    """
    words = quote.answer
    if words is None:
        return None
    begin, end = words.start - quote.start, words.end - quote.start
    if begin >= 0 and quote.text[begin:end] == words.text:
        return None
    there = quote.text[begin:end] if begin >= 0 else ""
    return "altered", (
        f"words marked as the answer at {found + begin}: given {words.text[:_SHOWN]!r}, the "
        f"quotation has {there[:_SHOWN]!r}"
    )
