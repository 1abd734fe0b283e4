"""`footnote sources cite`: bibliographies."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import LibraryError
from corpus.settings import load_settings
from qa.citing.bibliography import EXPORTS
from qa.cli import console


def cite(
    keys: Annotated[
        list[str] | None,
        typer.Argument(help="Keys. Default: all sources, or those quoted.", show_default=False),
    ] = None,
    style: Annotated[str, typer.Option(help=f"One of {', '.join(EXPORTS)}.")] = "apa",
    quoted: Annotated[
        Path | None,
        typer.Option(
            "--quotes",
            help="File with what `ask --json` printed, - for stdin: what it quotes, with places.",
            show_default=False,
        ),
    ] = None,
    home: console.Home = None,
) -> None:
    """Print a bibliography: APA, MLA, Chicago, BibTeX, RIS or CSL-JSON."""
    from corpus.sources.library import Library  # noqa: PLC0415
    from qa.chats.quoted_places import quoted_places  # noqa: PLC0415
    from qa.citing.bibliography import bibliography  # noqa: PLC0415
    from qa.library.coverage import retrieved  # noqa: PLC0415

    if style not in EXPORTS:
        raise typer.BadParameter(f"no style {style!r}; expected one of {', '.join(EXPORTS)}")
    settings = load_settings(home)
    library = Library.of(settings).sources
    places: list[tuple[str, str | None]] = [(key, None) for key in keys or ()]
    if quoted is not None:
        places += quoted_places(quoted)
    elif not places:
        places = [(key, None) for key in library]
    unknown = sorted({key for key, _ in places} - library.keys())
    if unknown:
        raise LibraryError("source.unknown", keys=unknown)
    cited = [(library[key], place) for key, place in places]
    typer.echo(bibliography(cited, style, accessed=retrieved(settings)), nl=False)
