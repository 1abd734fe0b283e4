"""What the command line shows a person."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from corpus.fetching.fetcher import Fetched
    from corpus.fetching.network import Watch
    from corpus.sources.user_library import Imported
    from index.build.build import BuildReport
    from qa.answers import Followed
    from qa.chats.verify import Verified
    from qa.cli.doctor import Finding
    from qa.library.coverage import Coverage
    from qa.library.source_states import Inventory, SourceState

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


def warn(message: object) -> None:
    """A problem that did not stop the work."""
    errors().print(f"[yellow]warning:[/] {escape(str(message))}", soft_wrap=True)


def fail(message: str) -> None:
    """The one line of an error."""
    errors().print(f"[red]footnote:[/] {escape(' '.join(message.split()))}", soft_wrap=True)


def show_build(report: "BuildReport") -> None:
    """The result of a build."""
    what = "published" if report.published else "nothing changed; in use:"
    if report.held_back is not None:
        what = "held back, not in use:"
    output().print(
        f"{what} [bold]{report.version}[/]: {report.documents} documents, {report.passages} "
        f"passages, {report.sentences} sentences; {report.encoded} texts encoded, "
        f"{report.reused} reused",
        soft_wrap=True,
    )


def show_sources(found: "Inventory", coverage: "Coverage") -> None:
    """The sources as a table, or one below the other where the terminal is too narrow for one."""
    out = output()
    if not out.is_terminal:
        # Nobody reads a file or a pipe by the width of a terminal: no word is cut.
        out.width = max(out.width, 1000)
    if out.width < _TABLE_WIDTH:
        for one in found.states:
            out.print(Text.assemble((one.key, "bold"), "  ", one.state))
            out.print(Padding(Text(one.title), (0, 0, 0, 2)))
            out.print(Padding(Text(_details(one)), (0, 0, 0, 2)), style="dim")
    else:
        with out.capture() as printed:
            out.print(_table(found.states, out.is_terminal))
        for line in printed.get().splitlines():
            out.print(Text.from_ansi(line.rstrip()), soft_wrap=True)
    for note, keys in _notes(found.states).items():
        out.print(Text(f"{', '.join(keys)}: {note}"), style="dim", soft_wrap=True)
    for problem in found.problems:
        warn(problem)
    show_coverage(coverage)


def show_coverage(coverage: "Coverage") -> None:
    """Which of the cited sources are indexed, and the step that adds the rest."""
    out = output()
    out.print(Text(f"Indexed: {coverage.summary}."), soft_wrap=True)
    if coverage.step:
        out.print(Text(f"{coverage.step}."), soft_wrap=True)


_TABLE_WIDTH = 110


def _table(found: Iterable["SourceState"], cut: bool) -> Table:
    table = Table(box=None, pad_edge=False, expand=cut)
    for name in ("key", "state", "words", "passages", "language", "pages", "of", "sha256"):
        right = name in {"words", "passages", "pages"}
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    # With a ratio, the title alone gives way where the terminal is narrow.
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=1 if cut else None)
    for one in found:
        counts = ("" if n is None else f"{n:,}" for n in (one.words, one.passages, one.pages))
        words, passages, pages = counts
        row = [one.key, one.state, words, passages, one.language, pages]
        row += [one.date or "", (one.sha256 or "")[:12], one.title]
        table.add_row(*map(escape, row))
    return table


def _details(one: "SourceState") -> str:
    """What the columns of the table say, in words."""
    parts = (
        None if one.words is None else f"{one.words:,} words",
        None if one.passages is None else f"{one.passages:,} passages",
        one.language,
        None if one.pages is None else f"{one.pages} pages",
        one.date and f"of {one.date}",
        one.sha256 and f"sha256 {one.sha256[:12]}",
    )
    return ", ".join(part for part in parts if part)


def _notes(found: Iterable["SourceState"]) -> dict[str, list[str]]:
    """What is to be said of some sources → their keys, in order."""
    notes: dict[str, list[str]] = {}
    for one in found:
        if one.address:
            notes.setdefault(f"fetched {one.retrieved} from {one.address}", []).append(one.key)
        if one.note:
            notes.setdefault(str(one.note), []).append(one.key)
    return notes


@contextmanager
def fetch_progress(key: str) -> Iterator["Watch"]:
    """The watcher of one download: a bar on a terminal, plain lines elsewhere; both on stderr."""
    console = errors()
    if not console.is_terminal:
        console.print(Text(f"fetching {key} …"), soft_wrap=True)
        yield _plain_watch(key, console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(*columns, TransferSpeedColumn(), console=console, transient=True) as bars:
        task = bars.add_task(escape(key), total=None)
        yield lambda _, received, announced: bars.update(task, completed=received, total=announced)


def _plain_watch(key: str, console: Console) -> "Watch":
    last = time.monotonic()

    def watch(_address: str, received: int, announced: int | None) -> None:
        nonlocal last
        if time.monotonic() - last > _SECONDS_A_LINE:
            last = time.monotonic()
            of = f" of {announced / 1e6:.1f}" if announced else ""
            console.print(Text(f"{key}: {received / 1e6:.1f}{of} MB"), soft_wrap=True)

    return watch


_SECONDS_A_LINE = 10.0


def show_fetched(one: "Fetched") -> None:
    """What became of a source that was asked for."""
    if one.file is not None:
        line = f"[green]fetched[/]  {one.key} from {escape(str(one.address))}"
        output().print(f"{line}, sha256 {str(one.sha256)[:12]}", soft_wrap=True)
    else:
        output().print(f"[yellow]not had[/]  {one.key}: {escape(str(one.reason))}", soft_wrap=True)


def show_followed(rows: Iterable["Followed"]) -> None:
    """Claims, each with the passage that supports it or the statement that none does."""
    out, found = output(), tuple(rows)
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


def show_imports(results: Iterable["Imported"]) -> None:
    """What became of each file."""
    for one in results:
        if one.key is not None:
            output().print(f"[green]taken[/]  {escape(one.file.name)}", soft_wrap=True)
        else:
            output().print(
                f"[yellow]left[/]   {escape(one.file.name)}: {escape(str(one.reason))}",
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
    for fact in answer["about"]:
        out.print(Text(f"{fact['field']} of {fact['source']}: {fact['value']}"), soft_wrap=True)
    if answer["about"]:
        out.print("From the record of the source, not a quotation.", style="dim")
    for number, quote in enumerate(answer["quotes"] or answer["closest"], 1):
        out.print()
        # Text, not markup, and no line breaks of ours: the words are printed as they stand.
        out.print(Text(f"“{quote['text']}”"), soft_wrap=True)
        cited = f"[{number}] {quote['reference']} ({quote['pinpoint']})"
        out.print(Text(cited), soft_wrap=True, style="cyan")
        for twin in quote["also"]:
            cited = f"    also {twin['reference']} ({twin['pinpoint']})"
            out.print(Text(cited), soft_wrap=True, style="cyan")
    out.print(f"\nindex {answer['index_version']} · {answer['elapsed_ms']} ms", style="dim")
    sys.stdout.flush()


def show_verified(found: Sequence["Verified"]) -> None:
    """What became of each quotation of an exported chat, a line each, and how many hold."""
    out = output()
    symbols = {"exact": "[green]✓[/]", "moved": "[yellow]•[/]"}
    for one in found:
        line = f"[{one.number}] {one.source}: {one.state}, index {one.version}"
        text = f"{line}; {one.detail}" if one.detail else line
        out.print(f"{symbols.get(one.state, '[red]✗[/]')} {escape(text)}", soft_wrap=True)
    holding = sum(one.holds for one in found)
    out.print(f"{holding} of {len(found)} quotations stand word for word in their documents")


def show_findings(findings: Iterable["Finding"]) -> None:
    """What `doctor` found, a line each."""
    out = output()
    for finding in findings:
        symbol = _SYMBOLS[finding.state]
        out.print(f"{symbol} {escape(finding.subject)}: {escape(finding.message)}", soft_wrap=True)
