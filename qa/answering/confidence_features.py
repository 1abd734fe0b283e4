"""What the confidence in a quotation is computed from."""

import math
from collections.abc import Sequence

from corpus.languages import LANGUAGES
from corpus.text.numbers import numbers_of
from index.search.query import Candidate, WordMatches
from qa.answering.extracts import Extract
from qa.question.terms import Terms

FEATURES = (
    "sentence",
    "passage",
    "dense",
    "multilingual",
    "multilingual words",
    "lead",
    "agreement",
    "coverage",
    "quoted coverage",
    "weakest word",
    "mean word",
    "weakest word anywhere",
    "words",
    "missing numbers",
    "missing names",
    "no number",
    "foreign",
    "not English",
)
UNKNOWN = math.nan
"""What a stage that did not run says."""
_MOST_MISSING = 2
_MOST_WORDS = 12


def features(
    terms: Terms, found: Extract, candidates: Sequence[Candidate], words: WordMatches | None
) -> tuple[float, ...]:
    """The features of an extract, in the order of `FEATURES`.

    How well its best sentence and its passage match; the cosines of both encoders and the tokens of
    the multilingual one; the lead of its passage over the mean of the others; whether the words
    alone would have found it (0 to 1); what passage and quotation hold of the question's words; how
    well its telling words are matched by the passage, by tokens: the weakest of them, all, and
    the weakest by whatever candidate matches it best; how many those are; how many numbers and
    names of the question the passage lacks (at most two count); whether a number is asked for and
    none is quoted; whether the passage is in another language than the question, and in another
    than English. What did not run is NaN: unknown.
    """
    candidate = found.candidate
    others = [one.score for one in candidates if one is not candidate] or [candidate.score]
    context = f"{candidate.passage.context}\n{found.text}"
    return (
        found.best,
        candidate.match,
        candidate.signals.get("dense", UNKNOWN),
        candidate.signals.get("multilingual", UNKNOWN),
        candidate.signals.get("multilingual-tokens", UNKNOWN),
        candidate.score - sum(others) / len(others),
        _agreement(candidate, candidates),
        terms.coverage(candidate),
        terms.coverage_of(context, candidate.language),
        *_words(terms, candidates.index(candidate), words),
        float(min(_MOST_WORDS, len(terms.stems))),
        float(min(_MOST_MISSING, len(terms.missing_numbers(candidate)))),
        float(min(_MOST_MISSING, len(terms.missing_names(candidate)))),
        float(_lacks_number(terms, found.text, candidate.language)),
        float(candidate.language != terms.query.language),
        float(candidate.language != "en"),
    )


def _agreement(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """What the words alone say of a candidate, 0 to 1, against the best of all by them."""
    if "lexical" not in candidate.signals:
        return UNKNOWN
    most = max(one.signals.get("lexical", 0.0) for one in candidates)
    return candidate.signals["lexical"] / most if most > 0 else 0.0


def _words(terms: Terms, row: int, words: WordMatches | None) -> tuple[float, float, float]:
    """How well the telling words are matched: the weakest, the mean, the weakest anywhere."""
    if words is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    spans = terms.spans
    tokens = [
        number
        for number, start in enumerate(words.starts)
        if any(first <= start < end for first, end in spans)
    ]
    if not tokens:
        return 1.0, 1.0, 1.0
    own = [words.found[row][number] for number in tokens]
    anywhere = min(max(one[number] for one in words.found) for number in tokens)
    return min(own), sum(own) / len(own), anywhere


def _lacks_number(terms: Terms, quoted: str, language: str) -> bool:
    """Whether the question asks how many and the quotation has no number but those it names."""
    counting = LANGUAGES[terms.query.language].counting
    asked = counting.search(terms.query.text) is not None
    return asked and not numbers_of(quoted, language) - terms.numbers
