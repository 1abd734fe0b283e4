"""The labelled questions of a library asked under several set-ups."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.sources.library import GOLD_FOLDER, Library
from corpus.sources.library_file import GoldFile
from corpus.wording import Message
from index.build.progress import Progress, silent
from index.models.models import load_models
from index.search.stages import Stages
from qa.answering.engine import Engine
from qa.answering.reader import OpenedReader
from qa.evaluate.data.datasets import Question, from_gold
from qa.evaluate.data.gold import GoldQuestion, Split, read_gold
from qa.evaluate.data.language_kinds import group_of_kind
from qa.evaluate.measures.costs import peak_mib
from qa.evaluate.measures.evaluation import Evaluation, Outcome, digest_of
from qa.evaluate.measures.machine import machine
from qa.evaluate.runs.ask_all import ask_all
from qa.evaluate.runs.ask_question import MeasuredEngine
from qa.evaluate.runs.rows import CaseRows, run_key, told
from qa.evaluate.runs.set_up_index import same_documents, settings_of_set_up
from qa.evaluate.runs.setups import Setup
from qa.library.indexing import model_in_use

SHIPPED = Setup(name="all")
QuestionChoice = Callable[[Sequence[str], Split], tuple[list[Question], list[Message]]]
"""Keys of the indexed documents and a part → its questions, and a line for what is left out."""


def labelled(
    library: Library, keys: Iterable[str], split: Split = "measure"
) -> tuple[list[Question], list[Message]]:
    """The labelled questions of a part that an index with these documents can be asked.

    With a line for each file that is left out. Raises EvaluationError where the library has none.
    """
    known, left_out = frozenset(keys), list[Message]()
    asked: list[Question] = []
    for path, about in gold_of(library):
        own = [one for one in read_gold(path) if one.split == split]
        needed = {key for one in own for key in one.sources} | set(about.sources)
        missing = sorted(needed - known)
        if missing:
            counts = {"file": path.name, "n": len(own)}
            left_out.append(Message.of("evaluate.not-indexed", missing=missing, **counts))
        else:
            asked += [from_gold(one, _group(one, about), about.sources or None) for one in own]
    return asked, left_out


def gold_of(library: Library) -> tuple[tuple[Path, GoldFile], ...]:
    """The files of labelled questions. Raises EvaluationError where the library has none."""
    if not library.gold:
        raise EvaluationError("gold.none", folder=library.own / GOLD_FOLDER)
    return library.gold


def of_file(path: Path, *, allow_unknown: bool = False) -> QuestionChoice:
    """What gives the questions of a file in the form of the project's.

    Raises LibraryError naming file and line of a bad row, and when asked EvaluationError for a
    question that an unknown document answers; with `allow_unknown` it is left out.
    """
    rows = read_gold(path)

    def ask(keys: Sequence[str], split: Split) -> tuple[list[Question], list[Message]]:
        own = [one for one in rows if one.split == split]
        unknown = [one for one in own if not one.sources <= set(keys)]
        if unknown and not allow_unknown:
            lacks = unknown[0].sources - set(keys)
            raise EvaluationError(
                "evaluate.unknown", path=path, id=unknown[0].id, missing=sorted(lacks)
            )
        asked = [from_gold(one, one.kind) for one in own if one not in unknown]
        if not asked:
            raise EvaluationError("evaluate.no-question", path=path, part=split)
        other = len(rows) - len(own)
        left_out = [
            Message.of("evaluate.other-part", n=other, part=split),
            Message.of("evaluate.unindexed", n=len(unknown)),
        ]
        return asked, [one for one in left_out if one.values["n"]]

    return ask


def _group(question: GoldQuestion, about: GoldFile) -> str:
    if question.history:
        return about.follow_ups
    return group_of_kind(question.kind) or about.group


def run_gold(  # noqa: PLR0913
    settings: Settings,
    setups: Sequence[Setup] = (SHIPPED,),
    split: Split = "measure",
    progress: Progress = silent,
    rows: CaseRows | None = None,
    *,
    ask: QuestionChoice | None = None,
    opened: OpenedReader | None = None,
) -> Evaluation:
    """The questions of a part asked of the library's index, under each set-up.

    All set-ups ask the documents of the version in use; one with an encoder or passages of its own
    asks an index of them that is made in a temporary folder. Cases that `rows` holds are not asked
    again. `ask` gives other questions than those of the library, `opened` a reader of the settings
    that is loaded already.
    `progress` is told what is done, how much and of how much. Raises FootnoteError children as
    opening and building an index do.
    """
    rows, outcomes = rows or CaseRows(), []
    if ask is None:
        library = Library.of(settings)
        gold_of(library)  # before a model is loaded
        ask = partial(labelled, library)
    asked: list[Question] = []
    left_out: list[Message] = []
    started, documents, corpus = time.perf_counter(), 0, None
    # First all indexes and models, so that one that cannot be had costs no run.
    indexes = [settings_of_set_up(settings, setup, progress) for setup in setups]
    names = [model_in_use(own) for own in indexes]
    models = {name: load_models(name, settings.checked_models) for name in dict.fromkeys(names)}
    for setup, own, name in zip(setups, indexes, names, strict=True):
        stages = Stages.named(setup.stages)
        engine = Engine.open(own, models[name], stages=stages, opened=opened)
        try:
            corpus, documents = same_documents(engine, corpus), len(engine.keys)
            asked, left_out = ask(engine.keys, split)
            made_with = (engine.version, setup.model_dump_json(), told(own), *engine.parts)
            key = run_key(repr(asked), corpus, *made_with)
            cases = tuple(ask_all(MeasuredEngine(engine), key, setup.name, asked, progress, rows))
            outcomes.append(
                Outcome(setup.name, setup.stages, cases, peak_mib(), name, engine.version)
            )
        finally:
            engine.close()
    return Evaluation(
        f"gold, part {split}",
        documents,
        tuple(outcomes),
        tuple(left_out),
        machine(),
        time.perf_counter() - started,
        digest_of(asked),
    )
