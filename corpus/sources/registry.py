"""The registry of a library: `sources.json` → Source, and which file counts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError
from corpus.sources.record_files import check_record, read_records
from corpus.wording import Message

REGISTRY_FILE = "sources.json"
_ALONE = Message.of("record.alone")


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


def source_from_record(record: object, where: Message = _ALONE) -> Source:
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
        source = source_from_record(value, Message.of("record.line", path=path, line=line))
        if source.key in lines:
            both = {"first": lines[source.key], "second": line}
            raise LibraryError("library.same-key", path=path, key=source.key, **both)
        lines[source.key] = line
        sources[source.key] = source
    return dict(sorted(sources.items()))


def preference(file: Path) -> tuple[str, bool, str]:
    """Order of files that could be the text of one source: a PDF first, since it has pages."""
    return file.stem, file.suffix.lower() != ".pdf", file.name


def leads_out(file: Path, folder: Path) -> bool:
    """Whether a file is a link to what is not in its folder, or to nothing."""
    if not file.is_symlink():
        return False
    return not (file.is_file() and file.resolve().is_relative_to(folder.resolve()))
