"""Whether a version is whole: its files, and that they agree with one another."""

from pathlib import Path

from corpus.errors import IndexDamagedError
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
        raise IndexDamagedError(f"{folder}: manifest lists no {STORE_FILE}: run 'footnote build'")
    check_files(folder, manifest, hashes=hashes)
    store = Store(folder / STORE_FILE)
    try:
        counts = (manifest.passages, manifest.sentences)
        if store.counts() != counts:
            raise IndexDamagedError(
                f"{folder / STORE_FILE}: {store.counts()} passages and sentences, the manifest "
                f"lists {counts}: run 'footnote build'"
            )
        _check_vectors(folder, manifest)
        if slices:
            store.check()
    finally:
        store.close()
    return manifest


def _check_vectors(folder: Path, manifest: Manifest) -> None:
    for name, vectors in manifest.vectors.items():
        model = manifest.recipe.models[name]
        counts = (manifest.passages, manifest.sentences)
        for table, count in zip((vectors.passages, vectors.sentences), counts, strict=True):
            open_table(folder, table)
            rows = Vectors.load(folder / table.file)
            if len(rows) != count:
                raise IndexDamagedError(
                    f"{folder / table.file}: {len(rows)} vectors for {count} texts: "
                    "run 'footnote build'"
                )
            if rows.dimension != model.dimension:
                raise IndexDamagedError(
                    f"{folder / table.file}: {rows.dimension} dimensions, the manifest says "
                    f"{model.dimension}: run 'footnote build'"
                )
