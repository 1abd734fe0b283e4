"""The registry of a library: `sources.json` → Source, and the text file of each source."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError
from corpus.sources.record_files import check_record, read_records

PACKAGED = Path(__file__).parents[1] / "library"
"""The library that comes with Footnote."""
REGISTRY_FILE = "sources.json"

_NO_SOURCES = frozenset({"readme"})
"""Stems of files that tell about a library; nobody means them as a text of it."""


@dataclass(frozen=True)
class Source:
    """A bibliographic record: what is known of a text, whether or not the text is at hand.

    `csl` is the whole CSL-JSON record as canonical JSON. `year` is None where no date is known,
    `url` where no address is. `aliases` are other names by which people call the source,
    `alternates` other addresses of its text, `jurisdiction` the state whose law it is.
    """

    key: str
    title: str
    language: str
    url: str | None
    aliases: tuple[str, ...]
    year: int | None
    type: str
    csl: str
    alternates: tuple[str, ...] = ()
    jurisdiction: str | None = None

    @property
    def record(self) -> dict[str, Any]:
        """The CSL-JSON record, a fresh copy at each call."""
        return dict(json.loads(self.csl))


def source_from_record(record: object, where: str = "record") -> Source:
    """The source that a CSL-JSON record describes.

    `where` opens the message of the LibraryError for a record with a missing or wrong field.
    """
    checked, csl = check_record(record, where)
    return Source(
        key=checked.id,
        title=checked.title,
        language=checked.language,
        url=checked.url,
        aliases=tuple(checked.aliases),
        year=checked.issued.year,
        type=checked.type,
        csl=csl,
        alternates=tuple(checked.alternates),
        jurisdiction=checked.jurisdiction,
    )


def read_registry(path: Path) -> dict[str, Source]:
    """The sources of one file by key, in order of their keys.

    Raises LibraryError, with file, line and field, for a file that is not a JSON array of sound
    CSL-JSON records, or has two of one key.
    """
    sources: dict[str, Source] = {}
    lines: dict[str, int] = {}
    for line, value in read_records(path):
        source = source_from_record(value, f"{path}, line {line}")
        if source.key in lines:
            raise LibraryError(
                f"{path}: key '{source.key}' stands in line {lines[source.key]} and in line "
                f"{line}; expected one record a key: rename or remove one"
            )
        lines[source.key] = line
        sources[source.key] = source
    return dict(sorted(sources.items()))


def load_library(folders: Sequence[Path]) -> dict[str, Source]:
    """The sources of all folders, in order of their keys; a later folder's record wins.

    Only the first folder needs a `sources.json`. Raises LibraryError as `read_registry` does.
    """
    sources: dict[str, Source] = {}
    for number, folder in enumerate(folders):
        path = folder / REGISTRY_FILE
        if number == 0 or not _missing(path):
            sources |= read_registry(path)
    return dict(sorted(sources.items()))


def document_files(
    folders: Sequence[Path], keys: Collection[str], suffixes: Collection[str]
) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The text file of each source that has one, by key, and a line for each file left out.

    A file belongs to the source whose key is its stem; `suffixes` are lower-case with their dot.
    A later folder's file wins; of two in one folder the one that `preference` puts first. Left out
    with a line are files of no source, second files of a key, files of a source in a format that
    has no reader, and links that lead out of a folder of the user.
    """
    files: dict[str, Path] = {}
    problems: list[str] = []
    for folder in folders:
        here: dict[str, Path] = {}
        for path in sorted(_texts(folder, keys, suffixes), key=preference):
            problem = _problem(path, folder, keys, suffixes, here.get(path.stem))
            if problem is None:
                here[path.stem] = path
            else:
                problems.append(f"{path}: {problem}")
        files |= here
    return dict(sorted(files.items())), tuple(problems)


def preference(file: Path) -> tuple[str, bool, str]:
    """Order of files that could be the text of one source: a PDF first, since it has pages."""
    return file.stem, file.suffix.lower() != ".pdf", file.name


def leads_out(file: Path, folder: Path) -> bool:
    """Whether a file is a link to what is not in its folder, or to nothing."""
    if not file.is_symlink():
        return False
    return not (file.is_file() and file.resolve().is_relative_to(folder.resolve()))


def _problem(
    path: Path,
    folder: Path,
    keys: Collection[str],
    suffixes: Collection[str],
    taken: Path | None,
) -> str | None:
    key = path.stem
    if key not in keys:
        return (
            f"no source has the key '{key}'; add its record to {folder / REGISTRY_FILE} or rename "
            "the file"
        )
    if path.suffix.lower() not in suffixes:
        known = ", ".join(sorted(suffixes))
        return f"no reader for '{path.suffix}'; save it as one of {known}"
    # An installation may link its own files from elsewhere; a folder of the user must hold them.
    if folder != PACKAGED and leads_out(path, folder):
        return "a link that leads out of the folder; copy the file itself into it"
    if taken is not None:
        return f"{taken.name} is the text of '{key}' already; remove one of the two"
    return None


def _texts(folder: Path, keys: Collection[str], suffixes: Collection[str]) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if path.is_file() or path.is_symlink()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError(
            f"{folder}: not readable ({error.strerror}); expected a folder with permission to read"
        ) from None
    shown = [path for path in files if not _hidden(path)]
    return [path for path in shown if path.suffix.lower() in suffixes or path.stem in keys]


def _missing(path: Path) -> bool:
    # Path.exists raises where a folder is closed to us; reading the file will say so better.
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.stem.lower() in _NO_SOURCES
