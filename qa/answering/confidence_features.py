"""The features from which the confidence in a quotation is computed."""

import math
from collections.abc import Sequence

from corpus.languages import LANGUAGES
from corpus.text.numbers import numbers_of
from index.models.known_languages import Languages, knows
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
    "unknown language",
)
UNKNOWN = math.nan
"""A feature whose stage did not run."""
_MOST_MISSING = 2
_MOST_WORDS = 12


def features(
    terms: Terms,
    found: Extract,
    candidates: Sequence[Candidate],
    words: WordMatches | None,
    main_languages: Languages,
) -> tuple[float, ...]:
    """The features of an extract, in the order of `FEATURES`; NaN where a stage did not run.

    `words` are the token matches of `candidates`, a row each; `main_languages` are those that the
    main encoder knows.

    - `sentence`, `passage`: how well the best sentence and the passage match, -1 to 1;
    - `dense`, `multilingual`: cosines of the passage by the main and by the multilingual encoder;
      `multilingual words`: its match by the tokens of the multilingual one;
    - `lead`: its score less the mean of those of the other candidates;
    - `agreement`: its BM25 score as a share of the highest of all candidates, 0 to 1;
    - `coverage`, `quoted coverage`: the share of the question's telling words that the passage, or
      the quotation with its context, holds, 0 to 1;
    - `weakest word`, `mean word`: how well the tokens of the telling words are matched by the
      passage; `weakest word anywhere`: the weakest, each by the candidate that matches it best;
    - `words`: how many telling words there are, 12 at most;
    - `missing numbers`, `missing names`: how many of the question the passage lacks, 2 at most;
    - `no number`: 1 where the question asks how many and the quotation has no number of its own;
    - `foreign`: 1 where the passage is in another language than the question;
    - `unknown language`: 1 where it is in a language that the main encoder does not know.
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
        float(not knows(main_languages, candidate.language)),
    )


def _agreement(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """The BM25 score of a candidate as a share of the highest of all candidates, 0 to 1."""
    if "lexical" not in candidate.signals:
        return UNKNOWN
    most = max(one.signals.get("lexical", 0.0) for one in candidates)
    return candidate.signals["lexical"] / most if most > 0 else 0.0


def _words(terms: Terms, row: int, words: WordMatches | None) -> tuple[float, float, float]:
    """How well the tokens of the telling words are matched: weakest, mean, weakest anywhere.

    `row` is that of the passage in `words`. All are 1 where no word tells anything.
    """
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
