"""The quotations in what `footnote ask --json` printed."""

import json
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError


def quoted_places(path: Path) -> list[tuple[str, str | None]]:
    """Key and pinpoint of each quotation in a file of one answer, or of one answer a line.

    Raises LibraryError, with the line, for what is no answer.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path}: not readable ({error}); give a file of UTF-8") from None
    try:
        return _of_answer(json.loads(text))
    except ValueError:
        pass
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found += _of_answer(json.loads(line))
            except ValueError as error:
                raise LibraryError(
                    f"{path}, line {number}: no answer of 'footnote ask --json' ({error})"
                ) from None
    return found


def _of_answer(answer: Any) -> list[tuple[str, str | None]]:
    try:
        return [(str(quote["source"]), quote["pinpoint"]) for quote in answer["quotes"]]
    except (KeyError, TypeError):
        raise ValueError("it has no quotes with source and pinpoint") from None
