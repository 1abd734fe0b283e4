"""Where the texts of the user's library came from, and which could not be had: `fetched.json`."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)

from corpus.errors import LibraryError, refused
from corpus.wording import Message

PROVENANCE_FILE = "fetched.json"


def _message(stored: object) -> object:
    if isinstance(stored, str) or (isinstance(stored, dict) and isinstance(stored.get("key"), str)):
        return Message.restored(stored)
    return stored


Stored = Annotated[
    Message,
    BeforeValidator(_message),
    PlainSerializer(Message.stored, return_type=str | dict[str, Any]),
]
"""A message as files of JSON keep it: by key and values; those of earlier programs are text."""


class Provenance(BaseModel):
    """What became of the last attempt to fetch a source.

    `address`, `sha256` and `retrieved` (ISO date, UTC) tell of the text that was stored; `reason`
    why none was. A text that is no longer the file of that hash did not come from there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tried: str
    address: str | None = None
    sha256: str | None = None
    retrieved: str | None = None
    reason: Stored | None = None


_ALL = TypeAdapter(dict[str, Provenance])


def read_provenance(library: Path) -> dict[str, Provenance]:
    """What is known of fetched sources, by key. Raises LibraryError for a broken file."""
    path = library / PROVENANCE_FILE
    try:
        return _ALL.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else refused(error).reason
        raise LibraryError("library.provenance", path=path, reason=reason) from None


def note_provenance(library: Path, key: str, entry: Provenance) -> None:
    """Put down what became of a source, in the place of what was known."""
    library.mkdir(parents=True, exist_ok=True)
    known = read_provenance(library) | {key: entry}
    path = library / PROVENANCE_FILE
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    plain = {k: known[k].model_dump(exclude_none=True) for k in sorted(known)}
    draft.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
