"""The tokenizer of a model, read from its file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ModelError, short_reason
from corpus.wording import Message

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_tokenizer(file: Path, refused: Callable[[Message | str], ModelError]) -> "Tokenizer":
    """The tokenizer of a file `tokenizer.json`; it neither pads nor cuts, whatever the file says.

    Raises what `refused` makes of the reason where the file is missing or broken.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415

    try:
        found = Tokenizer.from_file(str(file))
    except Exception as error:  # noqa: BLE001
        # The library raises bare Exceptions for a missing or broken file.
        raise refused(short_reason(error)) from None
    found.no_padding()
    found.no_truncation()
    return found
