"""`footnote sources follow` and `check`: where references of the texts lead."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from corpus.errors import QuestionError
from corpus.settings import Settings, load_settings
from qa.cli import console

if TYPE_CHECKING:
    from qa.answers import Followed


def follow(
    key: Annotated[
        str | None,
        typer.Argument(
            help="Source whose references are followed. Default: the main document.",
            show_default=False,
        ),
    ] = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Print, for each claim with a reference, the passage of the cited source that supports it."""
    from corpus.sources.library import Library  # noqa: PLC0415
    from qa.answering.engine import Engine  # noqa: PLC0415

    settings = load_settings(home)
    main = Library.of(settings).file.main
    key = key or (main.key if main else None)
    engine = Engine.open(settings)
    try:
        if key is None:
            raise QuestionError("library.follow", keys=engine.keys)
        if key not in engine.keys:
            raise QuestionError("source.unindexed", key=key, known=engine.keys)
        rows = engine.follow_all(key)
    finally:
        engine.close()
    if as_json:
        console.print_json([row.to_json() for row in rows])
    else:
        show_followed(rows)


def show_followed(rows: Iterable["Followed"]) -> None:
    """Claims, each with the passage that supports it or the statement that none does."""
    out, found = console.output(), tuple(rows)
    for row in found:
        cited = f"{row.key}{', inherited' if row.inherited else ''}"
        out.print(Text(f"“{row.claim}”"), soft_wrap=True)
        if row.quotation is None:
            score = "" if row.score is None else f" (best {row.score:.2f})"
            out.print(Text(f"  {cited}: {row.reason}{score}\n"), style="yellow", soft_wrap=True)
            continue
        place = f"  {cited}, {row.quotation.citation.pinpoint} ({row.score:.2f}): "
        out.print(Text(place), Text(f"“{row.quotation.text}”\n"), style="cyan", soft_wrap=True)
    supported = sum(row.quotation is not None for row in found)
    unknown = sum(row.score is None for row in found)
    out.print(
        f"{len(found)} claims with a reference: {supported} supported, "
        f"{len(found) - supported - unknown} not, {unknown} cite a source that is not indexed",
        style="dim",
        soft_wrap=True,
    )


def check(home: console.Home = None, as_json: console.AsJson = False) -> None:
    """List references in the indexed texts that no source of the library answers to."""
    unresolved = list(_unresolved(load_settings(home)))
    if as_json:
        console.print_json(unresolved)
        return
    for one in unresolved:
        typer.echo(f"{one['source']}, {one['pinpoint']}: {one['text']}")
    typer.echo(f"{len(unresolved)} references without a source", err=True)


def _unresolved(settings: Settings) -> Iterator[dict[str, Any]]:
    from corpus.law.pinpoints import pinpoint  # noqa: PLC0415
    from index.versions.published import Versions  # noqa: PLC0415
    from index.versions.store import STORE_FILE, Store  # noqa: PLC0415

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
