"""Versions of the index: staged, verified, published by one rename, never changed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError, IndexDamagedError, IndexMissingError
from index.manifest import Manifest, check_files, read_manifest
from index.store import STORE_FILE, Store
from index.vectors import Vectors

PASSAGES_FILE = "passages.faiss"
SENTENCES_FILE = "sentences.faiss"
VERSION_FILES = (STORE_FILE, PASSAGES_FILE, SENTENCES_FILE)
_HASHED_AT_OPENING = 256_000_000


class Versions:
    """The versions below a data folder and the file `CURRENT` that names the one in use."""

    def __init__(self, home: Path) -> None:
        self._root = home / "index"
        self._current = self._root / "CURRENT"

    @property
    def staging(self) -> Path:
        """Where a build prepares the next version."""
        return self._root / "staging"

    def path(self, version: str) -> Path:
        """Folder of a version."""
        return self._root / "versions" / version

    def current(self) -> str:
        """The version in use.

        Raises IndexMissingError where none was published, IndexDamagedError where it is gone.
        """
        try:
            version = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise IndexMissingError(f"no index in {self._root}: run 'footnote build'") from None
        except (OSError, UnicodeDecodeError):
            raise IndexDamagedError(
                f"{self._current}: not readable; remove it and run 'footnote build'"
            ) from None
        # A name with a path in it could lead out of the folder.
        if not version or Path(version).name != version or not self.path(version).is_dir():
            raise IndexDamagedError(
                f"{self._current} names version {version[:80]!r}, which is not there: "
                "run 'footnote build'"
            )
        return version

    def any(self) -> bool:
        """Whether a version was ever published here, sound or not."""
        return self._current.exists()

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the right to build. Raises BusyError where another process holds it."""
        self._root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._root / "build.lock", timeout=0)
        try:
            with lock:
                yield
        except Timeout:
            raise BusyError(
                f"another build is running on {self._root}: wait until it has finished"
            ) from None

    def unused(self, name: str) -> str:
        """The name, with a number behind it where a version already has it."""
        candidates = (name, *(f"{name}-{number}" for number in range(2, 1000)))
        return next(candidate for candidate in candidates if not self.path(candidate).exists())

    def publish(self, staged: Path, version: str) -> None:
        """Make the verified version in folder `staged` the current one.

        The folder gets its name by one rename and `CURRENT` is replaced by another; a crash before
        the second leaves the former version in use.
        """
        for file in sorted(staged.iterdir()):
            _sync(file)
        _sync(staged)
        target = self.path(version)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(target)
        _sync(target.parent)
        draft = self._current.with_name("CURRENT.new")
        draft.write_text(version + "\n", encoding="utf-8")
        _sync(draft)
        draft.replace(self._current)
        _sync(self._root)

    def clear_staging(self) -> None:
        """Remove what builds have left; published versions stay."""
        shutil.rmtree(self.staging, ignore_errors=True)


def verify(folder: Path, *, deep: bool = True) -> Manifest:
    """The manifest of a version whose files agree with it and with one another.

    Files of up to 256 MB in all have their checksums compared at each opening, which takes a blink;
    larger ones, and every slice of the store, only with `deep`. Raises IndexDamagedError otherwise.
    """
    manifest = read_manifest(folder)
    if set(manifest.files) != set(VERSION_FILES):
        raise IndexDamagedError(
            f"{folder}: manifest lists {sorted(manifest.files)}, expected "
            f"{sorted(VERSION_FILES)}: run 'footnote build'"
        )
    size = sum(entry.bytes for entry in manifest.files.values())
    check_files(folder, manifest, hashes=deep or size <= _HASHED_AT_OPENING)
    store = Store(folder / STORE_FILE)
    try:
        counts = (manifest.passages, manifest.sentences)
        files = (PASSAGES_FILE, SENTENCES_FILE)
        for name, stored, listed in zip(files, store.counts(), counts, strict=True):
            vectors = Vectors.load(folder / name)
            if not len(vectors) == stored == listed:
                raise IndexDamagedError(
                    f"{folder / name}: {len(vectors)} vectors for {stored} stored and {listed} "
                    "listed texts: run 'footnote build'"
                )
            if vectors.dimension != manifest.model.dimension:
                raise IndexDamagedError(
                    f"{folder / name}: {vectors.dimension} dimensions, the manifest says "
                    f"{manifest.model.dimension}: run 'footnote build'"
                )
        if deep:
            store.check()
    finally:
        store.close()
    return manifest


def _sync(path: Path) -> None:
    """Ask the system to write a file or the names in a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
