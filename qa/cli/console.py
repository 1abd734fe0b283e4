"""What the commands of `footnote` share: where they print, what they print, their options."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from corpus.wording import Message

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Data folder. Default: FOOTNOTE_HOME or ./footnote_data.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


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


def print_json(value: object) -> None:
    """Print a value of `plain` as JSON."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: object) -> Any:
    """Dataclasses as objects, sequences as arrays, messages in English, paths as text."""
    if isinstance(value, (Message, Path)):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value
