"""How far a download is and what became of it: bars on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from qa.cli import console

if TYPE_CHECKING:
    from corpus.fetching.fetcher import Fetched
    from corpus.fetching.network import Watch

_SECONDS_A_LINE = 10.0


@contextmanager
def fetch_progress(key: str) -> Iterator["Watch"]:
    """The watcher of one download: a bar on a terminal, plain lines elsewhere; both on stderr."""
    out = console.errors()
    if not out.is_terminal:
        out.print(Text(f"fetching {key} …"), soft_wrap=True)
        yield _plain_watch(key, out)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(*columns, TransferSpeedColumn(), console=out, transient=True) as bars:
        task = bars.add_task(escape(key), total=None)
        yield lambda _, received, announced: bars.update(task, completed=received, total=announced)


def _plain_watch(key: str, out: Console) -> "Watch":
    last = time.monotonic()

    def watch(_address: str, received: int, announced: int | None) -> None:
        nonlocal last
        if time.monotonic() - last > _SECONDS_A_LINE:
            last = time.monotonic()
            of = f" of {announced / 1e6:.1f}" if announced else ""
            out.print(Text(f"{key}: {received / 1e6:.1f}{of} MB"), soft_wrap=True)

    return watch


def show_fetched(one: "Fetched") -> None:
    """What became of a source that was asked for."""
    if one.file is not None:
        line = f"[green]fetched[/]  {one.key} from {escape(str(one.address))}"
        console.output().print(f"{line}, sha256 {str(one.sha256)[:12]}", soft_wrap=True)
    else:
        console.output().print(
            f"[yellow]not had[/]  {one.key}: {escape(str(one.reason))}", soft_wrap=True
        )
