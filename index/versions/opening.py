"""A version found, held against removal and verified, for whoever reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import IndexDamagedError
from corpus.wording import Message
from index.manifest import MANIFEST_FILE, Manifest
from index.versions import locks
from index.versions.integrity import verify
from index.versions.published import Versions


@contextmanager
def opened(versions: Versions, version: str | None = None) -> Iterator[tuple[Path, Manifest]]:
    """Folder and manifest of a version, by default the one in use, verified as at each opening.

    It is held against removal within the context; whoever reads on takes a `Reading` of his own
    there. Raises IndexMissingError or IndexDamagedError, which offers a sound earlier version.
    """
    try:
        folder, reading = _held(versions, version)
    except IndexDamagedError as error:
        raise _offering(versions, error) from None
    try:
        manifest = verify(folder, deep=False)
        if manifest.id != folder.name:
            problem = Message.of("index.other-version", folder=folder, version=manifest.id)
            raise IndexDamagedError.of(problem)
        yield folder, manifest
    except IndexDamagedError as error:
        raise (_offering(versions, error) if version is None else error) from None
    finally:
        reading.close()


def _held(versions: Versions, version: str | None) -> tuple[Path, locks.Reading]:
    for _ in range(10):
        wanted = versions.current() if version is None else versions.find(version)
        folder = versions.folder(wanted)
        try:
            return folder, locks.Reading(folder)
        except FileNotFoundError:
            if folder.is_dir():
                break
            # Removed between the two looks; by then CURRENT names another.
    raise IndexDamagedError.of(Message.of("index.file-missing", path=folder / MANIFEST_FILE))


def _offering(versions: Versions, error: IndexDamagedError) -> IndexDamagedError:
    older = versions.sound_before()
    if older is None:
        return error
    return IndexDamagedError("index.offering", error=error, older=older)
