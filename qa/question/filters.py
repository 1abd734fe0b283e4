"""Which of the indexed sources a question is asked of: by key, type, year, language."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from corpus.errors import QuestionError
from corpus.sources.registry import Source
from corpus.wording import Message

_YEARS = re.compile(r"\s*(\d{4})?\s*(-?)\s*(\d{4})?\s*")


@dataclass(frozen=True)
class Filter:
    """What a passage must come from; an empty field asks for nothing.

    `types` are those of CSL (`treaty`, `legislation`, …), `years` the first and the last, each of
    which may be None, `languages` those of the passages, as `en`: a document may have several.
    """

    types: frozenset[str] = field(default_factory=frozenset)
    years: tuple[int | None, int | None] = (None, None)
    languages: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls, types: Collection[str] = (), years: str | None = None, languages: Collection[str] = ()
    ) -> "Filter":
        """A filter from words; `years` is one (`2017`) or a range (`2015-2018`, `2015-`, `-2018`).

        Raises QuestionError for years in another form, or a range that ends before it begins.
        """
        found = _YEARS.fullmatch(years or "")
        if found is None or (years and found[1] is None and found[3] is None):
            raise QuestionError("filter.no-years", years=str(years)[:40])
        first, last = (int(year) if year else None for year in (found[1], found[3]))
        if first is not None and not found[2]:
            last = first
        if first is not None and last is not None and last < first:
            raise QuestionError("filter.years-end", years=years, first=first, last=last)
        return cls(frozenset(types), (first, last), frozenset(languages))

    @property
    def parts(self) -> tuple[Message, ...]:
        """What it asks for in words: `of type treaty`, `from 2015 to 2018`, `in es`."""
        found = []
        if self.types:
            found.append(Message.of("only.type", what=sorted(self.types)))
        first, last = self.years
        if first is not None and last is not None:
            key = "only.of" if first == last else "only.between"
            found.append(Message(key, {"first": first, "last": last}))
        elif first is not None:
            found.append(Message.of("only.from", first=first))
        elif last is not None:
            found.append(Message.of("only.until", last=last))
        if self.languages:
            found.append(Message.of("only.language", what=sorted(self.languages)))
        return tuple(found)

    def chosen(
        self, sources: Mapping[str, Source], languages: Mapping[str, Collection[str]]
    ) -> frozenset[str]:
        """Keys of the sources that pass.

        `languages` are those of the passages of each indexed source. A source without a known year
        passes no range of years. Raises QuestionError for a type or a language that none has.
        """
        there = {key: sources[key] for key in languages}
        _check("filter.no-type", self.types, {one.type for one in there.values()})
        _check(
            "filter.no-language", self.languages, {one for own in languages.values() for one in own}
        )
        return frozenset(
            key
            for key, one in there.items()
            if (not self.types or one.type in self.types)
            and self._of_the_years(one.year)
            and (not self.languages or self.languages & set(languages[key]))
        )

    def _of_the_years(self, year: int | None) -> bool:
        first, last = self.years
        if first is None and last is None:
            return True
        return year is not None and (first or year) <= year <= (last or year)


EVERYTHING = Filter()


def _check(key: str, wanted: Collection[str], there: Collection[str]) -> None:
    unknown = sorted(set(wanted) - set(there))
    if unknown:
        raise QuestionError(key, unknown=unknown, known=sorted(there))
