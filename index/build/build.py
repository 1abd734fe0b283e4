"""The flow of a build: library → documents → passages → vectors → a published version."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError, StorageError
from corpus.settings import Settings
from corpus.wording import Message
from index.build.plan import Plan, unchanged
from index.build.progress import Progress, silent
from index.build.scan import scan_library
from index.build.staged_store import StagedStore
from index.build.work import Options, Work
from index.manifest import (
    FORMAT,
    Manifest,
    VectorSet,
    content_hash,
    file_entries,
    read_manifest,
    write_manifest,
)
from index.models.encoder import Encoder
from index.versions.integrity import verify, verify_files
from index.versions.published import Versions

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BuildReport:
    """What a build did.

    `published` is false where nothing had changed, and where the gate held the candidate
    `version` back, for the reason `held_back`.
    """

    version: str
    published: bool
    documents: int
    passages: int
    sentences: int
    encoded: int
    reused: int
    problems: tuple[Message, ...]
    held_back: Message | None = None


def build(
    settings: Settings,
    encoder: Encoder,
    progress: Progress = silent,
    packaged: Path | None = None,
    options: Options | None = None,
) -> BuildReport:
    """Publish a version of the library as it is now, unless the current one holds just that.

    Raises FootnoteError children; whatever happens, the version in use stays in use.
    """
    options = options or Options()
    versions = Versions(settings.home)
    with _storing(versions), versions.building() as cut_off:
        if cut_off is not None:
            progress(Message.of("step.resumed", holder=cut_off.message), 0, 1)
        progress(Message.of("step.reading"), 0, 1)
        scan = scan_library(settings, packaged)
        current = _sound_current(versions)
        with ExitStack() as stack:
            work = Work(settings, encoder, options, scan, current)
            if current is not None and work.nothing_to_do():
                options.on_plan(unchanged(current))
                versions.clear_staging()
                return _report(current, scan.problems)
            try:
                work.open(stack, versions, versions.staging)
                report = _built(work, versions, progress)
            finally:
                shutil.rmtree(work.folder, ignore_errors=True)
        _drop_candidates(versions)
        return report


def plan_build(
    settings: Settings,
    encoder: Encoder,
    packaged: Path | None = None,
    options: Options | None = None,
) -> tuple[Plan, tuple[Message, ...]]:
    """What `build` would do now, and the problems it would report; the data folder stays as it is.

    Raises the errors of `build`.
    """
    versions = Versions(settings.home)
    scan = scan_library(settings, packaged)
    current = _sound_current(versions)
    work = Work(settings, encoder, options or Options(), scan, current)
    if current is not None and work.nothing_to_do():
        return unchanged(current), scan.problems
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        work.open(stack, versions, Path(temporary))
        staged = work.stage(silent)
        return work.plan(staged), staged.problems


def _built(work: Work, versions: Versions, progress: Progress) -> BuildReport:
    staged = work.stage(progress)
    current, options = work.current, work.options
    content = content_hash(work.recipe, staged.hashes, work.scan.records)
    if current is not None and work.holds(content):
        options.on_plan(unchanged(current))
        work.close()
        versions.clear_staging()
        return _report(current, staged.problems)
    plan = work.plan(staged)
    options.on_plan(plan)
    vectors = work.encode(progress)
    for part in options.parts:
        progress(Message.of(f"step.{part.name}"), 0, 1)
        part.write(work.folder, progress, options.full)
    progress(Message.of("step.verifying"), 0, 1)
    manifest = _finished(work, versions, staged, content, vectors)
    reason, folder = None, work.folder
    if options.gate is not None and current is not None:
        folder = versions.hold(work.folder, manifest.id)
        progress(Message.of("step.comparing"), 0, 1)
        reason = options.gate(manifest.id)
    if reason is None:
        versions.publish(folder, manifest.id)
        _log.info("published %s: %d passages", manifest.id, manifest.passages)
    work.close()
    versions.clear_staging()
    return _report(manifest, staged.problems, work.encoded, published=reason is None, why=reason)


def _finished(
    work: Work,
    versions: Versions,
    staged: StagedStore,
    content: str,
    vectors: dict[str, VectorSet],
) -> Manifest:
    manifest = Manifest(
        format=FORMAT,
        id=versions.next_id(content),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        content=content,
        recipe=work.recipe,
        documents=staged.entries,
        passages=staged.passages,
        sentences=staged.sentences,
        vectors=vectors,
        files=file_entries(work.folder),
    )
    write_manifest(work.folder, manifest)
    return verify(work.folder)


def _drop_candidates(versions: Versions) -> None:
    """Remove candidates that hold what the version in use holds."""
    content = read_manifest(versions.path(versions.current())).content
    for candidate in versions.candidates():
        try:
            same = read_manifest(versions.candidate(candidate)).content == content
        except IndexDamagedError:
            same = True
        if same:
            versions.remove(candidate)


@contextmanager
def _storing(versions: Versions) -> Iterator[None]:
    """Tell in one line that the data folder cannot be written."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        place = getattr(error, "filename", None) or versions.root
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError("index.written", place=place, reason=reason) from None


def _sound_current(versions: Versions) -> Manifest | None:
    """The manifest of the version in use, if there is one that is whole."""
    try:
        return verify_files(versions.path(versions.current()))
    except IndexMissingError:
        return None
    except IndexDamagedError as error:
        _log.warning("%s; building anew", error)
        return None


def _report(
    manifest: Manifest,
    problems: tuple[Message, ...],
    encoded: int = 0,
    *,
    published: bool = False,
    why: Message | None = None,
) -> BuildReport:
    texts = manifest.passages * len(manifest.vectors)
    return BuildReport(
        version=manifest.id,
        published=published,
        documents=len(manifest.documents),
        passages=manifest.passages,
        sentences=manifest.sentences,
        encoded=encoded,
        reused=texts - encoded,
        problems=problems,
        held_back=why,
    )
