"""A build that is going on: what it starts from, and its steps."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.errors import DocumentError
from corpus.settings import Settings
from corpus.wording import Message
from index.build.earlier_versions import EarlierVersions
from index.build.encode import Places, SetEncoder, model_entry
from index.build.plan import Plan, planned
from index.build.program import program_hash
from index.build.progress import Progress
from index.build.scan import Scan
from index.build.staged_store import StagedStore, stage_store
from index.build.vector_cache import EncodedCache
from index.manifest import MAIN_VECTORS, Manifest, Recipe, VectorSet, content_hash
from index.models.encoder import Encoder
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Texts

ReadAlong = Callable[[Texts], None]


class Part(Protocol):
    """Something else that is searched: writes further files of a version from its store.

    `fingerprint` differs whenever the files may, for the same store. `vector_set` names the vector
    set whose encoder reads the same texts in the same way, if any does: where that set reads
    passages, `read_along` is called with them at once, so that nothing is computed twice.
    """

    name: str
    fingerprint: str
    vector_set: str | None = None

    def read_along(self, _full: bool) -> AbstractContextManager[ReadAlong]:
        """What is called with texts that were just read, to keep what `write` needs of them."""
        return nullcontext(lambda _texts: None)

    def write(self, folder: Path, progress: Progress, full: bool) -> None:
        """Write the files into the folder of the version, whose store is complete.

        `full`: nothing of an earlier version may be reused.
        """


@dataclass(frozen=True)
class Options:
    """How a build goes.

    `full` encodes everything anew. `on_plan` gets the plan before anything is encoded. `gate` gets
    the id of the verified candidate and gives the reason why it must not be published, or None.
    `encoders` make further vector sets by name, `parts` further files.
    """

    full: bool = False
    on_plan: Callable[[Plan], None] = field(default=lambda _plan: None)
    gate: Callable[[str], Message | None] | None = None
    encoders: Mapping[str, Encoder] = field(default_factory=dict)
    parts: Sequence[Part] = ()


class Work:
    """A build that is going on, in the folder `folder`."""

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder,
        options: Options,
        scan: Scan,
        current: Manifest | None,
    ) -> None:
        self.scan, self.options, self.current = scan, options, current
        self._settings = settings
        self.folder = settings.home / "index" / "staging" / "version"
        self._encoders = {MAIN_VECTORS: encoder, **options.encoders}
        self._sets: dict[str, SetEncoder] = {}
        self._to_encode = 0
        self.recipe = Recipe(
            models={name: model_entry(one) for name, one in self._encoders.items()},
            settings=settings.passages,
            program=program_hash(),
            parts={part.name: part.fingerprint for part in options.parts},
        )

    def nothing_to_do(self) -> bool:
        """Whether the files are those of the version in use, so that none need be read."""
        if self.current is None:
            return False
        entries = self.current.documents
        files = {entry.key: entry.file_sha256 for entry in entries}
        hashes = {entry.key: entry.sha256 for entry in entries}
        return files == self.scan.hashes and self.holds(
            content_hash(self.recipe, hashes, self.scan.records)
        )

    def holds(self, content: str) -> bool:
        """Whether the version in use has this content and the kinds of search of the settings."""
        if self.current is None or self.options.full or self.current.content != content:
            return False
        kind = self._settings.vectors.kind(self.current.passages)
        return all(tables.kind == kind for tables in self.current.vectors.values())

    def open(self, stack: ExitStack, versions: Versions, staging: Path) -> None:
        """Make room below `staging`; what is opened here is closed with `stack`."""
        self.folder = staging / "version"
        shutil.rmtree(self.folder, ignore_errors=True)  # what a build that was cut off has left
        self.folder.mkdir(parents=True)
        full, scratch = self.options.full, staging != versions.staging
        if not scratch:
            (_begin_full if full else _end_full)(staging)
        self._earlier: EarlierVersions | tuple[()] = ()
        if not full:
            self._earlier = stack.enter_context(closing(EarlierVersions(versions, self.current)))
        kept = staging if full and scratch else versions.staging
        self._caches = {
            name: stack.enter_context(
                closing(EncodedCache(kept, m.fingerprint, m.dimension, scratch=scratch))
            )
            for name, m in self.recipe.models.items()
        }

    def stage(self, progress: Progress) -> StagedStore:
        """Write the store. Raises DocumentError where no document could be read."""
        path = self.folder / STORE_FILE
        staged = stage_store(path, self.scan, self.recipe, self._earlier, progress)
        if not staged.entries:
            problems = staged.problems or (Message.of("build.add-text"),)
            raise DocumentError("build.no-document", problems=problems)
        self._sets = {
            name: SetEncoder(
                name,
                encoder,
                staged,
                Places(self._caches[name], self._earlier),
                self._settings.vectors,
            )
            for name, encoder in self._encoders.items()
        }
        return staged

    def plan(self, staged: StagedStore) -> Plan:
        """What there is to do for a store."""
        # A passage that two models encode is one passage to a reader of the plan, two to the clock.
        missing = [one.missing() for one in self._sets.values()]
        passages, self._to_encode = max(missing), sum(missing)
        full = self.options.full
        return planned(self.current, staged.entries, self.recipe, passages, full=full)

    def encode(self, progress: Progress) -> dict[str, VectorSet]:
        """The vectors of all sets; `plan` was asked before."""
        done, total, step = 0, self._to_encode, Message.of("step.encoding")

        def encoded(passages: int) -> None:
            nonlocal done
            done += passages
            progress(step, done, total)

        encoded(0)
        found = {}
        for name, one in self._sets.items():
            with ExitStack() as stack:
                along = [
                    stack.enter_context(part.read_along(self.options.full))
                    for part in self.options.parts
                    if part.vector_set == name
                ]
                found[name] = one.write(self.folder, encoded, along)
        progress(step, total, total)
        return found

    @property
    def encoded(self) -> int:
        """Number of texts encoded."""
        return sum(one.encoded for one in self._sets.values())

    def close(self) -> None:
        """Release the caches, so that they can be removed."""
        for cache in self._caches.values():
            cache.close()


def _begin_full(staging: Path) -> None:
    """Forget what other builds have encoded; what an unfinished full one has is kept."""
    if not _mark(staging).exists():
        for cache in staging.glob("*.sqlite*"):
            cache.unlink()
        _mark(staging).touch()


def _end_full(staging: Path) -> None:
    """What is encoded from now on need no longer be of a full build alone."""
    _mark(staging).unlink(missing_ok=True)


def _mark(staging: Path) -> Path:
    return staging / "full"
