"""Chats written into files."""

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ConfigurationError
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.chats.transcript import FORMS


def check_form(path: Path) -> None:
    """Raises ConfigurationError where the suffix of a file is none of `FORMS`."""
    if path.suffix.lower() not in FORMS:
        raise ConfigurationError(
            f"{path}: no form for '{path.suffix}'; name a file that ends with {', '.join(FORMS)}"
        )


def save_chat(path: Path, chat: Sequence[Answer], engine: Engine) -> None:
    """Write a chat, whole or not at all. Raises ConfigurationError where that cannot be done."""
    check_form(path)
    text = FORMS[path.suffix.lower()](
        chat, lambda version, key: engine.document(version, key).sha256
    )
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ConfigurationError(f"{path}: cannot be written ({error.strerror})") from None
