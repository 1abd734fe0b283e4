"""`footnote versions`: list, diff, rollback, prune, publish."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from corpus.errors import BusyError
from corpus.settings import Settings, load_settings
from qa.cli import console
from qa.cli.gate_comparison import comparison_json, show_comparison

if TYPE_CHECKING:
    from index.versions.inventory import Difference, VersionState
    from index.versions.published import Versions

# What searches and stores is imported by each command: it takes longer to load than `--help`.

app = typer.Typer(
    name="versions",
    help="The versions of the index: each was published whole and never changes.",
    no_args_is_help=True,
    add_completion=False,
)
VersionName = Annotated[str, typer.Argument(help="Id of a version, or its number.")]


@app.command("list", epilog="Example: `footnote versions list`")
def list_versions(home: console.Home = None, as_json: console.AsJson = False) -> None:
    """List the versions: date, model, documents, passages, size; which one is in use."""
    from index.versions.inventory import version_inventory  # noqa: PLC0415

    found = version_inventory(_versions(load_settings(home)))
    if as_json:
        console.print_json(found)
        return
    names = ("id", "state", "created", "documents", "passages", "size", "model")
    rows = [_row(one) for one in found]
    table = Table(box=None, pad_edge=False)
    for at, name in enumerate(names):
        right = name in {"documents", "passages", "size"}
        width = max(len(name), *(len(row[at]) for row in rows)) if rows and name != "model" else 5
        side: Literal["left", "right"] = "right" if right else "left"
        table.add_column(name, justify=side, no_wrap=True, min_width=width, overflow="ellipsis")
    for one, row in zip(found, rows, strict=True):
        table.add_row(*map(escape, row), style="bold" if one.state == "current" else None)
    console.output().print(table)
    for one in found:
        if one.problem:
            console.output().print(Text(f"{one.id}: {one.problem}"), style="dim", soft_wrap=True)


@app.command("diff", epilog="Example: `footnote versions diff 3 4 --gold questions.jsonl`")
def diff(
    before: VersionName,
    after: VersionName,
    gold: Annotated[
        Path | None,
        typer.Option(help="Labelled questions to ask both versions.", show_default=False),
    ] = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Tell what differs between two versions: documents, passages, and answers with --gold."""
    from index.versions.inventory import difference  # noqa: PLC0415
    from qa.evaluate.data.gold import read_gold  # noqa: PLC0415

    settings = load_settings(home)
    questions = read_gold(gold) if gold else None
    versions = _versions(settings)
    found = difference(versions, versions.find(before), versions.find(after))
    comparison = None
    if questions is not None:
        from qa.evaluate.runs.gate import compare_versions, loader  # noqa: PLC0415

        comparison = compare_versions(
            settings, found.before, found.after, questions, loader(settings)
        )
    if as_json:
        totals = {name: found.total(name) for name in ("added", "removed", "changed")}
        answers = {"gold": comparison_json(comparison)} if comparison else {}
        console.print_json({**console.plain(found), "passages": totals, **answers})
        return
    _show(found)
    if comparison:
        show_comparison(comparison, moved=True)


@app.command("rollback", epilog="Example: `footnote versions rollback`")
def rollback(
    version: Annotated[
        str | None,
        typer.Argument(help="Id or number. Default: the one in use before.", show_default=False),
    ] = None,
    home: console.Home = None,
) -> None:
    """Put an earlier version to use; a chat that is running notices it."""
    versions = _versions(load_settings(home))
    now = versions.roll_back(versions.find(version) if version else None)
    typer.echo(f"in use: {now}")


@app.command("prune", epilog="Example: `footnote versions prune --keep 3`")
def prune(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Remove just these versions (ids or numbers).", show_default=False),
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many of the newest stay.", show_default=False)
    ] = None,
    home: console.Home = None,
) -> None:
    """Remove old versions; the one in use and those that a process reads stay."""
    if bool(names) == (keep is not None):
        raise typer.BadParameter("give --keep N or versions to remove, one of the two")
    versions = _versions(load_settings(home))
    if keep is not None:
        gone, read = versions.prune(keep)
    else:
        wanted = [versions.find(name) for name in names or []]
        removed = {one: versions.remove(one) for one in wanted}
        gone = tuple(one for one in wanted if removed[one])
        read = tuple(one for one in wanted if not removed[one])
    for one in gone:
        typer.echo(f"removed {one}")
    if not gone and not read:
        typer.echo("nothing to remove")
    if read:
        raise BusyError("versions.read", versions=read)


@app.command("publish", epilog="Example: `footnote versions publish 5`")
def publish(candidate: VersionName, home: console.Home = None) -> None:
    """Put a candidate to use that the gate of a build has held back."""
    settings: Settings = load_settings(home)
    versions = _versions(settings)
    with versions.building():  # a build may be about to replace it
        found = versions.find(candidate)
        versions.promote(found)
    typer.echo(f"in use: {found}")


def _versions(settings: Settings) -> "Versions":
    from index.versions.published import Versions  # noqa: PLC0415

    return Versions(settings.home)


def _row(one: "VersionState") -> tuple[str, ...]:
    created = (one.created or "")[:16].replace("T", " ")  # UTC, to the minute
    counts = ("" if n is None else f"{n:,}" for n in (one.documents, one.passages))
    size = "" if one.bytes is None else f"{one.bytes / 1e6:,.1f} MB"
    return (one.id, one.state, created, *counts, size, one.model or "")


def _show(found: "Difference") -> None:
    out = console.output()
    for one in found.documents:
        counts = ", ".join(
            f"{n} {word}"
            for n, word in (
                (one.added, "added"),
                (one.removed, "removed"),
                (one.changed, "changed"),
            )
            if n
        )
        out.print(f"{one.state:8} {escape(one.key)}: passages {counts or 'the same'}")
    if found.models:
        out.print(f"model    {escape(' → '.join(found.models))}")
    totals = ", ".join(f"{found.total(name)} {name}" for name in ("added", "removed", "changed"))
    out.print(
        f"{found.before} → {found.after}: {len(found.documents)} documents differ, "
        f"{found.unchanged} are the same; passages: {totals}",
        soft_wrap=True,
    )
