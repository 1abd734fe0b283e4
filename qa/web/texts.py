"""The words of the page in English and Spanish."""

import csv
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import gradio as gr

LANGUAGES = ("en", "es")
_TABLE = Path(__file__).parent / "texts.tsv"


class Texts:
    """The words of one language of `LANGUAGES`; a key that is not in the table is an error."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _table()[language]

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with the values put in. Raises KeyError for an unknown key."""
        return self._words[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """The words of `KEY.one` for 1, of `KEY.many` for others."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=number)

    def named(self, kind: str, name: str) -> str:
        """The word for a type of source (`type`), a language (`lang`), a field of a record."""
        return self._words.get(f"{kind}.{name}", name)

    def either(self, words: list[str]) -> str:
        """A list with `or` before its last word."""
        head, last = words[:-1], words[-1]
        return f"{', '.join(head)} {self('or')} {last}" if head else last


@cache
def texts_of(language: str) -> Texts:
    """The words of a language."""
    return Texts(language)


def preferred(accept_language: str | None) -> Texts:
    """The words of the first language of an `Accept-Language` header that the page speaks.

    Quality values count, as RFC 9110 section 12.5.4 has them; English where nothing fits.
    """
    wanted = []
    for number, part in enumerate((accept_language or "")[:1000].split(",")):
        name, _, quality = part.partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            wanted.append((-_quality(quality), number, language))
    rated = sorted(one for one in wanted if one[0] < 0)
    return texts_of(rated[0][2] if rated else "en")


def texts_for(request: gr.Request | None) -> Texts:
    """The words for the browser that sent a request."""
    headers = None if request is None else request.headers
    return preferred(headers.get("accept-language") if headers is not None else None)


def words_of_the_page() -> gr.I18n:
    """All words, for the parts of the page that the browser puts into its own language."""
    return gr.I18n(**{language: dict(_table()[language]) for language in LANGUAGES})


def words_of_the_script() -> str:
    """The words that the scripts of the page say, as a JSON object of languages."""
    said = {
        language: {
            key.removeprefix("js."): words
            for key, words in _table()[language].items()
            if key.startswith("js.")
        }
        for language in LANGUAGES
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}
