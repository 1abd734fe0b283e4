"""The sources that a text names."""

from collections.abc import Mapping
from functools import lru_cache

from corpus.languages import with_spoken
from corpus.sources.registry import Source
from corpus.text.words import stems_of


def sources_named(text: str, language: str, sources: Mapping[str, Source]) -> frozenset[str]:
    """Keys of the sources of which a text holds all words of a name, in whatever order."""
    stems = {one: frozenset(stems_of(text, one)) for one in with_spoken(language)}
    return frozenset(
        key
        for key, source in sources.items()
        for name in source.aliases
        for one, held in stems.items()
        if _name_stems(name, one) and _name_stems(name, one) <= held
    )


@lru_cache(maxsize=10_000)
def _name_stems(name: str, language: str) -> frozenset[str]:
    # The names of the sources are the same at every question.
    return frozenset(stems_of(name, language))
