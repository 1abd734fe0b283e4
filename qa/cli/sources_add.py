"""`footnote sources add` and `import`: texts that a user has."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from corpus.errors import FetchError, LibraryError
from corpus.settings import Settings, load_settings
from qa.cli import console
from qa.cli.sources_fetch import fetched

if TYPE_CHECKING:
    from corpus.sources.user_library import Imported


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
    home: console.Home = None,
) -> None:
    """Add a text with its record; run `footnote build` afterwards."""
    from corpus.sources.library import Library  # noqa: PLC0415
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
    from corpus.sources.registry import source_from_record  # noqa: PLC0415
    from corpus.sources.user_library import write_record  # noqa: PLC0415

    today = datetime.now(UTC).date()
    accessed = {"date-parts": [[today.year, today.month, today.day]]}
    record = {**record, "URL": address, "accessed": accessed}
    (arrived,) = fetched(settings, (source_from_record(record),), show=False)
    if arrived.file is None:
        raise FetchError("source.not-had", reason=arrived.reason)
    write_record(settings.library, record)


def _add_file(file: str, record: dict[str, Any], settings: Settings) -> None:
    from qa.library.add import add_file  # noqa: PLC0415

    add_file(settings, Path(file), record)


def import_sources(
    folder: Annotated[Path, typer.Argument(help="Folder of files named by key: `roe2011.pdf`.")],
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Take in the texts of cited sources, on a machine without a network, say."""
    from corpus.sources.library import Library  # noqa: PLC0415
    from corpus.sources.user_library import import_folder  # noqa: PLC0415

    results = import_folder(folder, Library.of(load_settings(home)))
    if as_json:
        console.print_json(results)
    else:
        show_imports(results)
    if not any(one.key for one in results):
        raise LibraryError("source.none-taken", folder=folder)
    if not as_json:
        typer.echo("run 'footnote build' to index what was taken")


def show_imports(results: Iterable["Imported"]) -> None:
    """What became of each file."""
    for one in results:
        if one.key is not None:
            console.output().print(f"[green]taken[/]  {escape(one.file.name)}", soft_wrap=True)
        else:
            console.output().print(
                f"[yellow]left[/]   {escape(one.file.name)}: {escape(str(one.reason))}",
                soft_wrap=True,
            )
