"""The states that a question speaks of, as the records of laws name them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "mexico": re.compile(r"\bm[eé]xic(?:o|ans?|an[oa]s?)\b", re.I),
        "united states": re.compile(
            r"\bUSA?\b|\bU\.\s?S\.|\bEE\.?\s?UU\b|(?i:\bunited states\b|(?<!latin )\bamericans?\b|"
            r"\bin america\b|\bwashington\b|\bestados unidos\b(?! mexicanos)|\bestadounidenses?\b)"
        ),
    }
)
"""State, in lower case → how people name it and what is of it."""


def named_states(text: str) -> frozenset[str]:
    """The states, in lower case, that a text names; of those that records are known to name."""
    return frozenset(state for state, pattern in _NAMES.items() if pattern.search(text))
