"""`footnote sources`: list, fetch, import, add, follow, cite, check, remove."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import FetchError, LibraryError
from corpus.fetch import Fetched
from corpus.imports import Imported, import_folder, place, remove_source, write_record
from corpus.provenance import read_provenance
from corpus.readers import READERS, read_document
from corpus.registry import PACKAGED, load_library, source_from_record
from corpus.settings import Settings, load_settings
from index.store import STORE_FILE, Store
from index.versions import Versions
from qa import terminal
from qa.export import EXPORTS, gathered
from qa.fetching import fetching, wanted
from qa.quoted import quoted_places
from qa.states import states

app = typer.Typer(
    name="sources", help="The sources of the library.", no_args_is_help=True, add_completion=False
)
Home = Annotated[Path | None, typer.Option("--home", help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list", epilog="Example: `footnote sources list --json`")
def list_sources(home: Home = None, as_json: AsJson = False) -> None:
    """List the sources: state, words, passages, language, pages, date."""
    found = states(load_settings(home))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        terminal.show_sources(found)


@app.command("fetch", epilog="Example: `footnote sources fetch un2000b && footnote build`")
def fetch(
    keys: Annotated[
        list[str] | None,
        typer.Argument(help="Keys. Default: all sources without a text.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Fetch texts of sources from their addresses; run `footnote build` afterwards."""
    settings = load_settings(home)
    chosen = wanted(settings, keys or [])
    if not chosen and not as_json:
        typer.echo("every source has a text; name keys to fetch them again")
    results = []
    with fetching(settings) as fetcher, terminal.fetch_progress() as watch:
        for source in chosen:
            results.append(fetcher.fetch(source, watch(source.key)))
            if not as_json:
                terminal.show_fetched(results[-1])
    if as_json:
        typer.echo(json.dumps([_fetched(one) for one in results], ensure_ascii=False, indent=2))
    elif any(one.file for one in results):
        typer.echo("run 'footnote build' to index what came")
    if results and not any(one.file for one in results):
        raise FetchError("no source could be fetched; see 'footnote sources list'")


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
    file: Annotated[str, typer.Argument(help="A .md, .txt, .pdf, .html or .docx file, or a URL.")],
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
    if re.match(r"https?://", file, re.I):
        record |= {"URL": file, "accessed": {"date-parts": [_today()]}}
        source = source_from_record(record)
        with fetching(settings) as fetcher, terminal.fetch_progress() as watch:
            arrived = fetcher.fetch(source, watch(source.key))
        if arrived.file is None:
            raise FetchError(arrived.reason or "nothing came")
        write_record(settings.library, record)
    else:
        read_document(record["id"], Path(file), language)
        source = write_record(settings.library, record)
        place(Path(file), settings.library, source.key, frozenset(READERS))
    typer.echo(f"added {source.key}: run 'footnote build' to index it")


@app.command("follow", epilog="Example: `footnote sources follow delgado --json`")
def follow(
    key: Annotated[str, typer.Argument(help="Source whose references are followed.")] = "delgado",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print, for each claim with a reference, the passage of the cited source that supports it."""
    from qa.engine import Engine  # noqa: PLC0415

    engine = Engine.open(load_settings(home))
    rows = engine.follow_all(key)
    if as_json:
        typer.echo(json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=2))
    else:
        terminal.show_followed(rows)


@app.command("cite", epilog="Example: `footnote sources cite dos2017 un2000b --style bibtex`")
def cite(
    keys: Annotated[
        list[str] | None, typer.Argument(help="Keys. Default: all sources.", show_default=False)
    ] = None,
    style: Annotated[str, typer.Option(help=f"One of {', '.join(EXPORTS)}.")] = "apa",
    quoted: Annotated[
        Path | None,
        typer.Option(
            "--quotes",
            help="File with what `ask --json` printed: its quotations, with their pinpoints.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Print a bibliography: APA, MLA, Chicago, BibTeX, RIS or CSL-JSON."""
    if style not in EXPORTS:
        raise typer.BadParameter(f"no style {style!r}; expected one of {', '.join(EXPORTS)}")
    settings = load_settings(home)
    library = load_library((PACKAGED, settings.library))
    places = quoted_places(quoted) if quoted else [(one, None) for one in keys or library]
    unknown = sorted({one for one, _ in places} - library.keys())
    if unknown:
        raise LibraryError(f"no source {', '.join(unknown)}; see 'footnote sources list'")
    accessed = {
        one: entry.retrieved
        for one, entry in read_provenance(settings.library).items()
        if entry.retrieved
    }
    cited = gathered(((library[one], place_) for one, place_ in places), accessed)
    typer.echo(EXPORTS[style](cited), nl=False)


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


def _today() -> list[int]:
    today = datetime.now(UTC).date()
    return [today.year, today.month, today.day]


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


def _fetched(one: Fetched) -> dict[str, Any]:
    file = None if one.file is None else str(one.file)
    return {"key": one.key, "address": one.address, "file": file, "reason": one.reason}


def _plain(one: Imported) -> dict[str, Any]:
    return {"file": str(one.file), "key": one.key, "reason": one.reason}
