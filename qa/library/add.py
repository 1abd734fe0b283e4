"""Texts that a user adds: the record of one, and the file brought into the library."""

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError
from corpus.readers import read_document
from corpus.settings import Settings
from corpus.sources.registry import Source, source_from_record
from corpus.sources.user_library import place_text, write_record


def new_record(  # noqa: PLR0913
    known: Mapping[str, Source],
    *,
    title: str,
    authors: Sequence[str],
    year: int | None,
    key: str | None,
    language: str,
    kind: str,
) -> dict[str, Any]:
    """A CSL-JSON record, not yet checked; an author is `Family, Given` or the name of a body.

    Without a key it is made of author and year, and a letter where that one is taken, as in
    `roe2011b`. Raises LibraryError where a source of that title is there already.
    """
    names = [_name(one) for one in authors]
    same = [one.key for one in known.values() if _plain(one.title) == _plain(title)]
    if key is None and same:
        raise LibraryError("source.known", title=title, key=same[0])
    record: dict[str, Any] = {
        "id": key or _free(_key(names, title, year), known),
        "type": kind,
        "title": title,
        "author": names,
        "language": language,
    }
    if year is not None:
        record["issued"] = {"date-parts": [[year]]}
    return record


def add_file(settings: Settings, file: Path, record: dict[str, Any]) -> Source:
    """Bring a file into the library under a record; it is read first.

    Raises DocumentError where it cannot be read, LibraryError for a record that will not do.
    """
    source = source_from_record(record)
    read_document(source.key, file, source.language)
    write_record(settings.library, record)
    place_text(file, settings.library, source.key)
    return source


def add_text(settings: Settings, file: Path, source: Source) -> Source:
    """Bring a file into the library as the text of a source that it knows; it is read first.

    Raises DocumentError where it cannot be read.
    """
    read_document(source.key, file, source.language)
    place_text(file, settings.library, source.key)
    return source


def _free(key: str, known: Mapping[str, Source]) -> str:
    letters = ("", *string.ascii_lowercase[1:])
    return next((f"{key}{one}" for one in letters if f"{key}{one}" not in known), key)


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    if not comma:
        return {"literal": author.strip()}
    name = {"family": family.strip(), "given": given.strip()}
    return {part: words for part, words in name.items() if words}


def _key(names: Sequence[Mapping[str, str]], title: str, year: int | None) -> str:
    first = (names[0].get("family") or names[0].get("literal") or "") if names else title
    words = re.sub(r"[^a-z0-9 ]", "", _plain(first)).split() or ["source"]
    stem = words[0] if words[0][0].isalpha() else f"s{words[0]}"
    return f"{stem[:40]}{year or ''}"


def _plain(words: str) -> str:
    """Lower case without accents, so that “Álvarez” gives `alvarez`."""
    decomposed = unicodedata.normalize("NFD", words.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
