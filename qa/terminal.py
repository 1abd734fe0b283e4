"""What the command line shows a person."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from index.build import BuildReport
from qa.doctor import Finding

if TYPE_CHECKING:
    from corpus.fetch import Fetched
    from corpus.imports import Imported
    from corpus.network import Watch
    from qa.follow import Followed
    from qa.states import SourceState

_SYMBOLS = {"sound": "[green]✓[/]", "note": "[yellow]•[/]", "fault": "[red]✗[/]"}


def output() -> Console:
    """Where results go."""
    return Console(highlight=False)


def errors() -> Console:
    """Where everything goes that is no result."""
    return Console(stderr=True, highlight=False)


def say(message: str, console: Console | None = None) -> None:
    """A line for the person who waits."""
    (console or errors()).print(escape(message), soft_wrap=True)


def warn(message: str) -> None:
    """A problem that did not stop the work."""
    errors().print(f"[yellow]warning:[/] {escape(message)}", soft_wrap=True)


def fail(message: str) -> None:
    """The one line of an error."""
    errors().print(f"[red]footnote:[/] {escape(' '.join(message.split()))}", soft_wrap=True)


def show_build(report: BuildReport) -> None:
    """The result of a build."""
    what = "published" if report.published else "nothing changed; in use:"
    if report.held_back is not None:
        what = "held back, not in use:"
    output().print(
        f"{what} [bold]{report.version}[/]: {report.documents} documents, {report.passages} "
        f"passages, {report.sentences} sentences; {report.encoded} texts encoded, "
        f"{report.reused} taken over",
        soft_wrap=True,
    )


def show_sources(found: Iterable["SourceState"]) -> None:
    """A table of the sources, and why some have no text."""
    found = tuple(found)
    table = Table(box=None, pad_edge=False, expand=True)
    for name in ("key", "state", "words", "passages", "language", "pages", "of"):
        right = name in {"words", "passages", "pages"}
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=1)
    for one in found:
        counts = ("" if n is None else f"{n:,}" for n in (one.words, one.passages))
        pages = "" if one.pages is None else str(one.pages)
        row = (one.key, one.state, *counts, one.language, pages, one.date or "", one.title)
        table.add_row(*map(escape, row))
    output().print(table)

    for one in found:
        if one.note:
            output().print(Text(f"{one.key}: {one.note}"), style="dim", soft_wrap=True)


@contextmanager
def fetch_progress() -> Iterator[Callable[[str], "Watch"]]:
    """A bar a download on a terminal, nothing elsewhere; gives the watcher of a source by key."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(*columns, TransferSpeedColumn(), console=errors(), transient=True) as bars:

        def watching(key: str) -> "Watch":
            task = bars.add_task(escape(key), total=None)

            def watch(_address: str, received: int, announced: int | None) -> None:
                bars.update(task, completed=received, total=announced)

            return watch

        yield watching


def show_fetched(one: "Fetched") -> None:
    """What became of a source that was asked for."""
    if one.file is not None:
        output().print(
            f"[green]fetched[/]  {one.key} from {escape(str(one.address))}", soft_wrap=True
        )
    else:
        output().print(f"[yellow]not had[/]  {one.key}: {escape(one.reason or '')}", soft_wrap=True)


def show_followed(rows: Iterable["Followed"]) -> None:
    """Claims, each with the passage that supports it or the statement that none does."""
    out, supported, count = output(), 0, 0
    for row in rows:
        count += 1
        cited = f"{row.key}{', inherited' if row.inherited else ''}"
        out.print(Text(f"“{row.claim}”"), soft_wrap=True)
        if row.quotation is None:
            score = "" if row.score is None else f" (best {row.score:.2f})"
            out.print(Text(f"  {cited}: {row.reason}{score}\n"), style="yellow", soft_wrap=True)
            continue
        supported += 1
        place = f"  {cited}, {row.quotation.citation.pinpoint} ({row.score:.2f}): "
        out.print(Text(place), Text(f"“{row.quotation.text}”\n"), style="cyan", soft_wrap=True)
    out.print(f"{supported} of {count} claims supported", style="dim")


def show_imports(results: Iterable["Imported"]) -> None:
    """What became of each file."""
    for one in results:
        if one.key is not None:
            output().print(f"[green]taken[/]  {escape(one.file.name)}", soft_wrap=True)
        else:
            output().print(
                f"[yellow]left[/]   {escape(one.file.name)}: {escape(one.reason or '')}",
                soft_wrap=True,
            )


def show_answer(answer: dict[str, Any]) -> None:
    """An answer (the object of `--json`) as text."""
    out = output()
    if "error" in answer:
        fail(f"{answer['id']}: {answer['error']}")
        return
    if "id" in answer:
        out.print(f"[bold]{escape(str(answer['id']))}[/] {escape(answer['question'])}")
    if not answer["answered"]:
        out.print(f"[yellow]Not answered.[/] {escape(answer['reason'])}")
        if answer["closest"]:
            out.print("The closest passages, not an answer:", style="dim")
    for number, quote in enumerate(answer["quotes"] or answer["closest"], 1):
        out.print()
        # Text, not markup, and no line breaks of ours: the words are printed as they stand.
        out.print(Text(f"“{quote['text']}”"), soft_wrap=True)
        cited = f"[{number}] {quote['reference']} ({quote['pinpoint']})"
        out.print(Text(cited), soft_wrap=True, style="cyan")
    out.print(f"\nindex {answer['index_version']} · {answer['elapsed_ms']} ms", style="dim")
    sys.stdout.flush()


def show_findings(findings: Iterable[Finding]) -> None:
    """What `doctor` found, a line each."""
    out = output()
    for finding in findings:
        symbol = _SYMBOLS[finding.state]
        out.print(f"{symbol} {escape(finding.subject)}: {escape(finding.message)}", soft_wrap=True)
