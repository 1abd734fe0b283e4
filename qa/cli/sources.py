"""`footnote sources`: what a user does with the sources of a library."""

from typing import Annotated

import typer

from corpus.settings import load_settings
from qa.cli import console
from qa.cli.sources_add import add_source, import_sources
from qa.cli.sources_cite import cite
from qa.cli.sources_fetch import fetch
from qa.cli.sources_read import read
from qa.cli.sources_references import check, follow
from qa.cli.sources_table import show_sources

# What a command needs beyond this is imported by the command: readers, network and index take
# longer to load than most commands to run.
app = typer.Typer(
    name="sources", help="The sources of the library.", no_args_is_help=True, add_completion=False
)


@app.command("list", epilog="Example: `footnote sources list --json`")
def list_sources(home: console.Home = None, as_json: console.AsJson = False) -> None:
    """List the sources: state, words, passages, language, pages, date, sha256, address."""
    from qa.library.coverage import read_coverage  # noqa: PLC0415
    from qa.library.source_states import source_inventory  # noqa: PLC0415

    settings = load_settings(home)
    found = source_inventory(settings)
    if as_json:
        console.print_json(found.states)
    else:
        show_sources(found, read_coverage(settings))


app.command("read", epilog="Example: `footnote sources read report.pdf --section Findings`")(read)
app.command("fetch", epilog="Example: `footnote sources fetch && footnote build`")(fetch)
app.command("import", epilog="Example: `footnote sources import ~/texts && footnote build`")(
    import_sources
)
app.command(
    "add", epilog='Example: `footnote sources add report.pdf --title "A report" --year 2020`'
)(add_source)
app.command("follow", epilog="Example: `footnote sources follow roe2011 --json`")(follow)
app.command("cite", epilog="Example: `footnote sources cite roe2011 --style bibtex`")(cite)
app.command("check", epilog="Example: `footnote sources check`")(check)


@app.command("restore", epilog="Example: `footnote sources restore roe2011`")
def restore(
    key: Annotated[str, typer.Argument(help="Key of the source.")], home: console.Home = None
) -> None:
    """Bring back a source that `remove` moved away."""
    from corpus.sources.user_library import restore_source  # noqa: PLC0415

    settings = load_settings(home)
    for path in restore_source(settings.library, key):
        typer.echo(f"stands again: {path}")
    typer.echo("run 'footnote build' to index it")


@app.command("remove", epilog="Example: `footnote sources remove roe2011`")
def remove(
    key: Annotated[str, typer.Argument(help="Key of the source.")], home: console.Home = None
) -> None:
    """Move a source out of the library; its files stay in the folder `removed`."""
    from corpus.sources.user_library import remove_source  # noqa: PLC0415

    settings = load_settings(home)
    for path in remove_source(settings.library, key):
        typer.echo(f"moved to {path}")
    typer.echo("run 'footnote build' to take it out of the index")
    typer.echo(f"'footnote sources restore {key}' brings it back")
