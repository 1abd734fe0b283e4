"""The features from which the confidence in a quotation is computed."""

import math
from collections.abc import Sequence

from corpus.languages import LANGUAGES
from corpus.text.numbers import numbers_of
from index.models.known_languages import Languages, knows
from index.search.query import Candidate
from qa.answering.extracts import Extract
from qa.answering.reading import READ
from qa.question.terms import Terms

FEATURES = (
    "reader",
    "multilingual",
    "missing numbers",
    "missing names",
    "no number",
)
UNKNOWN = math.nan
"""A feature whose stage did not run."""
READER = FEATURES.index("reader")
"""The place of the logit of the reader among the features."""
_MOST_MISSING = 2


def features(
    terms: Terms, found: Extract, candidates: Sequence[Candidate], languages: Languages
) -> tuple[float, ...]:
    """The features of an extract, in the order of `FEATURES`; NaN where a stage did not run.

    `languages` are those that the reader knows.

    - `reader`: the logit of the reader. A passage that it left unread beside others which it read
      is taken for no likelier than the least likely of them, and for no likelier than not. NaN
      where nothing was read, or the reader does not know the language of the passage;
    - `multilingual`: cosine of the passage by the multilingual encoder;
    - `missing numbers`, `missing names`: how many of the question the passage lacks, 2 at most;
    - `no number`: 1 where the question asks how many and the quotation has no number of its own.

    How many words of the question a passage holds is none of them: near misses hold them all.
    """
    candidate = found.candidate
    return (
        _logit(candidate, candidates, languages),
        candidate.signals.get("multilingual", UNKNOWN),
        float(min(_MOST_MISSING, len(terms.missing_numbers(candidate)))),
        float(min(_MOST_MISSING, len(terms.missing_names(candidate)))),
        float(_lacks_number(terms, found.text, candidate.language)),
    )


def _logit(candidate: Candidate, candidates: Sequence[Candidate], languages: Languages) -> float:
    if READ in candidate.signals:
        return candidate.signals[READ]
    read = [one.signals[READ] for one in candidates if READ in one.signals]
    if not read or not knows(languages, candidate.language):
        return UNKNOWN
    return min(0.0, *read)


def _lacks_number(terms: Terms, quoted: str, language: str) -> bool:
    """Whether the question asks how many and the quotation has no number but those it names."""
    counting = LANGUAGES[terms.query.language].counting
    asked = counting.search(terms.query.text) is not None
    return asked and not numbers_of(quoted, language) - terms.numbers
