"""The sources of the library and how many of the cited ones are indexed, for a person."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qa.cli import console

if TYPE_CHECKING:
    from qa.library.coverage import Coverage
    from qa.library.source_states import Inventory, SourceState

_TABLE_WIDTH = 110
"""Characters under which a terminal is too narrow for the table."""


def show_sources(found: "Inventory", coverage: "Coverage") -> None:
    """The sources as a table, or one below the other where the terminal is too narrow for one."""
    out = console.output()
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
        console.warn(problem)
    show_coverage(coverage)


def show_coverage(coverage: "Coverage") -> None:
    """Which of the cited sources are indexed, and the step that adds the rest."""
    out = console.output()
    out.print(Text(f"Indexed: {coverage.summary}."), soft_wrap=True)
    if coverage.step:
        out.print(Text(f"{coverage.step}."), soft_wrap=True)


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
