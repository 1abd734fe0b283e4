"""What Footnote says to people: words by their key, in every language that it speaks."""

import csv
import re
import string
from collections.abc import Iterable, Mapping, Sequence
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
_LIST_WORDS = {
    "and": re.compile(r"\W*h?[ií](?![aeáé])", re.I),
    "or": re.compile(r"\W*(?:h?[oó]|8|11\b)", re.I),
}
"""Words before the last of a list, and before which sound their other form (`and.i`) stands: in
Spanish `y` becomes `e` before the sound of i, `o` becomes `u` before that of o (Real Academia
Española, “Ortografía de la lengua española”, 2010)."""


@dataclass(frozen=True)
class Message:
    """The key of some words and the values that stand in them; `str` gives them in English.

    A value may be a message or an error itself, or a sequence of values: see `Wording.fill`. Text
    that has no key is a message whose key is that text.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, key: str, /, **values: object) -> "Message":
        """A message from its values by name."""
        return cls(key, values)

    @classmethod
    def counted(cls, key: str, n: int, /, **values: object) -> "Message":
        """The message `KEY.one` for 1, `KEY.many` for others; the number is its value `n`."""
        return cls(f"{key}.{'one' if n == 1 else 'many'}", {"n": n, **values})

    @classmethod
    def restored(cls, stored: object) -> "Message":
        """The message that `stored` made JSON of; what is no such object is taken as text."""
        if isinstance(stored, Mapping) and isinstance(stored.get("key"), str):
            values = stored.get("values")
            known = values if isinstance(values, Mapping) else {}
            return cls(stored["key"], {str(name): _restored(one) for name, one in known.items()})
        return cls(str(stored))

    def stored(self) -> dict[str, Any] | str:
        """Key and values for a file of JSON, from which any language can be said later.

        Paths and other objects become their text. A message without values is its key alone.
        """
        if not self.values:
            return self.key
        return {
            "key": self.key,
            "values": {name: _stored(value) for name, value in self.values.items()},
        }

    def __str__(self) -> str:
        return wording(SPOKEN[0]).fill(self.key, self.values)


def _stored(value: object) -> object:
    message = getattr(value, "message", value)
    if isinstance(message, Message):
        return message.stored() if message.values else {"key": message.key}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_stored(one) for one in _ordered(value)]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _restored(value: object) -> object:
    if isinstance(value, Mapping):
        return Message.restored(value)
    return [_restored(one) for one in value] if isinstance(value, list) else value


def _ordered(values: Iterable[object]) -> Sequence[object]:
    return values if isinstance(values, (list, tuple)) else sorted(values, key=str)


class Wording:
    """The words of one language of `SPOKEN`.

    Calling it gives the words of a key for the page: of `KEY.page` where the table has that.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Mapping[str, str] = _table()[language]
        self._line, self._page = _Filler(self, page=False), _Filler(self, page=True)

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key, with the values put in. Raises KeyError for an unknown key."""
        own = f"{key}{_ON_THE_PAGE}"
        return self._page.vformat(self.words[own if own in self.words else key], (), values)

    def fill(self, key: str, values: Mapping[str, object]) -> str:
        """The words of a key for the command line, with the values put in.

        `{names}` joins a sequence by commas, `{names:;}` by semicolons; `{names:and}` and
        `{names:or}` put that word of the language before the last. Messages and errors among the
        values are said in the same language. Other format specifications are those of
        `str.format`. Text of values is never read as a template. A key that is not in the table is
        given as it is, and so is one whose values do not fit its words, with the values.
        """
        return self._filled(key, values, self._line)

    def say(self, said: object) -> str:
        """A message or an error in the words of the page; text of any other kind as it is."""
        message = getattr(said, "message", said)
        if not isinstance(message, Message):
            return str(said)
        own = f"{message.key}{_ON_THE_PAGE}"
        return self._filled(own if own in self.words else message.key, message.values, self._page)

    def count(self, key: str, number: int) -> str:
        """The words of `KEY.one` for 1, of `KEY.many` for others."""
        return self.say(Message.counted(key, number))

    def named(self, kind: str, name: str) -> str:
        """The word for a type of source (`type`), a language (`lang`), a field of a record."""
        return self.words.get(f"{kind}.{name}", name)

    def joined(self, values: Sequence[object], word: str = "") -> str:
        """A list apart by commas, with the word `and` or `or` of the language before its last.

        For the word `;` it is apart by semicolons.
        """
        return self._page.joined(values, word)

    def _filled(self, key: str, values: Mapping[str, object], filler: "_Filler") -> str:
        words = self.words.get(key)
        if words is None:
            return key
        try:
            return filler.vformat(words, (), values)
        except (KeyError, ValueError, TypeError):  # values that another version stored
            return f"{key} {dict(values)}"


class _Filler(string.Formatter):
    """`str.format` that knows messages and sequences, see `Wording.fill`."""

    def __init__(self, wording: Wording, *, page: bool) -> None:
        self._wording, self._for_page = wording, page

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.joined(_ordered(value), format_spec)
        if isinstance(value, (Message, BaseException)):
            return self._said(value)
        return str(super().format_field(value, format_spec))

    def joined(self, values: Sequence[object], word: str) -> str:
        """See `Wording.joined`."""
        said = [self._said(one) for one in values]
        if word not in _LIST_WORDS or len(said) < 2:
            return "; ".join(said) if word == ";" else ", ".join(said)
        own = (
            f"{word}.{'i' if word == 'and' else 'o'}" if _LIST_WORDS[word].match(said[-1]) else word
        )
        return f"{', '.join(said[:-1])} {self._wording.words[own]} {said[-1]}"

    def _said(self, value: object) -> str:
        if self._for_page:
            return self._wording.say(value)
        message = getattr(value, "message", value)
        if isinstance(message, Message):
            return self._wording.fill(message.key, message.values)
        return str(value)


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
