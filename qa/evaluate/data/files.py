"""Data files as text."""

from pathlib import Path

from corpus.errors import EvaluationError, FootnoteError, reason_of
from corpus.wording import Message


def read_text(path: Path, error: type[FootnoteError] = EvaluationError) -> str:
    """The text of a data file, whose mark of byte order is left out.

    Raises `error` where it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as failure:
        raise error("data.not-readable", path=path, reason=failure.strerror) from None
    except UnicodeDecodeError:
        raise error("data.not-utf8", path=path) from None


def as_written(error: Exception) -> Message | str:
    """Our own words for an error, else the error as Python writes it: `KeyError('data')`."""
    own = reason_of(error)
    return own if isinstance(own, Message) else repr(error)
