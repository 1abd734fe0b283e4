"""The command `footnote`: results on stdout, everything else on stderr."""

import logging
import os
import sys
from collections.abc import Callable
from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from corpus.errors import FootnoteError, of_the_system
from qa.cli import ask, build, console, doctor, evaluate, serve, sources, users, verify, versions

# The page and the models must work without a network; nothing here reports home.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

app = typer.Typer(
    name="footnote",
    help="Ask a library of documents; get passages word for word, each with its footnote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command(epilog="Examples: `footnote build` · `footnote build --dry-run`")(build.build)
app.command(
    epilog='Examples: `footnote ask "What does the report recommend?"` · '
    "`footnote ask --batch questions.jsonl --json`"
)(ask.ask)
app.command(epilog='Example: `footnote ask "…" --save chat.html && footnote verify chat.html`')(
    verify.verify
)
app.command(epilog="Example: `footnote serve --port 8000`")(serve.serve)
app.command(epilog="Example: `footnote doctor --deep`")(doctor.doctor)
for group in (sources, versions, evaluate, users):
    app.add_typer(group.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"footnote {installed_version('footnote-qa')}")
        raise typer.Exit


@app.callback()
def _options(
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on stderr.")] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(name)s: %(message)s"
    )


def run(action: Callable[[], None]) -> int:
    """Exit code of an action; an error that a user can mend becomes one line on stderr."""
    try:
        action()
    except FootnoteError as error:
        console.fail(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (`footnote ask … | head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        console.fail(str(of_the_system(error)))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def main() -> None:
    """The entry point of the command `footnote`."""
    sys.exit(run(app))


if __name__ == "__main__":
    main()
