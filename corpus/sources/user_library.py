"""Texts brought into the user's library: from a folder of files named by key, or one by one."""

import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError, LibraryError
from corpus.sources.library import Library, suffixes
from corpus.sources.registry import (
    REGISTRY_FILE,
    Source,
    leads_out,
    preference,
    read_registry,
    source_from_record,
)
from corpus.wording import Message


@dataclass(frozen=True)
class Imported:
    """What became of one file: the key under which it stands now, or the reason why it does not."""

    file: Path
    key: str | None
    reason: Message | None = None


def import_folder(folder: Path, library: Library) -> tuple[Imported, ...]:
    """Copy the files of a folder that are named by key into the user's library, each read first.

    Where a key has several files the first that can be read counts, PDFs before others, since they
    have pages. A file that cannot be read leaves the text that was there before.
    """
    if not folder.is_dir():
        raise LibraryError("library.no-folder", folder=folder)
    results: list[Imported] = []
    done: set[str] = set()
    for file in sorted(_files(folder), key=preference):
        reason = _refusal(file, library.sources, done) or _unreadable(file, library.sources)
        if reason is None:
            place_text(file, library.own, file.stem)
            done.add(file.stem)
        results.append(Imported(file, None if reason else file.stem, reason))
    return tuple(results)


def _files(folder: Path) -> list[Path]:
    return [
        file
        for file in folder.iterdir()
        if (file.is_file() or file.is_symlink())
        and not file.name.startswith(".")
        and file.stem.lower() != "readme"
    ]


def _refusal(file: Path, known: Collection[str], done: Collection[str]) -> Message | None:
    if file.stem in done:
        return Message.of("library.other-taken", key=file.stem)
    if file.stem not in known:
        return Message.of("library.no-source", key=file.stem)
    if file.suffix.lower() not in suffixes():
        return Message.of("library.no-reader", suffix=file.suffix, known=sorted(suffixes()))
    if leads_out(file, file.parent):
        return Message.of("library.link-out")
    return None


def _unreadable(file: Path, known: Mapping[str, Source]) -> Message | None:
    from corpus.readers import read_document  # noqa: PLC0415

    try:
        read_document(file.stem, file, known[file.stem].language)
    except DocumentError as error:
        return error.problem
    return None


def place_text(file: Path, library: Path, key: str) -> Path:
    """Copy a file into the library as the text of a source, in the place of the one it had."""
    library.mkdir(parents=True, exist_ok=True)
    target = library / f"{key}{file.suffix.lower()}"
    draft = library / f".{key}.{os.getpid()}.part"
    try:
        shutil.copyfile(file, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    for other in texts_of(library, key):
        if other != target:
            other.unlink()
    return target


def texts_of(library: Path, key: str) -> list[Path]:
    """The files of the library that hold the text of a source."""
    if not library.is_dir():
        return []
    return [
        path
        for path in sorted(library.iterdir())
        if path.stem == key and path.suffix.lower() in suffixes() and not path.is_dir()
    ]


def write_record(library: Path, record: dict[str, Any]) -> Source:
    """Put a record into the user's registry, in the place of one of the same key."""
    source = source_from_record(record)
    path = library / REGISTRY_FILE
    records = {key: s.record for key, s in read_registry(path).items()} if path.exists() else {}
    _write(path, [*({**records, source.key: record}).values()])
    return source


def remove_source(library: Path, key: str) -> tuple[Path, ...]:
    """Move text and record of a source out of the user's library into its `removed` folder.

    Returns the files that were moved. Raises LibraryError where the library has none of that key.
    """
    path = library / REGISTRY_FILE
    records = {k: s.record for k, s in read_registry(path).items()} if path.exists() else {}
    texts = texts_of(library, key)
    if key not in records and not texts:
        raise LibraryError("library.nothing-of", library=library, key=key)
    away = library / "removed"
    away.mkdir(exist_ok=True)
    moved = [text.replace(away / text.name) for text in texts]
    if key in records:
        kept = away / f"{key}.json"
        kept.write_text(
            json.dumps(records.pop(key), ensure_ascii=False, indent=2), encoding="utf-8"
        )
        moved.append(kept)
        _write(path, list(records.values()))
    return tuple(moved)


def restore_source(library: Path, key: str) -> tuple[Path, ...]:
    """Bring back what `remove_source` moved away; returns the files that stand again.

    Raises LibraryError where nothing of that key was moved, or where there is something new of it.
    """
    away = library / "removed"
    kept, texts = away / f"{key}.json", texts_of(away, key)
    if not kept.exists() and not texts:
        raise LibraryError("library.nothing-back", folder=away, key=key)
    if texts_of(library, key):
        raise LibraryError("library.new-text", key=key, library=library)
    back = [text.replace(library / text.name) for text in texts]
    if kept.exists():
        write_record(library, json.loads(kept.read_text(encoding="utf-8")))
        kept.unlink()
        back.append(library / REGISTRY_FILE)
    return tuple(back)


def removed_keys(library: Path) -> tuple[str, ...]:
    """Keys of the sources that were moved away and can be brought back, sorted."""
    away = library / "removed"
    if not away.is_dir():
        return ()
    found = {p.stem for p in away.iterdir() if p.suffix.lower() in {*suffixes(), ".json"}}
    return tuple(sorted(found))


def _write(path: Path, records: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    ordered = sorted(records, key=lambda record: str(record["id"]))
    draft.write_text(json.dumps(ordered, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
