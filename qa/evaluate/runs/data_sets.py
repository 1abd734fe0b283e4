"""A data set with documents of its own asked under several set-ups."""

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import ConfigurationError
from corpus.wording import Message
from index.build.progress import Progress, silent
from index.search.stages import Stages
from qa.answering.engine import Engine
from qa.evaluate.data.datasets import DataSet, Question
from qa.evaluate.data.trec import Qrels, Run, scored
from qa.evaluate.measures.costs import peak_mib
from qa.evaluate.measures.evaluation import Evaluation, Outcome, digest_of
from qa.evaluate.measures.machine import machine
from qa.evaluate.runs.ask_all import ask_all
from qa.evaluate.runs.ask_question import MeasuredEngine
from qa.evaluate.runs.data_set_index import Corpus, IndexRecipe, indexed, key_of
from qa.evaluate.runs.rows import CaseRows, run_key, told
from qa.evaluate.runs.setups import Setup

SAMPLING_SEED = 0


def sampled(data: DataSet, count: int | None = None) -> DataSet:
    """The data set with so many of its questions, drawn with a fixed seed, in their order.

    Without places of answers only what anything answers is asked: nothing else could be measured.
    Raises ConfigurationError where no question is left.
    """
    placed = any(one.places for one in data.questions)
    asked = [one for one in data.questions if placed or one.answerable]
    notes = data.left_out
    if len(asked) < len(data.questions):
        unanswered = len(data.questions) - len(asked)
        notes += (Message.of("evaluate.unanswered", n=unanswered),)
    if count is not None and count < len(asked):
        drawn = random.Random(SAMPLING_SEED).sample(range(len(asked)), count)
        rest = len(asked) - count
        notes += (Message.of("evaluate.not-drawn", n=rest, drawn=count, seed=SAMPLING_SEED),)
        asked = [asked[number] for number in sorted(drawn)]
    if not any(one.answerable for one in asked):
        raise ConfigurationError("evaluate.no-answer", data=data.name)
    return replace(data, questions=tuple(asked), left_out=notes)


def qrels_of(questions: Iterable[Question]) -> Qrels:
    """The judgements of the questions that anything answers."""
    return {one.id: dict(one.grades) for one in questions if one.answerable}


def run_of(outcome: Outcome) -> Run:
    """The documents that each answerable question found, best first, with scores of their ranks."""
    return {case.id: scored(case.found) for case in outcome.cases if case.answerable}


def run_documents(  # noqa: PLR0913
    data: DataSet,
    setups: Sequence[Setup],
    home: Path,
    language: str = "en",
    *,
    multilingual: bool = True,
    progress: Progress = silent,
    rows: CaseRows | None = None,
) -> Evaluation:
    """The questions of a data set asked of its documents, which are indexed below `home`.

    Where places that answer are known, answers and refusals are measured, too. `multilingual` is
    false where the slower model of many languages is left out. Raises as `indexed` does.
    """
    rows, started, outcomes = rows or CaseRows(), time.perf_counter(), []
    needs = IndexRecipe.by(setups, language, multilingual=multilingual)
    # First all indexes and models, so that one that cannot be had costs no run.
    corpora = {wanted: indexed(data, home, wanted, progress) for wanted in dict.fromkeys(needs)}
    for setup, wanted in zip(setups, needs, strict=True):
        outcomes.append(_outcome(data, corpora[wanted], setup, progress, rows))
    return Evaluation(
        data.name,
        len(data.documents),
        tuple(outcomes),
        data.left_out,
        machine(),
        time.perf_counter() - started,
        digest_of(data.questions, data.documents),
    )


def _outcome(
    data: DataSet, corpus: Corpus, setup: Setup, progress: Progress, rows: CaseRows
) -> Outcome:
    engine = Engine.open(corpus.settings, corpus.models, stages=Stages.named(setup.stages))
    try:
        placed = any(one.places for one in data.questions)
        measured = MeasuredEngine(engine, key_of, answer=placed)
        names = {key: document for document, key in corpus.keys.items()}
        parts = (repr(data.questions), engine.version, setup.model_dump_json())
        made_with = (str(corpus.settings.home.name), told(corpus.settings), *engine.parts)
        key = run_key(*parts, *made_with)
        cases = tuple(ask_all(measured, key, setup.name, data.questions, progress, rows, names))
        model = corpus.models.main.name
        return Outcome(setup.name, setup.stages, cases, peak_mib(), model, engine.version)
    finally:
        engine.close()
