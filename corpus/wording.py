"""What Footnote says to people: words by their key, in every language that it speaks."""

import csv
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

SPOKEN = ("en", "es")
"""Languages of the table, the first of which is that of the command line."""
_TABLE = Path(__file__).parent / "wording.tsv"
_ON_THE_PAGE = ".page"
"""Ending of a key whose words the page says in place of those of the command line."""


@dataclass(frozen=True)
class Message:
    """The key of some words and the values that stand in them; `str` gives them in English.

    A value may be a message or an error itself, or a sequence of values: see `Wording.fill`.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, key: str, /, **values: object) -> "Message":
        """A message from its values by name."""
        return cls(key, values)

    def __str__(self) -> str:
        return wording(SPOKEN[0]).fill(self.key, self.values)


class Wording:
    """The words of one language of `SPOKEN`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Mapping[str, str] = _table()[language]
        self._filler = _Filler(self)

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key, with the values put in. Raises KeyError for an unknown key."""
        return self._filler.vformat(self.words[key], (), values)

    def fill(self, key: str, values: Mapping[str, object]) -> str:
        """The words of a key with the values put in; the key itself where it is not in the table.

        `{names}` joins a sequence by commas, `{names:and}` and `{names:or}` put that word of the
        language before the last. Messages and errors among the values are said in the same
        language. Other format specifications are those of `str.format`.
        """
        words = self.words.get(key)
        return key if words is None else self._filler.vformat(words, (), values)

    def say(self, said: object) -> str:
        """A message or an error in the words of the page; text of any other kind as it is."""
        message = getattr(said, "message", said)
        if not isinstance(message, Message):
            return str(said)
        own = f"{message.key}{_ON_THE_PAGE}"
        return self.fill(own if own in self.words else message.key, message.values)

    def count(self, key: str, number: int) -> str:
        """The words of `KEY.one` for 1, of `KEY.many` for others."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=number)

    def named(self, kind: str, name: str) -> str:
        """The word for a type of source (`type`), a language (`lang`), a field of a record."""
        return self.words.get(f"{kind}.{name}", name)

    def joined(self, values: Sequence[object], word: str = "") -> str:
        """A list apart by commas, with the word `and` or `or` of the language before its last."""
        said = [self.say(one) for one in values]
        if not word or len(said) < 2:
            return ", ".join(said)
        return f"{', '.join(said[:-1])} {self.words[word]} {said[-1]}"


class _Filler(string.Formatter):
    """`str.format` that knows messages and sequences, see `Wording.fill`."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, (list, tuple, set, frozenset)):
            ordered = value if isinstance(value, (list, tuple)) else sorted(value)
            return self._wording.joined(ordered, format_spec)
        if isinstance(value, (Message, BaseException)):
            return self._wording.say(value)
        return str(super().format_field(value, format_spec))


@cache
def wording(language: str) -> Wording:
    """The words of a language of `SPOKEN`."""
    return Wording(language)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return MappingProxyType(
        {language: {row["key"]: row[language] for row in rows} for language in SPOKEN}
    )
