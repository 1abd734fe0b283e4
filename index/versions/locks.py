"""Locks: one build at a time, one change of `CURRENT` at a time, no removal of what is read."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError
from corpus.wording import Message
from index.manifest import MANIFEST_FILE

if sys.platform != "win32":
    import fcntl

_SWITCHING_S = 10


@dataclass(frozen=True)
class Holder:
    """The process that builds: its id, its machine, and when it began (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str

    @property
    def message(self) -> Message:
        """The process in words."""
        return Message.of("index.holder", pid=self.pid, host=self.host, since=self.since)


@contextmanager
def building(root: Path) -> Iterator[Holder | None]:
    """Hold the right to build below `root`; gives the holder whose build was cut off, if any.

    The system lets go of the lock when its holder dies, so a stale one hinders nobody; the note of
    the holder, which stays behind then, tells that a build was cut off. Raises BusyError, naming
    the holder, where another process builds.
    """
    root.mkdir(parents=True, exist_ok=True)
    note = root / "build.json"
    lock = FileLock(root / "build.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        holder = _read(note)
        who = holder.message if holder else Message.of("index.holder-unknown")
        raise BusyError("index.busy", root=root, holder=who) from None
    try:
        cut_off = _read(note)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder = Holder(os.getpid(), socket.gethostname(), since)
        note.write_text(json.dumps(asdict(holder)), encoding="utf-8")
        try:
            yield cut_off
        finally:
            note.unlink(missing_ok=True)
    finally:
        lock.release()


@contextmanager
def switching(root: Path) -> Iterator[None]:
    """Hold the right to change `CURRENT` and the folders of versions, for a moment.

    Raises BusyError where another process holds it for longer than ten seconds.
    """
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / "switch.lock", timeout=_SWITCHING_S)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError("index.switching", root=root) from None
    try:
        yield
    finally:
        lock.release()


class Reading:
    """A mark that a version is being read, held until it is closed or its process ends.

    It is a shared lock on the manifest, which does not change the file. Raises FileNotFoundError
    where the version is gone.
    """

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder / MANIFEST_FILE, os.O_RDONLY)
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks: reading goes on all the same
                fcntl.flock(self._handle, fcntl.LOCK_SH)
        if not (folder / MANIFEST_FILE).exists():  # removed between the two
            self.close()
            raise FileNotFoundError(folder)

    def close(self) -> None:
        """Let go."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@contextmanager
def unread(folder: Path) -> Iterator[bool]:
    """Whether nobody reads the version in `folder`; while it is held, nobody begins to."""
    try:
        handle = os.open(folder / MANIFEST_FILE, os.O_RDONLY)
    except OSError:
        yield True  # without a manifest nobody can open it
        return
    try:
        yield _exclusive(handle)
    finally:
        os.close(handle)


def _exclusive(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _read(note: Path) -> Holder | None:
    try:
        return Holder(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
