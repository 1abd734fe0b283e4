"""What versions there are, and how two of them differ."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.wording import Message
from index.manifest import Manifest
from index.versions.integrity import verify
from index.versions.opening import opened
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store


@dataclass(frozen=True)
class VersionState:
    """A version: `state` is `current`, `published`, `candidate` or `damaged`.

    A candidate was built and held back. `created` is ISO 8601, `bytes` the size of all files;
    they and the counts are None where the version is damaged, and `problem` says how, without
    the advice: a build does not mend a version that is not in use.
    """

    id: str
    state: str
    created: str | None = None
    model: str | None = None
    documents: int | None = None
    passages: int | None = None
    bytes: int | None = None
    problem: Message | None = None


def version_inventory(
    versions: Versions, *, deep: bool = False, unused: bool = False
) -> tuple[VersionState, ...]:
    """All versions in order of their numbers, checked as at opening, or every byte with `deep`.

    With `unused` the one in use is left out.
    """
    try:
        current = versions.current()
    except (IndexMissingError, IndexDamagedError):
        current = ""
    found = [(one, "published") for one in versions.ids()]
    found += [(one, "candidate") for one in versions.candidates()]
    return tuple(
        _state(versions.folder(one), "current" if one == current else state, deep=deep)
        for one, state in found
        if not (unused and one == current)
    )


def _state(folder: Path, state: str, *, deep: bool) -> VersionState:
    try:
        manifest = verify(folder, deep=deep)
    except IndexDamagedError as error:
        return VersionState(folder.name, "damaged", problem=error.problem)
    return VersionState(
        id=folder.name,
        state=state,
        created=manifest.created,
        model=manifest.model.name,
        documents=len(manifest.documents),
        passages=manifest.passages,
        bytes=manifest.size,
    )


@dataclass(frozen=True)
class DocumentChange:
    """A document that differs between two versions, and how many of its passages do.

    `state` is `added`, `removed` or `changed`; a passage is changed where another stands in its
    place between the same neighbors.
    """

    key: str
    state: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Difference:
    """How version `after` differs from version `before`; `models` are given where they differ."""

    before: str
    after: str
    documents: tuple[DocumentChange, ...]
    unchanged: int
    models: tuple[str, str] | None

    def total(self, name: str) -> int:
        """The number of passages `added`, `removed` or `changed`."""
        return sum(int(getattr(one, name)) for one in self.documents)


def difference(versions: Versions, before: str, after: str) -> Difference:
    """Documents and passages that two versions do not share."""
    with (
        opened(versions, before) as (old_folder, old),
        opened(versions, after) as (new_folder, new),
        closing(Store(old_folder / STORE_FILE)) as old_store,
        closing(Store(new_folder / STORE_FILE)) as new_store,
    ):
        old_keys, new_keys = _hashes(old), _hashes(new)
        changes = [
            _change(key, old_store.passage_hashes(key), new_store.passage_hashes(key))
            for key in sorted(old_keys.keys() | new_keys.keys())
            if old_keys.get(key) != new_keys.get(key) or old.settings != new.settings
        ]
        same = len(old_keys.keys() | new_keys.keys()) - len(changes)
        models = (_model(old), _model(new))
        return Difference(
            old.id, new.id, tuple(changes), same, None if models[0] == models[1] else models
        )


def _hashes(manifest: Manifest) -> dict[str, tuple[str, str]]:
    return {entry.key: (entry.sha256, entry.record_sha256) for entry in manifest.documents}


def _model(manifest: Manifest) -> str:
    return f"{manifest.model.name} ({manifest.model.fingerprint[:8]})"


def _change(key: str, old: Sequence[bytes], new: Sequence[bytes]) -> DocumentChange:
    added = removed = changed = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            both = min(b - a, d - c)
            changed, removed, added = changed + both, removed + b - a - both, added + d - c - both
    state = "changed" if old and new else "added" if new else "removed"
    return DocumentChange(key, state, added, removed, changed)
