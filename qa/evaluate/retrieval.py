"""How well documents are found: a data set asked under several set-ups, measured by ir-measures."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from index.stages import Stages
from qa.engine import Engine
from qa.evaluate.corpora import Corpus
from qa.evaluate.datasets import Question
from qa.evaluate.trec import Qrels, Run, scored

MEASURES = (nDCG @ 10, R @ 1, R @ 5, R @ 20, RR @ 10)
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What a set-up reached: each measure, 0 to 1, by its name, for each question and their mean.

    `milliseconds` is what each question took, warm. A question without a result counts as zero.
    """

    setup: str
    run: Run
    questions: Mapping[str, Mapping[str, float]]
    means: Mapping[str, float]
    milliseconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which a share, 0 to 100, of the questions was done."""
        return float(np.percentile(self.milliseconds, share)) if self.milliseconds else 0.0


def qrels_of(questions: Sequence[Question]) -> Qrels:
    """The judgements of the questions that anything answers."""
    return {one.id: dict(one.grades) for one in questions if one.answerable}


def measured(setup: str, run: Run, qrels: Qrels, milliseconds: Sequence[float] = ()) -> Outcome:
    """The measures of a run."""
    rows: dict[str, dict[str, float]] = {question: {} for question in qrels}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        rows[metric.query_id][str(metric.measure)] = float(metric.value)
    for row in rows.values():
        for measure in MEASURES:
            row.setdefault(str(measure), 0.0)
    means = {
        str(one): float(np.mean([row[str(one)] for row in rows.values()])) if rows else 0.0
        for one in MEASURES
    }
    return Outcome(setup, run, rows, means, tuple(milliseconds))


def outcomes(
    corpus: Corpus, questions: Sequence[Question], setups: Sequence[str], tell: Tell
) -> list[Outcome]:
    """Ask the answerable questions under each set-up, a list of stages as in `Stages.named`."""
    asked = [one for one in questions if one.answerable]
    names = {key: document for document, key in corpus.keys.items()}
    found = []
    for setup in setups:
        engine = Engine.open(corpus.settings, corpus.models, stages=Stages.named(setup))
        engine.found(asked[0].text)  # the first question loads what is needed
        run: Run = {}
        times = []
        for number, question in enumerate(asked):
            tell(setup, number, len(asked))
            started = time.perf_counter()
            ranked = engine.found(question.text, question.history).ranked
            times.append((time.perf_counter() - started) * 1000)
            run[question.id] = scored(names[one.passage.source] for one in ranked)
        tell(setup, len(asked), len(asked))
        engine.close()
        found.append(measured(setup, run, qrels_of(asked), times))
    return found
