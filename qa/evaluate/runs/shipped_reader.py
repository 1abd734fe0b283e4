"""The reader that ships must be there where figures or fits are made to be relied on."""

from corpus.errors import EvaluationError
from corpus.settings import Settings
from qa.answering.reader import OpenedReader, open_reader


def need_reader(settings: Settings) -> OpenedReader:
    """The reader of the settings, or none where these say so.

    Raises EvaluationError where the bundled one should read and cannot be had, ModelError where
    another that the settings name cannot be loaded.
    """
    opened = open_reader(settings.reader, settings.checked_models)
    if opened.problem is not None:
        raise EvaluationError("evaluate.no-reader", reason=opened.problem.values["reason"])
    return opened
