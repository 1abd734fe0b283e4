"""The file `CURRENT`: the version in use, and below it those that were in use before."""

import os
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError

_REMEMBERED = 50


class Current:
    """One name a line, newest first; replaced by one rename, so that no crash loses it.

    Going back takes names off the top; hence going back twice goes back two versions, whatever the
    clock says.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self) -> bool:
        """Whether a version was ever put to use here."""
        return self._path.exists()

    def names(self) -> tuple[str, ...]:
        """The version in use and those before it.

        Raises IndexMissingError where there is no file, IndexDamagedError where it has no names.
        """
        try:
            names = self._path.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            raise IndexMissingError("index.missing", folder=self._path.parent) from None
        except (OSError, UnicodeDecodeError):
            raise IndexDamagedError("index.current", path=self._path) from None
        return tuple(name.strip() for name in names if name.strip()) or ("",)

    def use(self, version: str) -> None:
        """Put a version to use: on top of the others, or back to it where it was in use before."""
        try:
            before = self.names()
        except (IndexMissingError, IndexDamagedError):
            before = ()
        at = before.index(version) if version in before else None
        kept = before if at is None else before[at + 1 :]
        draft = self._path.with_name("CURRENT.new")
        draft.write_text("\n".join((version, *kept[:_REMEMBERED])) + "\n", encoding="utf-8")
        sync(draft)
        draft.replace(self._path)
        sync(self._path.parent)


def sync(path: Path) -> None:
    """Ask the system to write a file or the names in a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
