"""What a library says of itself in `library.toml`: its subject, its main document, its states."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.errors import LibraryError, reason_of, refused
from corpus.sources.csl import KEY_PATTERN
from corpus.text.words import STOPWORDS, unaccented, words_of
from corpus.wording import SPOKEN, Message

LIBRARY_FILE = "library.toml"
_Text = Annotated[str, Field(pattern=r"\S")]


def _known_language(name: str) -> str:
    if name not in SPOKEN:
        raise ValueError(Message.of("library.language", known=SPOKEN))
    return name


def _by_language(value: object) -> object:
    return {SPOKEN[0]: value} if isinstance(value, str) else value


_Spoken = Annotated[str, AfterValidator(_known_language)]
WordsByLanguage = Annotated[dict[_Spoken, _Text], BeforeValidator(_by_language)]
"""Words by language of the page; plain text counts as English."""


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in a language, else in the first that has them; empty where none has."""
    return words.get(language) or next(iter(words.values()), "")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MainDocument(_Part):
    """The document that the others belong to, since it cites them.

    `name` is what it is called in a sentence (`the article`), by language; `called` are the words
    that mean it where a question names no other text.
    """

    key: str = Field(pattern=KEY_PATTERN)
    name: WordsByLanguage = Field(min_length=1)
    called: dict[_Spoken, tuple[_Text, ...]] = {}


class NamedState(_Part):
    """A state, with the names by which questions speak of it and what is of it.

    `name` is that of the field `jurisdiction` in the records of its laws. `names` are compared
    without regard to case and accents, `written` as they stand (`US` is a state, `us` is not);
    `unless` are longer phrases in which one of the names means something else.
    """

    name: _Text
    names: tuple[_Text, ...] = Field(min_length=1)
    written: tuple[_Text, ...] = ()
    unless: tuple[_Text, ...] = ()

    def named_in(self, text: str) -> bool:
        """Whether a text names the state or what is of it."""
        plain = self._others.sub(" ", unaccented(text)) if self.unless else unaccented(text)
        return bool(self._plain.search(plain) or (self.written and self._exact.search(text)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The single words of all names, in lower case without accents, function words left out."""
        stop = frozenset().union(*STOPWORDS.values())
        plain = {unaccented(word) for name in self.names for word in words_of(name)} - stop
        exact = {unaccented(word) for name in self.written for word in words_of(name)}
        return frozenset(plain | {word for word in exact if len(word) > 1})

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return _any_of(map(unaccented, self.names))

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return _any_of(map(unaccented, self.unless))

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return _any_of(self.written)


class GoldFile(_Part):
    """A file of labelled questions below `gold/` and what they are asked of.

    `group` names those without a history in reports, `follow_ups` the others. With `sources` they
    are asked of these alone; without, of all, where every source that answers one is indexed.
    """

    file: _Text
    group: _Text
    follow_ups: _Text = "follow-ups"
    sources: tuple[str, ...] = ()


class LibraryFile(_Part):
    """The file `library.toml`; a field that is missing turns off what needs it.

    `name` and `about` say what the library is and what it is about, in a few words and in one
    sentence; `examples` are questions to begin with, by language; `generic` are words that say
    what kind of text is meant, and that no passage need hold to answer.
    """

    name: WordsByLanguage = {}
    about: WordsByLanguage = {}
    main: MainDocument | None = None
    examples: dict[_Spoken, tuple[_Text, ...]] = {}
    generic: tuple[_Text, ...] = ()
    states: tuple[NamedState, ...] = ()
    gold: tuple[GoldFile, ...] = ()


def read_library_file(path: Path | None) -> LibraryFile:
    """What the file says, nothing where it is None. Raises LibraryError where it is not right."""
    if path is None:
        return LibraryFile()
    try:
        return LibraryFile(**tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        place, reason, _ = refused(error)
        raise LibraryError("library.field", file=path, field=place, why=reason) from None
    except (OSError, ValueError) as error:
        raise LibraryError("library.unreadable", file=path, why=reason_of(error)) from None


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One of the phrases as whole words, with any white space between them."""
    parts = []
    for phrase in phrases:
        words = r"\s+".join(map(re.escape, phrase.split()))
        parts.append(rf"(?<!\w){words}" + (r"(?!\w)" if phrase[-1].isalnum() else ""))
    return re.compile("|".join(parts))
