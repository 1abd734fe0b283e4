"""What Footnote reads of a CSL-JSON record, and what it refuses."""

import re
import unicodedata
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from corpus.wording import Message

KEY_PATTERN = r"^[a-z][a-z0-9_-]{0,63}$"
TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture musical_score "
    "pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis treaty "
    "webpage".split()
)
"""The types of CSL 1.0.2."""


def _one_line(text: str) -> str:
    if not text.strip() or any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in text):
        raise ValueError(Message.of("record.one-line"))
    return text


def _web_address(text: str) -> str:
    # Other schemes (javascript:, file:) must never reach a link that a reader clicks.
    if not re.fullmatch(r"[!-~\u00a1-\U0010ffff]+", text):
        raise ValueError(Message.of("record.no-blanks"))
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(Message.of("record.web-address"))
    return text


def _known_type(text: str) -> str:
    if text not in TYPES:
        raise ValueError(Message.of("record.type"))
    return text


def _date_parts(value: object) -> object:
    if not isinstance(value, list) or not 1 <= len(value) <= 2 or not all(map(_is_date, value)):
        raise ValueError(Message.of("record.date"))
    return value


def _is_date(parts: object) -> bool:
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return False
    # Reference managers write the numbers as strings, too.
    if not all(type(p) is int or re.fullmatch(r"-?[0-9]{1,4}", str(p)) for p in parts):
        return False
    limits = ((-9999, 9999), (1, 12), (1, 31))
    return all(low <= int(p) <= high for p, (low, high) in zip(parts, limits, strict=False))


_Line = Annotated[str, AfterValidator(_one_line)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True, validate_by_alias=True)


class PersonName(_Model):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: _Line | None = None
    given: _Line | None = None
    literal: _Line | None = None


def _a_name(name: PersonName) -> PersonName:
    if name.family is None and name.literal is None:
        raise ValueError(Message.of("record.name"))
    return name


class CslDate(_Model):
    """A date as numbers or in words; one without either is unknown."""

    date_parts: Annotated[Any, BeforeValidator(_date_parts)] = Field(
        default=None, alias="date-parts"
    )
    literal: _Line | None = None

    @property
    def year(self) -> int | None:
        """The year in which it begins."""
        return None if self.date_parts is None else int(self.date_parts[0][0])


_Names = list[Annotated[PersonName, AfterValidator(_a_name)]]


class CslRecord(_Model):
    """What Footnote reads of a CSL-JSON record; other fields are kept as they are."""

    id: Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
    type: Annotated[str, AfterValidator(_known_type)]
    title: _Line
    title_short: _Line | None = Field(default=None, alias="title-short")
    author: _Names = []
    author_short: _Line | None = Field(default=None, alias="author-short")
    editor: _Names = []
    translator: _Names = []
    issued: CslDate = CslDate()
    accessed: CslDate = CslDate()
    year_suffix: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,2}$")] | None = Field(
        default=None, alias="year-suffix"
    )
    url: Annotated[str, AfterValidator(_web_address)] | None = Field(default=None, alias="URL")
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = (
        "en"
    )
    jurisdiction: _Line | None = None
    aliases: list[_Line] = []
    alternates: list[Annotated[str, AfterValidator(_web_address)]] = []
