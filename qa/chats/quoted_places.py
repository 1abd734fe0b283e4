"""The quotations in what `footnote ask --json` printed."""

import json
import sys
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError, reason_of
from corpus.wording import Message
from qa.citing.bibliography import place


def quoted_places(path: Path) -> list[tuple[str, str | None]]:
    """Key and place of each quotation in a file of answers, `-` for the standard input.

    One answer, an array of them, or one a line, as `ask --batch` prints them; refusals and rows
    that failed quote nothing. Raises LibraryError, with the line, for what is no answer, and where
    nothing is quoted at all.
    """
    text = _text(path)
    answers: list[tuple[int | None, Any]]
    try:
        whole = json.loads(text)
        answers = [(None, answer) for answer in (whole if isinstance(whole, list) else [whole])]
    except ValueError:
        # Not by splitlines: a quotation may hold U+2028, which JSON leaves as it is.
        answers = [
            (number, _row(path, number, line))
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip()
        ]
    found = [one for number, answer in answers for one in _places(path, number, answer)]
    if not found:
        raise LibraryError("chat.quotes-nothing", path=path)
    return found


def _text(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError("chat.not-text", path=path, reason=reason_of(error)) from None


def _row(path: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise _no_answer(path, number, str(error)) from None


def _places(path: Path, number: int | None, answer: Any) -> list[tuple[str, str | None]]:
    if isinstance(answer, dict) and "error" in answer:
        return []
    try:
        quotes = [(q["source"], q["pinpoint"], q.get("page")) for q in answer["quotes"]]
    except (AttributeError, KeyError, TypeError):
        raise _no_answer(path, number, Message.of("chat.no-quotes")) from None
    return [
        (str(key), place(pinpoint and str(pinpoint), page and str(page)))
        for key, pinpoint, page in quotes
    ]


def _no_answer(path: Path, number: int | None, reason: Message | str) -> LibraryError:
    if number is None:
        return LibraryError("chat.no-answer", path=path, reason=reason)
    return LibraryError("chat.no-answer-at", path=path, line=number, reason=reason)
