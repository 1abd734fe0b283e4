"""What a build is going to do, before it encodes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.manifest import DocumentEntry, Manifest, Recipe


@dataclass(frozen=True)
class Plan:
    """Keys of documents against the version in use, and how many passages are to be encoded.

    `changed` counts a document whose text or record is another; `reason` says why documents that
    did not change are encoded, where they are.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    passages: int
    reason: str | None = None

    def __str__(self) -> str:
        counts = ", ".join(
            f"{len(keys)} {word}"
            for word, keys in (
                ("new", self.new),
                ("changed", self.changed),
                ("unchanged", self.unchanged),
                ("removed", self.removed),
            )
        )
        encoded = f"{self.passages:,} {'passage' if self.passages == 1 else 'passages'} to encode"
        return f"{counts}: {encoded}{f' ({self.reason})' if self.reason else ''}"


def planned(
    current: Manifest | None,
    entries: Sequence[DocumentEntry],
    recipe: Recipe,
    passages: int,
    *,
    full: bool,
) -> Plan:
    """The plan for documents `entries`, of which `passages` are to be encoded."""
    old = {} if current is None else {entry.key: entry for entry in current.documents}
    keys = {entry.key for entry in entries}
    same = {entry.key for entry in entries if _same(old.get(entry.key), entry)}
    return Plan(
        new=_sorted(keys - old.keys()),
        changed=_sorted(keys & old.keys() - same),
        unchanged=_sorted(same),
        removed=_sorted(old.keys() - keys),
        passages=passages,
        reason=_reason(current, recipe, full=full) if passages else None,
    )


def unchanged(current: Manifest) -> Plan:
    """The plan where nothing is to be done."""
    return Plan((), (), tuple(entry.key for entry in current.documents), (), 0)


def _same(old: DocumentEntry | None, entry: DocumentEntry) -> bool:
    return old is not None and (old.sha256, old.record_sha256) == (
        entry.sha256,
        entry.record_sha256,
    )


def _reason(current: Manifest | None, recipe: Recipe, *, full: bool) -> str | None:
    if full:
        return "all of them, as asked"
    if current is None:
        return None
    if current.recipe.settings != recipe.settings:
        return "the settings of the passages have changed"
    old, new = current.recipe.models, recipe.models
    names = sorted({m.name for n, m in new.items() if m not in old.values()})
    if names:
        return f"{', '.join(names)}: the model is another, or its weights are"
    return None


def _sorted(keys: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(keys))
