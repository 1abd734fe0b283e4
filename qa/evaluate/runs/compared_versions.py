"""The labelled questions of a library asked of several versions of the index."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing

from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.wording import Message
from index.build.progress import Progress, silent
from index.manifest import read_manifest
from index.models.models import Models, load_models
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.evaluate.data.gold import Split
from qa.evaluate.measures.costs import peak_mib
from qa.evaluate.measures.evaluation import Evaluation, Outcome, digest_of
from qa.evaluate.measures.machine import machine
from qa.evaluate.runs.ask_all import ask_all
from qa.evaluate.runs.ask_question import MeasuredEngine
from qa.evaluate.runs.gold import QuestionChoice
from qa.evaluate.runs.rows import CaseRows

OpenVersion = Callable[[str], Engine]
"""Id of a version → an engine on it, which is closed after use."""


def opener(settings: Settings) -> OpenVersion:
    """Engines on the versions of a data folder; those of one model share it."""
    versions, loaded = Versions(settings.home), dict[str, Models]()

    def opened(version: str) -> Engine:
        name = read_manifest(versions.path(version)).model.name
        if name not in loaded:
            loaded[name] = load_models(name, settings.checked_models)
        return Engine.open(settings, loaded[name], version)

    return opened


def run_versions(
    versions: Sequence[str],
    opened: OpenVersion,
    ask: QuestionChoice,
    split: Split = "measure",
    progress: Progress = silent,
) -> Evaluation:
    """The questions of a half asked of each version, the first of which the others compare with.

    What one of the versions cannot be asked, none is; the line of what is left out says so.
    `ask` gives the questions for the documents that all versions hold. Raises EvaluationError
    where no version is named or no question is left, else as opening an index does.
    """
    if not versions:
        raise EvaluationError("evaluate.no-version")
    started, outcomes = time.perf_counter(), []
    progress(Message.of("step.models"), 0, 1)
    with ExitStack() as stack:
        engines = [stack.enter_context(closing(opened(version))) for version in versions]
        keys = frozenset.intersection(*(frozenset(engine.keys) for engine in engines))
        asked, left_out = ask(sorted(keys), split)
        if not asked:
            reasons = left_out or [Message.of("data.none")]
            raise EvaluationError("evaluate.nothing-asked", versions=versions, reasons=reasons)
        for version, engine in zip(versions, engines, strict=True):
            model = engine.models.main.name
            cases = tuple(
                ask_all(MeasuredEngine(engine), version, version, asked, progress, CaseRows())
            )
            outcomes.append(Outcome(version, "all", cases, peak_mib(), model, version))
    took = time.perf_counter() - started
    return Evaluation(
        f"gold, half {split}",
        len(keys),
        tuple(outcomes),
        tuple(left_out),
        machine(),
        took,
        digest_of(asked),
    )
