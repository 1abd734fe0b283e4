"""The manifest of a version: what it was made from, what lies in it, and the checksums."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import IndexDamagedError
from corpus.settings import PassageSettings, SearchKind
from corpus.wording import Message

FORMAT = 4
MANIFEST_FILE = "manifest.json"
MAIN_VECTORS = "main"
"""The vector set that every version has."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelEntry(_Part):
    """The encoder that made vectors."""

    name: str
    fingerprint: str
    dimension: int


class DocumentEntry(_Part):
    """A document of the version and hashes of all that it was made from.

    `sha256` is that of text and structure, `file_sha256` that of the file; the rows of its passages
    and sentences follow those of the documents before it.
    """

    key: str
    sha256: str
    file_sha256: str
    record_sha256: str
    passages: int
    sentences: int


class FileEntry(_Part):
    """Size in bytes and sha256 of a file of the version."""

    bytes: int
    sha256: str


class Recipe(_Part):
    """All that decides the content of a version besides the library.

    `models`: the model of each vector set; `program`: see `program_hash`; `parts`: name →
    fingerprint of whatever else makes files of the version.
    """

    models: dict[str, ModelEntry]
    settings: PassageSettings
    program: str
    parts: dict[str, str] = {}


class Approximation(_Part):
    """An approximate search over rows.

    `effort` is the number of cells visited (IVF) or of nodes kept in view (HNSW); `recall` is the
    recall@10 against exact search over `sample` questions, measured when it was built. In a library
    of several languages each is searched by itself: `languages` are those that are searched so, the
    others are exactly, and `recall` is the least of theirs. Empty for a library of one language.
    """

    file: str
    kind: SearchKind
    effort: int
    recall: float
    sample: int
    languages: tuple[str, ...] = ()


class VectorTable(_Part):
    """Vectors of passages; `float16`: kept in 16 bits a number, else in 32."""

    file: str
    count: int
    float16: bool = False
    approximate: Approximation | None = None


class VectorSet(_Part):
    """The vectors of one encoder; `kind` is the search that the settings asked for."""

    kind: SearchKind
    passages: VectorTable


class Manifest(_Part):
    """All that decides whether a version may be used.

    `files` lists every file of the folder but the manifest, by its path below the folder.
    """

    format: int
    id: str
    created: str
    content: str
    recipe: Recipe
    documents: tuple[DocumentEntry, ...]
    passages: int
    sentences: int
    vectors: dict[str, VectorSet]
    files: dict[str, FileEntry] = Field(min_length=1)

    @property
    def model(self) -> ModelEntry:
        """The model of the main vectors."""
        return self.recipe.models[MAIN_VECTORS]

    @property
    def settings(self) -> PassageSettings:
        """The settings of the passages."""
        return self.recipe.settings

    def has_part(self, name: str, fingerprint: str) -> bool:
        """Whether the version has a part of that name and fingerprint."""
        return self.recipe.parts.get(name) == fingerprint

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.bytes for entry in self.files.values())


def content_hash(recipe: Recipe, documents: Mapping[str, str], records: Mapping[str, str]) -> str:
    """Hash of everything that decides the content of a version, whatever the order of files.

    `documents`: key → hash of the document; `records`: key → hash of the record, of all sources,
    since a text can cite those that have none.
    """
    hashes = [sorted(documents.items()), sorted(records.items())]
    parts = [FORMAT, recipe.model_dump(), *hashes]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_entry(path: Path) -> FileEntry:
    """Size and sha256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(bytes=path.stat().st_size, sha256=digest)


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """Size and sha256 of every file below a folder but the manifest, by its path there."""
    return {
        path.relative_to(folder).as_posix(): file_entry(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST_FILE
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of the version in `folder`, with a checksum of its own."""
    raw = manifest.model_dump(mode="json")
    text = json.dumps(raw | {"checksum": _checksum(raw)}, ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


def _checksum(raw: object) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the version in `folder`.

    Raises IndexDamagedError where it is missing, broken or of another format.
    """
    path = folder / MANIFEST_FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = raw.get("format") if isinstance(raw, dict) else None
        if found != FORMAT:
            problem = Message.of("index.format", path=path, found=found, expected=FORMAT)
            raise IndexDamagedError.of(problem)
        if raw.pop("checksum", None) != _checksum(raw):
            raise IndexDamagedError.of(Message.of("index.manifest-altered", path=path))
        manifest = Manifest.model_validate(raw)
    except FileNotFoundError:
        raise IndexDamagedError.of(Message.of("index.file-missing", path=path)) from None
    except ValidationError:
        # Whole by its checksum and of this format: an edition of the program before wrote it.
        raise IndexDamagedError.of(Message.of("index.other-shape", path=path)) from None
    except (OSError, ValueError):
        raise IndexDamagedError.of(Message.of("index.no-manifest", path=path)) from None
    if (
        MAIN_VECTORS not in manifest.vectors
        or manifest.vectors.keys() != manifest.recipe.models.keys()
    ):
        models = sorted(manifest.recipe.models)
        raise IndexDamagedError.of(
            Message.of(
                "index.vector-sets",
                path=path,
                found=sorted(manifest.vectors),
                models=models,
                main=MAIN_VECTORS,
            )
        )
    return manifest


def check_files(folder: Path, manifest: Manifest, *, hashes: bool) -> None:
    """Raises IndexDamagedError unless every file has its size and, with `hashes`, its sha256."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamagedError.of(Message.of("index.file-missing", path=path))
        size = path.stat().st_size
        if size != expected.bytes:
            problem = Message.of("index.file-size", path=path, size=size, expected=expected.bytes)
            raise IndexDamagedError.of(problem)
        if hashes and file_entry(path).sha256 != expected.sha256:
            raise IndexDamagedError.of(Message.of("index.file-altered", path=path))
