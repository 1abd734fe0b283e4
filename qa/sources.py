"""The state of each source, and `footnote sources`."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import IndexDamagedError, IndexMissingError, LibraryError
from corpus.imports import Imported, import_folder, place, remove_source, write_record
from corpus.readers import READERS, read_document
from corpus.registry import PACKAGED, document_files, load_library
from corpus.settings import Settings, load_settings
from index.build import read_library
from index.manifest import read_manifest
from index.store import STORE_FILE, Store
from index.versions import Versions
from qa import terminal

app = typer.Typer(
    name="sources", help="The sources of the library.", no_args_is_help=True, add_completion=False
)
Home = Annotated[Path | None, typer.Option("--home", help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True)
class SourceState:
    """A source with what is known of its text.

    `state`: `indexed`; `not indexed` (a text that the index lacks, or holds otherwise);
    `unreadable`, with the reason in `note`; `record only`.
    """

    key: str
    title: str
    state: str
    words: int | None
    passages: int | None
    language: str
    pages: int | None
    sha256: str | None
    date: str | None
    file: str | None
    note: str | None


def states(settings: Settings) -> tuple[SourceState, ...]:
    """The state of every source of the library, in order of keys."""
    library = read_library(settings)
    folders = (PACKAGED, settings.library)
    files, _ = document_files(folders, library.sources, frozenset(READERS))
    indexed = _indexed(settings)
    found = []
    for key, source in library.sources.items():
        document, file = library.documents.get(key), files.get(key)
        entry = indexed.get(key)
        same = entry is not None and document is not None and entry[0] == document.sha256
        problem = next((p for p in library.problems if file and p.startswith(str(file))), None)
        found.append(
            SourceState(
                key=key,
                title=source.title,
                state=_state(file, problem, same=same),
                words=len(document.text.split()) if document else None,
                passages=entry[1] if entry and same else None,
                language=document.language if document else source.language,
                pages=len(document.pages) or None if document else None,
                sha256=hashlib.sha256(file.read_bytes()).hexdigest() if file else None,
                date=_date(file) if file else None,
                file=str(file) if file else None,
                note=problem,
            )
        )
    return tuple(found)


def _state(file: Path | None, problem: str | None, *, same: bool) -> str:
    if file is None:
        return "record only"
    if problem is not None:
        return "unreadable"
    return "indexed" if same else "not indexed"


def _date(file: Path) -> str:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()


def _indexed(settings: Settings) -> dict[str, tuple[str, int]]:
    """Key → hash of the document and number of its passages in the version in use."""
    versions = Versions(settings.home)
    try:
        manifest = read_manifest(versions.path(versions.current()))
    except (IndexMissingError, IndexDamagedError):
        return {}
    return {entry.key: (entry.sha256, entry.passages) for entry in manifest.documents}


@app.command("list", epilog="Example: `footnote sources list --json`")
def list_sources(home: Home = None, as_json: AsJson = False) -> None:
    """List the sources: state, words, passages, language, pages, date."""
    found = states(load_settings(home))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        terminal.show_sources(found)


@app.command("import", epilog="Example: `footnote sources import ~/texts && footnote build`")
def import_sources(
    folder: Annotated[Path, typer.Argument(help="Folder of files named by key: `un2000b.md`.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Take in the texts of cited sources, on a machine without a network, say."""
    settings = load_settings(home)
    sources = load_library((PACKAGED, settings.library)).values()
    suffixes = frozenset(READERS)
    results = import_folder(folder, settings.library, sources, suffixes, read_document)
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in results], ensure_ascii=False, indent=2))
    else:
        terminal.show_imports(results)
    if not any(one.key for one in results):
        raise LibraryError(
            f"{folder}: no file was taken; name the files by key, see 'sources list'"
        )


@app.command(
    "add", epilog='Example: `footnote sources add report.pdf --title "A report" --year 2020`'
)
def add_source(  # noqa: PLR0913, PLR0917
    file: Annotated[Path, typer.Argument(help="The file: .md, .txt, .pdf, .html or .docx.")],
    title: Annotated[str, typer.Option(help="Title of the source.")],
    author: Annotated[
        list[str] | None,
        typer.Option(help="`Family, Given`, or a body; may be repeated.", show_default=False),
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year.", show_default=False)] = None,
    key: Annotated[
        str | None, typer.Option(help="Key. Default: author and year.", show_default=False)
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the record.")] = "en",
    kind: Annotated[str, typer.Option("--type", help="CSL type.")] = "report",
    home: Home = None,
) -> None:
    """Add a text with its record; run `footnote build` afterwards."""
    settings = load_settings(home)
    names = [_name(one) for one in author or []]
    record: dict[str, Any] = {
        "id": key or _key(names, title, year),
        "type": kind,
        "title": title,
        "author": names,
        "language": language,
    }
    if year is not None:
        record["issued"] = {"date-parts": [[year]]}
    known = load_library((PACKAGED, settings.library))
    if record["id"] in known and key is None:
        raise LibraryError(
            f"'{record['id']}' is taken by “{known[record['id']].title}”: give --key"
        )
    read_document(record["id"], file, language)
    source = write_record(settings.library, record)
    place(file, settings.library, source.key, frozenset(READERS))
    typer.echo(f"added {source.key}: run 'footnote build' to index it")


@app.command("check", epilog="Example: `footnote sources check`")
def check(home: Home = None, as_json: AsJson = False) -> None:
    """List references in the indexed texts that no source of the library answers to."""
    unresolved = list(_unresolved(load_settings(home)))
    if as_json:
        typer.echo(json.dumps(unresolved, ensure_ascii=False, indent=2))
        return
    for one in unresolved:
        typer.echo(f"{one['source']} at {one['start']}: {one['text']}")
    typer.echo(f"{len(unresolved)} references without a source", err=True)


@app.command("remove", epilog="Example: `footnote sources remove un2000b`")
def remove(
    key: Annotated[str, typer.Argument(help="Key of the source.")], home: Home = None
) -> None:
    """Move a source out of the library; its files stay in the folder `removed`."""
    settings = load_settings(home)
    for path in remove_source(settings.library, key, frozenset(READERS)):
        typer.echo(f"moved to {path}")
    typer.echo("run 'footnote build' to take it out of the index")


def _unresolved(settings: Settings) -> Iterator[dict[str, Any]]:
    versions = Versions(settings.home)
    store = Store(versions.path(versions.current()) / STORE_FILE)
    try:
        for key in store.document_keys():
            document = store.document(key)
            for span in store.unresolved(key):
                yield {"source": key, "start": span.start, "text": document.cut(span)}
    finally:
        store.close()


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    if comma:
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": author.strip()}


def _key(names: list[dict[str, str]], title: str, year: int | None) -> str:
    first = (names[0].get("family") or names[0].get("literal") or "") if names else title
    words = re.sub(r"[^a-z0-9 ]", "", first.lower()).split() or ["source"]
    stem = words[0] if words[0][0].isalpha() else f"s{words[0]}"
    return f"{stem[:40]}{year or ''}"


def _plain(one: Imported) -> dict[str, Any]:
    return {"file": str(one.file), "key": one.key, "reason": one.reason}
