"""`footnote sources`: list, fetch, import, add, follow, cite, check, remove."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import FetchError, LibraryError, QuestionError
from corpus.settings import Settings, load_settings
from corpus.sources.library import Library
from corpus.sources.registry import Source, source_from_record
from qa.citing.bibliography import EXPORTS
from qa.cli import terminal
from qa.cli.json_output import print_json

if TYPE_CHECKING:
    from corpus.fetching.fetcher import Fetched

# What a command needs beyond this is imported by the command: readers, network and index take
# longer to load than most commands to run.
app = typer.Typer(
    name="sources", help="The sources of the library.", no_args_is_help=True, add_completion=False
)
Home = Annotated[Path | None, typer.Option("--home", help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list", epilog="Example: `footnote sources list --json`")
def list_sources(home: Home = None, as_json: AsJson = False) -> None:
    """List the sources: state, words, passages, language, pages, date, sha256, address."""
    from qa.library.coverage import read_coverage  # noqa: PLC0415
    from qa.library.source_states import inventory  # noqa: PLC0415

    settings = load_settings(home)
    found = inventory(settings)
    if as_json:
        print_json(found.states)
    else:
        terminal.show_sources(found, read_coverage(settings))


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
    from qa.library.fetch import wanted  # noqa: PLC0415

    settings = load_settings(home)
    chosen = wanted(settings, keys or [])
    results = list(_fetched(settings, chosen, show=not as_json)) if chosen else []
    if as_json:
        print_json(results)
    elif not chosen:
        typer.echo("every source has a text; name keys to fetch them again")
    elif any(one.file for one in results):
        typer.echo("run 'footnote build' to index what came")
    if results and not any(one.file for one in results):
        raise FetchError(
            "no source could be fetched: the reasons are above and in 'footnote sources list'; "
            "'footnote sources import FOLDER' takes files that you have"
        )


def _fetched(settings: Settings, chosen: tuple[Source, ...], *, show: bool) -> "Iterator[Fetched]":
    from qa.library.fetch import fetching  # noqa: PLC0415

    with fetching(settings) as fetcher:
        for source in chosen:
            try:
                with terminal.fetch_progress(source.key) as watch:
                    found = fetcher.fetch(source, watch)
            except KeyboardInterrupt:
                terminal.warn(f"stopped at {source.key}; what came before is kept")
                raise
            if show:
                terminal.show_fetched(found)
            yield found


@app.command("import", epilog="Example: `footnote sources import ~/texts && footnote build`")
def import_sources(
    folder: Annotated[Path, typer.Argument(help="Folder of files named by key: `un2000b.md`.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Take in the texts of cited sources, on a machine without a network, say."""
    from corpus.sources.user_library import import_folder  # noqa: PLC0415

    results = import_folder(folder, Library.of(load_settings(home)))
    if as_json:
        print_json(results)
    else:
        terminal.show_imports(results)
    if not any(one.key for one in results):
        raise LibraryError(
            f"{folder}: no file was taken; name the files by key, see 'footnote sources list'"
        )
    if not as_json:
        typer.echo("run 'footnote build' to index what was taken")


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
    from qa.library.add import new_record  # noqa: PLC0415

    settings = load_settings(home)
    record = new_record(
        Library.of(settings).sources,
        title=title,
        authors=author or [],
        year=year,
        key=key,
        language=language,
        kind=kind,
    )
    add = _add_address if re.match(r"https?://", file, re.I) else _add_file
    add(file, record, settings)
    typer.echo(f"added {record['id']}: run 'footnote build' to index it")


def _add_address(address: str, record: dict[str, Any], settings: Settings) -> None:
    from corpus.sources.user_library import write_record  # noqa: PLC0415

    today = datetime.now(UTC).date()
    accessed = {"date-parts": [[today.year, today.month, today.day]]}
    record = {**record, "URL": address, "accessed": accessed}
    (arrived,) = _fetched(settings, (source_from_record(record),), show=False)
    if arrived.file is None:
        raise FetchError(
            f"{arrived.reason}; download it in a browser and add the file, or mend --title"
        )
    write_record(settings.library, record)


def _add_file(file: str, record: dict[str, Any], settings: Settings) -> None:
    from qa.library.add import add_file  # noqa: PLC0415

    add_file(settings, Path(file), record)


@app.command("follow", epilog="Example: `footnote sources follow delgado --json`")
def follow(
    key: Annotated[str, typer.Argument(help="Source whose references are followed.")] = "delgado",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print, for each claim with a reference, the passage of the cited source that supports it."""
    from qa.answering.engine import Engine  # noqa: PLC0415

    engine = Engine.open(load_settings(home))
    try:
        if key not in engine.keys:
            raise QuestionError(f"no indexed source '{key}'; indexed are {', '.join(engine.keys)}")
        rows = engine.follow_all(key)
    finally:
        engine.close()
    if as_json:
        print_json([row.to_json() for row in rows])
    else:
        terminal.show_followed(rows)


@app.command("cite", epilog="Example: `footnote sources cite dos2017 un2000b --style bibtex`")
def cite(
    keys: Annotated[
        list[str] | None,
        typer.Argument(help="Keys. Default: all sources, or those quoted.", show_default=False),
    ] = None,
    style: Annotated[str, typer.Option(help=f"One of {', '.join(EXPORTS)}.")] = "apa",
    quoted: Annotated[
        Path | None,
        typer.Option(
            "--quotes",
            help="File with what `ask --json` printed, - for stdin: what it quotes, with places.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Print a bibliography: APA, MLA, Chicago, BibTeX, RIS or CSL-JSON."""
    from qa.chats.quoted_places import quoted_places  # noqa: PLC0415
    from qa.citing.bibliography import bibliography  # noqa: PLC0415
    from qa.library.coverage import retrieved  # noqa: PLC0415

    if style not in EXPORTS:
        raise typer.BadParameter(f"no style {style!r}; expected one of {', '.join(EXPORTS)}")
    settings = load_settings(home)
    library = Library.of(settings).sources
    places: list[tuple[str, str | None]] = [(key, None) for key in keys or ()]
    if quoted is not None:
        places += quoted_places(quoted)
    elif not places:
        places = [(key, None) for key in library]
    unknown = sorted({key for key, _ in places} - library.keys())
    if unknown:
        raise LibraryError(f"no source {', '.join(unknown)}; see 'footnote sources list'")
    cited = [(library[key], place) for key, place in places]
    typer.echo(bibliography(cited, style, accessed=retrieved(settings)), nl=False)


@app.command("check", epilog="Example: `footnote sources check`")
def check(home: Home = None, as_json: AsJson = False) -> None:
    """List references in the indexed texts that no source of the library answers to."""
    unresolved = list(_unresolved(load_settings(home)))
    if as_json:
        print_json(unresolved)
        return
    for one in unresolved:
        typer.echo(f"{one['source']}, {one['pinpoint']}: {one['text']}")
    typer.echo(f"{len(unresolved)} references without a source", err=True)


@app.command("restore", epilog="Example: `footnote sources restore un2000b`")
def restore(
    key: Annotated[str, typer.Argument(help="Key of the source.")], home: Home = None
) -> None:
    """Bring back a source that `remove` moved away."""
    from corpus.sources.user_library import restore_source  # noqa: PLC0415

    settings = load_settings(home)
    for path in restore_source(settings.library, key):
        typer.echo(f"stands again: {path}")
    typer.echo("run 'footnote build' to index it")


@app.command("remove", epilog="Example: `footnote sources remove un2000b`")
def remove(
    key: Annotated[str, typer.Argument(help="Key of the source.")], home: Home = None
) -> None:
    """Move a source out of the library; its files stay in the folder `removed`."""
    from corpus.sources.user_library import remove_source  # noqa: PLC0415

    settings = load_settings(home)
    for path in remove_source(settings.library, key):
        typer.echo(f"moved to {path}")
    typer.echo("run 'footnote build' to take it out of the index")
    typer.echo(f"'footnote sources restore {key}' brings it back")


def _unresolved(settings: Settings) -> Iterator[dict[str, Any]]:
    from corpus.law.pinpoints import pinpoint  # noqa: PLC0415
    from index.versions.store import STORE_FILE, Store  # noqa: PLC0415
    from index.versions.versions import Versions  # noqa: PLC0415

    versions = Versions(settings.home)
    store = Store(versions.path(versions.current()) / STORE_FILE)
    try:
        for key in store.document_keys():
            document = store.document(key)
            for span in store.unresolved(key):
                place = pinpoint(document, span.start)
                row = {"source": key, "start": span.start, "pinpoint": place}
                yield {**row, "text": document.cut(span)}
    finally:
        store.close()
