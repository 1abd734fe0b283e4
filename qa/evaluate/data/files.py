"""Data files as text."""

from pathlib import Path

from corpus.errors import EvaluationError, FootnoteError


def read_text(path: Path, error: type[FootnoteError] = EvaluationError) -> str:
    """The text of a data file, whose mark of byte order is left out.

    Raises `error` where it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as failure:
        raise error(f"{path}: not readable ({failure.strerror}); check the name") from None
    except UnicodeDecodeError:
        raise error(f"{path}: not UTF-8; save the file as UTF-8") from None
