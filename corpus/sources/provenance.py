"""Where the texts of the user's library came from, and which could not be had: `fetched.json`."""

import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import LibraryError

PROVENANCE_FILE = "fetched.json"


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
    reason: str | None = None


_ALL = TypeAdapter(dict[str, Provenance])


def read_provenance(library: Path) -> dict[str, Provenance]:
    """What is known of fetched sources, by key. Raises LibraryError for a broken file."""
    path = library / PROVENANCE_FILE
    try:
        return _ALL.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.errors()[0]["msg"]
        raise LibraryError(f"{path}: not readable ({reason}); remove it and fetch again") from None


def note_provenance(library: Path, key: str, entry: Provenance) -> None:
    """Put down what became of a source, in the place of what was known."""
    library.mkdir(parents=True, exist_ok=True)
    known = read_provenance(library) | {key: entry}
    path = library / PROVENANCE_FILE
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    plain = {k: known[k].model_dump(exclude_none=True) for k in sorted(known)}
    draft.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
