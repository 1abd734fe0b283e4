"""Questions asked one after the other, told and recorded as they go."""

from collections.abc import Iterator, Mapping, Sequence

from corpus.wording import Message
from index.build.progress import Progress
from qa.evaluate.data.datasets import Question
from qa.evaluate.measures.cases import Case
from qa.evaluate.runs.ask_question import MeasuredEngine
from qa.evaluate.runs.rows import CaseRows


def ask_all(  # noqa: PLR0913, PLR0917
    engine: MeasuredEngine,
    key: str,
    setup: str,
    asked: Sequence[Question],
    progress: Progress,
    rows: CaseRows,
    names: Mapping[str, str] | None = None,
) -> Iterator[Case]:
    """The case of each question, in order; those that `rows` holds of the run are not asked."""
    known, step = rows.of(key), Message.of("step.asking", setup=setup)
    warm = False
    for number, question in enumerate(asked):
        progress(step, number, len(asked))
        case = known.get(question.id)
        if case is None:
            if not warm:  # the first question loads what is needed
                engine.case(question, names)
                warm = True
            case = engine.case(question, names)
            rows.add(key, setup, case)
        yield case
    progress(step, len(asked), len(asked))
