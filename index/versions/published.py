"""Versions of the index: staged, verified, published by one rename, never changed."""

import re
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.wording import Message
from index.versions import locks
from index.versions.current import Current, sync
from index.versions.integrity import verify

_NUMBERED = re.compile(r"(\d{1,9})-[0-9a-f]{8}")


class Versions:
    """The versions below a data folder and the file `CURRENT` that names the one in use.

    An id is a number, one more than any before it, and the beginning of the hash of the content:
    the order of versions does not depend on the clock.
    """

    def __init__(self, home: Path) -> None:
        self.root = home / "index"
        self._current = Current(self.root / "CURRENT")

    @property
    def staging(self) -> Path:
        """Where a build prepares the next version."""
        return self.root / "staging"

    def path(self, version: str) -> Path:
        """Folder of a version that was published."""
        return self.root / "versions" / version

    def candidate(self, version: str) -> Path:
        """Folder of a version that was built and not published."""
        return self.root / "candidates" / version

    def ids(self) -> tuple[str, ...]:
        """The published versions, in order of their numbers."""
        return _names(self.root / "versions")

    def candidates(self) -> tuple[str, ...]:
        """The versions that were built and not published, in order of their numbers."""
        return _names(self.root / "candidates")

    def find(self, name: str) -> str:
        """The version, published or not, of that id or number.

        Raises IndexMissingError where there is none.
        """
        known = (*self.ids(), *self.candidates())
        found = [one for one in known if name in {one, str(number(one))}]
        if len(found) != 1:
            there = known or Message.of("versions.none")
            raise IndexMissingError("versions.unknown", name=name[:80], known=there)
        return found[0]

    def folder(self, version: str) -> Path:
        """Folder of a version, published or not."""
        path = self.path(version)
        return path if path.is_dir() else self.candidate(version)

    def current(self) -> str:
        """The version in use.

        Raises IndexMissingError where none was published, IndexDamagedError where it is gone.
        """
        version = self._current.names()[0]
        if not self._there(version):
            path = self.root / "CURRENT"
            problem = Message.of("index.current-gone", path=path, version=version[:80])
            raise IndexDamagedError.of(problem)
        return version

    def before(self) -> tuple[str, ...]:
        """Versions to go back to: those in use before, newest first, then all others that count
        less than the one in use. Only such as are there."""
        try:
            names = self._current.names()
        except (IndexMissingError, IndexDamagedError):
            names = ("",)
        used = [name for name in names[1:] if self._there(name)]
        limit = number(names[0]) or 10**9
        rest = (one for one in reversed(self.ids()) if number(one) < limit)
        return tuple(dict.fromkeys([*used, *(one for one in rest if one != names[0])]))

    def sound_before(self) -> str | None:
        """The first of the versions to go back to that is whole, or None."""
        return next((version for version in self.before() if self._whole(version)), None)

    def any(self) -> bool:
        """Whether a version was ever published here, sound or not."""
        return self._current.exists()

    def building(self) -> AbstractContextManager[locks.Holder | None]:
        """Hold the right to build, see `locks.building`."""
        return locks.building(self.root)

    def next_id(self, content: str) -> str:
        """An id for a version of that content, whose number is above all others."""
        try:
            used = self._current.names()
        except (IndexMissingError, IndexDamagedError):
            used = ()
        known = (*self.ids(), *self.candidates(), *used)
        return f"{max(map(number, known), default=0) + 1}-{content[:8]}"

    def hold(self, staged: Path, version: str) -> Path:
        """Move the verified version in folder `staged` to the candidates, in place of others."""
        _sync_all(staged)
        target = self.candidate(version)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(target)
        sync(target.parent)
        for other in self.candidates():
            if other != version:
                shutil.rmtree(self.candidate(other))
        return target

    def publish(self, staged: Path, version: str) -> None:
        """Make the verified version in folder `staged` the current one.

        The folder gets its name by one rename and `CURRENT` is replaced by another; a crash before
        the second leaves the earlier version in use.
        """
        with locks.switching(self.root):
            _sync_all(staged)
            target = self.path(version)
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(target)
            sync(target.parent)
            self._current.use(version)

    def promote(self, candidate: str) -> None:
        """Publish a candidate after all.

        Raises IndexMissingError where it is none, IndexDamagedError where it is not whole.
        """
        if candidate not in self.candidates():
            raise IndexMissingError("versions.no-candidate", version=candidate)
        verify(self.candidate(candidate))
        self.publish(self.candidate(candidate), candidate)

    def prune(self, keep: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove all published versions but the `keep` newest whole ones and the one in use.

        `keep` is 1 or more. Gives the versions that were removed, and those that stay since a
        process reads them.
        """
        in_use = self._current.names()[0] if self.any() else ""
        whole = [one for one in self.ids() if self._whole(one)]
        kept = {in_use, *whole[-keep:]}
        gone: list[str] = []
        read: list[str] = []
        for version in self.ids():
            if version not in kept:
                (gone if self.remove(version) else read).append(version)
        return tuple(gone), tuple(read)

    def roll_back(self, version: str | None = None) -> str:
        """Put an earlier version to use, by default the sound one before; gives its id.

        Raises IndexMissingError where there is none, IndexDamagedError where it is not whole.
        """
        with locks.switching(self.root):
            version = version or self.sound_before()
            if version is None:
                raise IndexMissingError("versions.no-earlier", root=self.root)
            if version not in self.ids():
                raise IndexMissingError("versions.unpublished", version=version)
            verify(self.path(version), deep=False)
            self._current.use(version)
            return version

    def remove(self, version: str) -> bool:
        """Remove a version, published or not; false where a process reads it.

        Raises IndexDamagedError for the version in use.
        """
        with locks.switching(self.root):
            if self.any() and version == self._current.names()[0]:
                raise IndexDamagedError("versions.in-use", version=version)
            folder = self.folder(version)
            with locks.unread(folder) as free:
                if free:
                    # Gone at once for whoever opens it, however long the removal takes.
                    grave = self.root / "removed" / version
                    shutil.rmtree(grave, ignore_errors=True)
                    grave.parent.mkdir(parents=True, exist_ok=True)
                    folder.rename(grave)
            shutil.rmtree(self.root / "removed", ignore_errors=True)
            return free

    def clear_staging(self) -> None:
        """Remove what builds have left; versions and candidates stay."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _whole(self, version: str) -> bool:
        try:
            verify(self.path(version), deep=False)
        except IndexDamagedError:
            return False
        return True

    def _there(self, version: str) -> bool:
        # A name with a path in it could lead out of the folder.
        return bool(version) and Path(version).name == version and self.path(version).is_dir()


def number(version: str) -> int:
    """The number in an id, 0 for ids of another form."""
    found = _NUMBERED.fullmatch(version)
    return int(found[1]) if found else 0


def _names(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    found = (path.name for path in folder.iterdir() if path.is_dir())
    return tuple(sorted(found, key=lambda name: (number(name), name)))


def _sync_all(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)
