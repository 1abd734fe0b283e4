"""The labelled questions of the project asked of several versions of the index."""

import time
from collections.abc import Callable, Sequence

from corpus.errors import EvaluationError
from corpus.settings import Settings
from qa.engine import Engine
from qa.evaluate.asking import Asking
from qa.evaluate.costs import peak_mib
from qa.evaluate.datasets import Question
from qa.evaluate.golden import Split, labelled
from qa.evaluate.machine import machine
from qa.evaluate.outcome import Evaluation, Outcome
from qa.evaluate.recorded import Rows
from qa.evaluate.running import Tell, ask_all, silent

OpenVersion = Callable[[str], Engine]
"""Id of a version → an engine on it, which is closed after use."""
Ask = Callable[[Sequence[str], Split], tuple[list[Question], list[str]]]


def opener(settings: Settings) -> OpenVersion:
    """Engines on the versions of a data folder, with the models that each names."""
    return lambda version: Engine.open(settings, version=version)


def run_versions(
    versions: Sequence[str],
    opened: OpenVersion,
    split: Split = "measure",
    progress: Tell = silent,
    ask: Ask = labelled,
) -> Evaluation:
    """The questions of a half asked of each version, the first of which the others compare with.

    What one of the versions cannot be asked, none is; the line of what is left out says so.
    `ask` gives the questions for the documents that all versions hold. Raises EvaluationError
    where no version is named or no question is left, else as opening an index does.
    """
    if not versions:
        raise EvaluationError("no version named: choose at least one")
    started, outcomes = time.perf_counter(), []
    progress("loading the models", 0, 1)
    keys = _shared(versions, opened)
    asked, left_out = ask(sorted(keys), split)
    if not asked:
        raise EvaluationError(
            f"no question can be asked of {', '.join(versions)}: {'; '.join(left_out) or 'none'}"
        )
    for version in versions:
        engine = opened(version)
        try:
            model = engine.models.main.name
            cases = tuple(ask_all(Asking(engine), version, version, asked, progress, Rows()))
            outcomes.append(Outcome(version, "all", cases, peak_mib(), model, version))
        finally:
            engine.close()
    took = time.perf_counter() - started
    about = {"split": split}
    return Evaluation(
        f"gold, half {split}",
        len(keys),
        tuple(outcomes),
        tuple(left_out),
        machine(),
        took,
        about,
    )


def _shared(versions: Sequence[str], opened: OpenVersion) -> frozenset[str]:
    shared: frozenset[str] | None = None
    for version in versions:
        engine = opened(version)
        own = frozenset(engine.keys)
        engine.close()
        shared = own if shared is None else shared & own
    return shared or frozenset()
