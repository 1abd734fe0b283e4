"""Whether a version is whole: its files, and that they agree with one another."""

from pathlib import Path

from corpus.errors import IndexDamagedError
from corpus.wording import Message
from index.manifest import Manifest, check_files, read_manifest
from index.tables.approximate import open_table
from index.tables.vectors import Vectors
from index.versions.store import STORE_FILE, Store

_HASHED_AT_OPENING = 256_000_000


def verify(folder: Path, *, deep: bool = True) -> Manifest:
    """The manifest of a version whose files agree with it and with one another.

    Files of up to 256 MB in all have their checksums compared at each opening, which takes a blink;
    larger ones, and every slice of the store, only with `deep`. Raises IndexDamagedError otherwise.
    """
    manifest = read_manifest(folder)
    return _verified(folder, manifest, deep or manifest.size <= _HASHED_AT_OPENING, deep)


def verify_files(folder: Path) -> Manifest:
    """The manifest of a version whose files have all their checksums. Raises IndexDamagedError."""
    return _verified(folder, read_manifest(folder), hashes=True, slices=False)


def _verified(folder: Path, manifest: Manifest, hashes: bool, slices: bool) -> Manifest:
    if STORE_FILE not in manifest.files:
        raise IndexDamagedError.of(Message.of("index.no-store", folder=folder, file=STORE_FILE))
    check_files(folder, manifest, hashes=hashes)
    store = Store(folder / STORE_FILE)
    try:
        counts = (manifest.passages, manifest.sentences)
        if store.counts() != counts:
            both = {"found": str(store.counts()), "listed": str(counts)}
            problem = Message.of("index.counts", path=folder / STORE_FILE, **both)
            raise IndexDamagedError.of(problem)
        _check_vectors(folder, manifest)
        if slices:
            store.check()
    finally:
        store.close()
    return manifest


def _check_vectors(folder: Path, manifest: Manifest) -> None:
    for name, vectors in manifest.vectors.items():
        model = manifest.recipe.models[name]
        table = vectors.passages
        open_table(folder, table)
        rows = Vectors.load(folder / table.file)
        if len(rows) != manifest.passages:
            both = {"found": len(rows), "texts": manifest.passages}
            problem = Message.of("index.vector-count", path=folder / table.file, **both)
            raise IndexDamagedError.of(problem)
        if rows.dimension != model.dimension:
            both = {"found": rows.dimension, "listed": model.dimension}
            problem = Message.of("index.dimensions", path=folder / table.file, **both)
            raise IndexDamagedError.of(problem)
