"""The field's terms: words of a question in the other language, and what texts say for them."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from corpus.errors import LibraryError
from corpus.languages import LANGUAGES
from corpus.text.words import stems_of, unaccented, words_of
from corpus.wording import SPOKEN

GLOSSARY_FILE = "glossary.tsv"
THESAURUS_FILE = "thesaurus.tsv"
_LONGEST = 5

Phrase = tuple[str, ...]


class Glossary:
    """Terms in several languages, as a rule those of the page.

    `rows` have the forms of a term in each language of `columns`, of which any may be meant.
    """

    def __init__(
        self, rows: Sequence[Sequence[Sequence[str]]] = (), columns: Sequence[str] = SPOKEN
    ) -> None:
        self._rows, self._columns = rows, columns

    @classmethod
    def read(cls, path: Path | None) -> "Glossary":
        """The glossary of a file: columns apart by a tab, forms apart by `|`; None is empty.

        A first row of codes (`en`, `fr`) names the languages of the columns; without one they are
        those of the page. Raises LibraryError naming file and line of a row with other columns.
        """
        first = next(_lines(path), (0, ""))[1].split("\t")
        named = all(code in LANGUAGES for code in first)
        columns = tuple(first) if named else SPOKEN
        rows = list(_table(path, len(columns)))[named:]
        return cls([[side.split("|") for side in row] for row in rows], columns)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the glossary, in lower case without accents."""
        forms = (form for row in self._rows for side in row for form in side)
        return frozenset(unaccented(word) for form in forms for word in words_of(form))

    def translated(self, text: str, language: str) -> dict[str, list[str]]:
        """The stems of what the glossary has for the words of a text, by each other language.

        The longest term counts: `forced labor` is not looked up as `labor` again.
        """
        stems = stems_of(text, language)
        terms = self._terms.get(language, {})
        found: dict[str, list[str]] = {other: [] for other in self._columns if other != language}
        start = 0
        while start < len(stems):
            for length in range(min(_LONGEST, len(stems) - start), 0, -1):
                forms = terms.get(tuple(stems[start : start + length]))
                if forms is not None:
                    for other, words in forms.items():
                        found[other] += words
                    start += length - 1
                    break
            start += 1
        return {other: list(dict.fromkeys(words)) for other, words in found.items()}

    @cached_property
    def _terms(self) -> dict[str, dict[Phrase, dict[str, tuple[str, ...]]]]:
        """Language → stems of a term → other language → stems of all its forms there."""
        terms: dict[str, dict[Phrase, dict[str, tuple[str, ...]]]] = {
            one: {} for one in self._columns
        }
        for row in self._rows:
            sides = {
                language: [tuple(stems_of(form, language)) for form in forms]
                for language, forms in zip(self._columns, row, strict=True)
            }
            for language, phrases in sides.items():
                for phrase in phrases:
                    entry = terms[language].setdefault(phrase, {})
                    for other in sides.keys() - {language}:
                        stems = entry.get(other, ()) + sum(sides[other], ())
                        entry[other] = tuple(dict.fromkeys(stems))
        return terms


class Thesaurus:
    """What texts say where questions say otherwise, in one language.

    `rows` have a language, the words of questions, and the words of texts.
    """

    def __init__(self, rows: Sequence[tuple[str, Sequence[str], Sequence[str]]] = ()) -> None:
        self._rows = rows

    @classmethod
    def read(cls, path: Path | None) -> "Thesaurus":
        """The thesaurus of a file: three columns apart by tabs, words apart by `|`; None is empty.

        Raises LibraryError naming file and line of a row that has other columns.
        """
        rows = [(one[0], one[1].split("|"), one[2].split("|")) for one in _table(path, 3)]
        return cls(rows)

    def related(self, text: str, language: str) -> list[str]:
        """The stems of what texts say for the words of a question, in its own language."""
        stems = tuple(stems_of(text, language))
        found = [
            stem
            for phrase, others in self._terms.get(language, {}).items()
            if any(stems[at : at + len(phrase)] == phrase for at in range(len(stems)))
            for stem in others
            if stem not in stems
        ]
        return list(dict.fromkeys(found))

    @cached_property
    def _terms(self) -> dict[str, dict[Phrase, tuple[str, ...]]]:
        terms: dict[str, dict[Phrase, tuple[str, ...]]] = {}
        for language, words, others in self._rows:
            stems = tuple(s for other in others for s in stems_of(other, language))
            for word in words:
                terms.setdefault(language, {})[tuple(stems_of(word, language))] = stems
        return terms


def _table(path: Path | None, columns: int) -> Iterator[list[str]]:
    """The rows of a file of tab-separated values, without blank ones and comments (`#`)."""
    for number, line in _lines(path):
        row = line.split("\t")
        if len(row) != columns:
            raise LibraryError(
                "library.columns", file=path, line=number, found=len(row), expected=columns
            )
        yield row


def _lines(path: Path | None) -> Iterator[tuple[int, str]]:
    """The lines of a file that are neither blank nor comments, with their numbers."""
    if path is None:
        return
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError("library.unreadable", file=path, why=error) from None
    yield from (
        (number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")
    )
