"""Measures of what was found and quoted; each is 0 to 1.

Ranked lists are measured by ir-measures alone, which takes most of its figures from trec_eval.
"""

import re
import string
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, R, Success, nDCG

from qa.evaluate.data.trec import Qrels, Run, scored

RANKING = (nDCG @ 10, R @ 1, R @ 5, R @ 20, Success @ 1, Success @ 5, RR @ 10, AP)
"""nDCG, recall, hit (`Success`), reciprocal rank and average precision, whose mean is MAP."""
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def ranking(qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Question → measure → figure, for every judged question.

    A question without a result counts as zero; one that judges nothing relevant has no figures.
    """
    judged = {q: dict(own) for q, own in qrels.items() if any(g > 0 for g in own.values())}
    found: dict[str, dict[str, float]] = {
        question: dict.fromkeys(map(str, RANKING), 0.0) for question in judged
    }
    ordered = {question: _ordered(own) for question, own in run.items() if question in judged}
    if judged:
        for metric in ir_measures.iter_calc(RANKING, judged, ordered):
            found[metric.query_id][str(metric.measure)] = float(metric.value)
    return found


def _ordered(found: Mapping[str, float]) -> dict[str, float]:
    """The order of trec_eval, by name backwards where scores are equal, for every measure alike."""
    return scored(sorted(found, key=lambda name: (found[name], name), reverse=True))


def ranked(grades: Mapping[str, int], found: Mapping[str, float]) -> dict[str, float]:
    """The figures of a single question, as in `ranking`."""
    return ranking({"q": dict(grades)}, {"q": dict(found)}).get("q", {})


def normalized(text: str) -> str:
    """Small letters without punctuation, English articles and doubled blanks, as SQuAD does it."""
    bare = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(text: str, answers: Iterable[str]) -> float:
    """1 where the text is one of the answers in SQuAD's normal form, else 0."""
    return float(normalized(text) in {normalized(one) for one in answers})


def token_f1(text: str, answers: Iterable[str]) -> float:
    """The best harmonic mean of precision and recall of words against an answer, as in SQuAD.

    Source: Rajpurkar et al., SQuAD: 100,000+ Questions for Machine Comprehension of Text (2016).
    """
    return max(
        (_f1(normalized(text).split(), normalized(one).split()) for one in answers), default=0.0
    )


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    common = sum((Counter(found) & Counter(wanted)).values())
    return 2 * common / (len(found) + len(wanted))


def precision(found: Collection[str], right: Collection[str]) -> float | None:
    """The share of what was found that is right; None where nothing was found."""
    own = set(found)
    return len(own & set(right)) / len(own) if own else None


def recall(found: Collection[str], right: Collection[str]) -> float | None:
    """The share of what is right that was found; None where nothing is right."""
    wanted = set(right)
    return len(set(found) & wanted) / len(wanted) if wanted else None
