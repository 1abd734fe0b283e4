"""`footnote sources fetch`: texts of sources from their addresses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import FetchError
from corpus.settings import Settings, load_settings
from qa.cli import console
from qa.cli.fetch_progress import fetch_progress, show_fetched

if TYPE_CHECKING:
    from corpus.fetching.fetcher import Fetched
    from corpus.sources.registry import Source


def fetch(
    keys: Annotated[
        list[str] | None,
        typer.Argument(help="Keys. Default: all sources without a text.", show_default=False),
    ] = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Fetch texts of sources from their addresses; run `footnote build` afterwards."""
    from qa.library.fetch import wanted  # noqa: PLC0415

    settings = load_settings(home)
    chosen = wanted(settings, keys or [])
    results = list(fetched(settings, chosen, show=not as_json)) if chosen else []
    if as_json:
        console.print_json(results)
    elif not chosen:
        typer.echo("every source has a text; name keys to fetch them again")
    elif any(one.file for one in results):
        typer.echo("run 'footnote build' to index what came")
    if results and not any(one.file for one in results):
        raise FetchError("source.none-fetched")


def fetched(settings: Settings, chosen: "tuple[Source, ...]", *, show: bool) -> "Iterator[Fetched]":
    """What becomes of each source, one after the other; with `show` a line each is printed."""
    from qa.library.fetch import fetching  # noqa: PLC0415

    with fetching(settings) as fetcher:
        for source in chosen:
            try:
                with fetch_progress(source.key) as watch:
                    found = fetcher.fetch(source, watch)
            except KeyboardInterrupt:
                console.warn(f"stopped at {source.key}; what came before is kept")
                raise
            if show:
                show_fetched(found)
            yield found
