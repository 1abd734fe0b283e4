"""`footnote users`: who may change the library through the page."""

import sys
from typing import Annotated

import typer

from corpus.errors import ConfigurationError
from corpus.settings import load_settings
from qa.cli import console
from qa.web.access.users import Users

app = typer.Typer(
    name="users",
    help="Who may change the library through the page.",
    no_args_is_help=True,
    add_completion=False,
)
UserName = Annotated[str, typer.Argument(help="Name of the user.", show_default=False)]


@app.command("add", epilog="Example: `footnote users add maria` (asks for the password)")
def add(
    name: UserName,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from the first line of stdin.")
    ] = False,
    home: console.Home = None,
) -> None:
    """Add a user, or give one a new password; a chat that is running notices at once."""
    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        raise ConfigurationError("users.no-terminal")
    Users(load_settings(home).home).add(name, password)
    typer.echo(f"{name} can sign in now; changing the library asks for that")


@app.command("list")
def list_users(home: console.Home = None) -> None:
    """The names of all users."""
    for name in Users(load_settings(home).home).names():
        typer.echo(name)


@app.command("remove", epilog="Example: `footnote users remove maria`")
def remove(name: UserName, home: console.Home = None) -> None:
    """Take a user out; with the last one the page of this machine is open to all who use it."""
    users = Users(load_settings(home).home)
    users.remove(name)
    typer.echo(f"{name} is out")
    if not users.names():
        typer.echo("no user is left: the library can be changed from this machine without one")
