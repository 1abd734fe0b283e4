"""`footnote sources read`: how a file is read, before it is added."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.errors import DocumentError
from corpus.settings import load_settings
from qa.cli import console

if TYPE_CHECKING:
    from corpus.text.documents import Page, Span
    from qa.library.read_file import FileReading

_MOST_SECTIONS = 40
"""Sections of the overview; laws have hundreds."""
_INDENT = 2


def read(  # noqa: PLR0913, PLR0917
    file: Annotated[Path, typer.Argument(help="A .md, .txt, .pdf, .html or .docx file.")],
    section: Annotated[
        str | None,
        typer.Option(
            help="Only sections whose headings hold these words; shows their passages.",
            show_default=False,
        ),
    ] = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="Show each passage with its place.")
    ] = False,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Show each sentence with its place.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="Language of a text too short to tell its own.")
    ] = "en",
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Show how a file is read: sections, pages, passages, sentences, pinpoints; writes nothing."""
    from qa.library.read_file import read_file  # noqa: PLC0415

    if as_json and (section is not None or passages or sentences):
        raise typer.BadParameter("--json prints all: give it alone")
    found = read_file(file, load_settings(home).passages, language)
    if as_json:
        console.print_json(found.to_json())
        return
    chosen = _chosen(found, section)
    if section is None:
        _show_overview(found)
    if sentences or passages or section is not None:
        _show_pieces(found, chosen, by_sentence=sentences)
    else:
        _show_sections(found, chosen)


def _chosen(found: "FileReading", words: str | None) -> list[int]:
    """Numbers of the sections to show."""
    sections = found.document.sections
    wanted = "" if words is None else " ".join(words.split()).casefold()
    numbers = [
        number
        for number, one in enumerate(sections)
        if not wanted or any(wanted in name.casefold() for name in one.path)
    ]
    if not numbers:
        raise DocumentError("reading.no-section", file=found.file.name, words=words)
    return numbers


def _show_overview(found: "FileReading") -> None:
    out, document = _output(), found.document
    title = "no title" if found.title is None else f"“{_line(document.cut(found.title))}”"
    out.print(Text(f"{found.file.name}: {title}", style="bold"), soft_wrap=True)
    total = len(document.text)
    languages = ", ".join(
        name if len(found.languages) == 1 else f"{name} {_percent(count, total)}"
        for name, count in found.languages.items()
    )
    parts = [
        _count(len(document.pages), "page") if document.pages else "no pages",
        _count(len(document.sections), "section"),
        _count(len(found.passages), "passage"),
        _count(found.sentences, "sentence"),
        f"{len(document.text.split()):,} words",
    ]
    out.print(f"{', '.join(parts)}; language: {languages}")
    if document.pages:
        out.print(Text(f"pages {_labels(document.pages)}"))
    if found.law:
        out.print("A law or treaty: cited by article or section, and item.")
    for note in found.notes:
        out.print(Text(f"note: {note}", style="yellow"))


def _show_sections(found: "FileReading", numbers: Sequence[int]) -> None:
    out, paged = _output(), bool(found.document.pages)
    cut = out.is_terminal
    table = Table(box=None, pad_edge=False, expand=cut)
    table.add_column("level", justify="right")
    # With a ratio, names alone give way where the terminal is narrow.
    table.add_column("section", no_wrap=True, overflow="ellipsis", ratio=3 if cut else None)
    if found.law:  # elsewhere a pinpoint says what the section is called
        table.add_column("begins at", no_wrap=True, overflow="ellipsis", ratio=2 if cut else None)
    if paged:
        table.add_column("pages", no_wrap=True)
    table.add_column("passages", justify="right", no_wrap=True)
    table.add_column("sentences", justify="right", no_wrap=True)
    for number in numbers[:_MOST_SECTIONS]:
        one, own = found.document.sections[number], found.in_section.get(number, ())
        name = " " * _INDENT * max(len(one.path) - 1, 0) + (one.path[-1] if one.path else "–")
        row = [Text(str(one.level)), Text(name)]
        row += [Text(found.pinpoint(own[0].start) if own else "")] if found.law else []
        row += [Text(_labels(found.pages_of(one.start, one.end)))] if paged else []
        row += [Text(f"{len(own)}"), Text(f"{sum(len(passage.sentences) for passage in own)}")]
        table.add_row(*row)
    out.print()
    out.print(table)
    more = len(numbers) - _MOST_SECTIONS
    if more > 0:
        out.print(f"… and {more:,} more sections; --json has all", style="dim")
    out.print("\nThe words themselves: --passages, --sentences, --section WORDS", style="dim")


def _show_pieces(found: "FileReading", numbers: Sequence[int], *, by_sentence: bool) -> None:
    """Each passage or sentence under its section: place, offsets, words."""
    out, document = console.output(), found.document
    for number in numbers:
        path = document.sections[number].path
        out.print()
        out.print(Text(" › ".join(path) or "(before the first heading)", style="bold"))
        for one in found.in_section.get(number, ()):
            spans = one.sentences if by_sentence else (_span(one.start, one.end),)
            page = "" if one.page is None else f", p. {document.pages[one.page].label}"
            for start, end in spans:
                place = f"{found.pinpoint(start)}{page} [{start}:{end}]"
                out.print(Text(place, style="cyan"), soft_wrap=True)
                out.print(Text(document.text[start:end]), soft_wrap=True)


def _output() -> Console:
    """Where results go; no word is cut for a file or a pipe, which nobody reads by its width."""
    out = console.output()
    if not out.is_terminal:
        out.width = max(out.width, 1000)
    return out


def _span(start: int, end: int) -> "Span":
    from corpus.text.documents import Span  # noqa: PLC0415

    return Span(start, end)


def _labels(pages: "Sequence[Page]") -> str:
    labels = [page.label for page in pages]
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}" if labels else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _percent(part: int, total: int) -> str:
    return f"{100 * part / total:.0f} %"


def _line(text: str) -> str:
    return " ".join(text.split())
