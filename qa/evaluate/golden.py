"""The labelled questions asked under several set-ups: passages, quotations, refusals, times."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from sklearn.metrics import roc_auc_score

from corpus.documents import Span
from corpus.settings import Settings
from index.models import Models
from index.search import Candidate
from index.stages import Stages
from qa.engine import Engine
from qa.evaluate.calibrate import ARTICLE, ARTICLE_GOLD, FOLLOW_UPS, LIBRARY_GOLD
from qa.evaluate.gold import GoldQuestion, answers, read_gold, resolve

Split = Literal["fit", "measure"]
Tell = Callable[[str, int, int], None]
_PASSAGES = 5


@dataclass(frozen=True)
class Asked:
    """A labelled question and the sources that it is asked of; `group` is where it is reported."""

    question: GoldQuestion
    group: str
    sources: tuple[str, ...] | None


@dataclass(frozen=True)
class GoldRow:
    """What became of a question.

    `passage` is the rank of the first passage that holds an answer whole, from 1, 0 where none of
    those that were looked at does; `exact` is the share of quotations that are slices of their
    documents; `confidence` is that of the answer.
    """

    id: str
    group: str
    kind: str
    answerable: bool
    passage: int
    source: bool
    first: bool
    one_of_three: bool
    answered: bool
    confidence: float
    exact: float
    milliseconds: float


def labelled(keys: Sequence[str], split: Split = "measure") -> list[Asked]:
    """The labelled questions of a half that an index with these documents can be asked."""
    found = [
        Asked(one, "follow-ups" if one.history else "article", (ARTICLE,))
        for path in (ARTICLE_GOLD, FOLLOW_UPS)
        for one in read_gold(path)
    ]
    for path in LIBRARY_GOLD:
        questions = read_gold(path)
        if all(one.sources <= set(keys) for one in questions):
            found += [Asked(one, _group(one), None) for one in questions]
    return [one for one in found if one.question.split == split]


def _group(question: GoldQuestion) -> str:
    if question.history:
        return "follow-ups"
    return "English on Spanish" if question.kind == "english-on-spanish" else "library"


def rows(settings: Settings, models: Models, setup: str, split: Split, tell: Tell) -> list[GoldRow]:
    """Every question of a half under a set-up, a list of stages as in `Stages.named`."""
    engine = Engine.open(settings, models, stages=Stages.named(setup))
    asked = labelled(engine.keys, split)
    engine.ask(asked[0].question.question)  # loads what is needed
    found = []
    for number, one in enumerate(asked):
        tell(setup, number, len(asked))
        found.append(_row(engine, one))
    tell(setup, len(asked), len(asked))
    engine.close()
    return found


def _row(engine: Engine, asked: Asked) -> GoldRow:
    question = asked.question
    places = [(p.source, resolve(engine.indexed(p.source), p)) for p in question.answers]
    started = time.perf_counter()
    found = engine.found(question.question, question.history, asked.sources)
    answer = engine.answer(question.question, found, started)
    took = (time.perf_counter() - started) * 1000
    shown = answer.quotes or answer.closest
    right = [answers(one, places) for one in shown]
    cut = [
        engine.indexed(one.citation.source).text[one.start : one.end] == one.text for one in shown
    ]
    return GoldRow(
        id=question.id,
        group=asked.group,
        kind=question.kind,
        answerable=question.answerable,
        passage=_rank(found.ranked, places),
        source=bool(shown) and shown[0].citation.source in question.sources,
        first=bool(right) and right[0],
        one_of_three=any(right),
        answered=answer.answered,
        confidence=answer.confidence,
        exact=sum(cut) / len(cut) if cut else 1.0,
        milliseconds=took,
    )


def _rank(ranked: Sequence[Candidate], places: Sequence[tuple[str, Span]]) -> int:
    for rank, one in enumerate(ranked, 1):
        span = one.passage.span
        if any(
            key == one.passage.source and span.start <= place.start and place.end <= span.end
            for key, place in places
        ):
            return rank
    return 0


def measures(found: Sequence[GoldRow]) -> dict[str, float]:
    """What the rows come to, each 0 to 1 but for counts and milliseconds.

    Passages, sources and quotations are measured on the answerable questions, whether or not they
    were refused; what is refused, on all.
    """
    asked = [row for row in found if row.answerable]
    refused = [row for row in found if not row.answered]
    open_ = [row for row in found if not row.answerable]
    both = bool(asked) and bool(open_)
    labels, values = [row.answerable for row in found], [row.confidence for row in found]
    return {
        "answerable": len(asked),
        "unanswerable": len(open_),
        "passage@1": _mean([row.passage == 1 for row in asked]),
        f"passage@{_PASSAGES}": _mean([0 < row.passage <= _PASSAGES for row in asked]),
        "source@1": _mean([row.source for row in asked]),
        "first quotation": _mean([row.first for row in asked]),
        "one of three": _mean([row.one_of_three for row in asked]),
        "AUROC": float(roc_auc_score(labels, values)) if both else float("nan"),
        "refusals that are right": _mean([not row.answerable for row in refused]),
        "unanswerable refused": _mean([not row.answered for row in open_]),
        "answerable refused": _mean([not row.answered for row in asked]),
        "exact slices": _mean([row.exact for row in found]),
        "p50 ms": float(np.percentile([row.milliseconds for row in found], 50)),
        "p95 ms": float(np.percentile([row.milliseconds for row in found], 95)),
    }


def _mean(values: Sequence[bool | float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def to_json(row: GoldRow) -> dict[str, object]:
    """The row as an object."""
    return asdict(row)
