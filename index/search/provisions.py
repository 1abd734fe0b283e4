"""Articles and sections by their numbers: those that a question cites, and that of a passage."""

import re

from corpus.law.provisions import provision
from corpus.passages.passages import BETWEEN

_CITED = re.compile(
    r"(?:\b(?:art(?:[ií]culos?|icles?|s)?|sec(?:tions?|ci[oó]n(?:es)?|s)?)\b\.?|§+)\s*"
    r"(?P<numbers>\d{1,5}[a-z]?(?:\s*(?:,|and|or|y|o|to|-|–)\s*\d{1,5}[a-z]?\b)*)",
    re.I,
)
_NUMBER = re.compile(r"\d{1,5}[a-z]?", re.I)


def provisions_cited(question: str) -> frozenset[str]:
    """The numbers of articles and sections that a question cites, in lower case: `107a`."""
    return frozenset(
        number.lower()
        for found in _CITED.finditer(question)
        for number in _NUMBER.findall(found["numbers"])
    )


def provisions_of(context: str) -> frozenset[str]:
    """The numbers of the articles and sections that the context of a passage stands in."""
    opened = (provision(part) for part in context.split(BETWEEN))
    return frozenset(one.cited.split()[-1].lower() for one in opened if one)
