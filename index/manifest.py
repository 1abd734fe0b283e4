"""The manifest of a version: what it was made from, and the checksums of its files."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import IndexDamagedError
from corpus.settings import PassageSettings

FORMAT = 2
MANIFEST_FILE = "manifest.json"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelEntry(_Part):
    """The encoder that made the vectors."""

    name: str
    fingerprint: str
    dimension: int


class DocumentEntry(_Part):
    """A document of the version: hash of its text and structure, and of its record."""

    key: str
    sha256: str
    record_sha256: str
    passages: int
    sentences: int


class FileEntry(_Part):
    """Size in bytes and sha256 of a file of the version."""

    bytes: int
    sha256: str


class Manifest(_Part):
    """All that decides whether a version may be used."""

    format: int
    id: str
    created: str
    content: str
    model: ModelEntry
    settings: PassageSettings
    documents: tuple[DocumentEntry, ...]
    passages: int
    sentences: int
    files: dict[str, FileEntry]


def content_hash(
    model: ModelEntry,
    settings: PassageSettings,
    documents: Mapping[str, str],
    records: Mapping[str, str],
) -> str:
    """Hash of everything that decides the content of a version, whatever the order of files.

    `documents`: key → hash of the document; `records`: key → hash of the record, of all sources,
    since a text can cite those that have none.
    """
    hashes = [sorted(documents.items()), sorted(records.items())]
    parts = [FORMAT, model.model_dump(), settings.model_dump(), *hashes]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_entry(path: Path) -> FileEntry:
    """Size and sha256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(bytes=path.stat().st_size, sha256=digest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of the version in `folder`."""
    text = manifest.model_dump_json(indent=1)
    (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the version in `folder`.

    Raises IndexDamagedError where it is missing, broken or of another format.
    """
    path = folder / MANIFEST_FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = raw.get("format") if isinstance(raw, dict) else None
        if found != FORMAT:
            raise IndexDamagedError(
                f"{path}: format {found!r}, this program reads {FORMAT}: run 'footnote build'"
            )
        return Manifest.model_validate(raw)
    except FileNotFoundError:
        raise IndexDamagedError(f"{path}: missing; run 'footnote build'") from None
    except (OSError, ValueError, ValidationError):
        raise IndexDamagedError(f"{path}: not a manifest; run 'footnote build'") from None


def check_files(folder: Path, manifest: Manifest, *, hashes: bool) -> None:
    """Raises IndexDamagedError unless every file has its size and, with `hashes`, its sha256."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamagedError(f"{path}: missing; run 'footnote build'")
        size = path.stat().st_size
        if size != expected.bytes:
            raise IndexDamagedError(
                f"{path}: {size} bytes, expected {expected.bytes}: run 'footnote build'"
            )
        if hashes and file_entry(path).sha256 != expected.sha256:
            raise IndexDamagedError(
                f"{path}: altered since it was published (sha256 differs): run 'footnote build'"
            )
