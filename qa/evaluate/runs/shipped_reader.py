"""The reader that ships must be there where figures or fits are made to be relied on."""

from corpus.errors import EvaluationError
from corpus.settings import Settings
from qa.answering.reader import open_reader


def need_reader(settings: Settings) -> None:
    """Raises EvaluationError where the bundled reader should read and cannot be had.

    Settings that name another one, or `none`, are taken at their word; raises ModelError where that
    other one cannot be loaded.
    """
    problem = open_reader(settings.reader, settings.checked_models).problem
    if problem is not None:
        raise EvaluationError("evaluate.no-reader", reason=problem.values["reason"])
