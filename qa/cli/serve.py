"""`footnote serve`: an index where none is, the engine, the page, until it is told to stop."""

from typing import Annotated

import typer

from corpus.settings import Settings, load_settings
from qa.cli import console
from qa.cli.progress import build_progress


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free one.")] = 7860,
    home: console.Home = None,
) -> None:
    """Serve the chat; builds the index first where there is none."""
    serve_chat(load_settings(home), host, port)


def serve_chat(settings: Settings, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted; the address goes to stdout once it answers."""
    from qa.web.app import server  # noqa: PLC0415

    # First of all, so that a port in use is told at once and not after the model was loaded.
    with server.listen(host, port) as listening:
        _build_if_missing(settings)
        console.say("Opening the index …")
        from qa.answering.live_engine import Serving  # noqa: PLC0415
        from qa.request import Request  # noqa: PLC0415
        from qa.web.app.compose import whole_page  # noqa: PLC0415

        engine = Serving.open(settings)
        # The first question would otherwise pay for what is loaded on first use.
        engine.ask(Request("What are the sources about?"))
        hosts, local = server.hosts_of(listening), server.is_local(listening)
        app = whole_page(settings, engine, hosts, local=local)
        server.serve(
            app,
            listening,
            lambda url: typer.echo(f"Footnote answers at {url}"),
            behind_proxy=settings.behind_proxy,
        )


def _build_if_missing(settings: Settings) -> None:
    from index.versions.published import Versions  # noqa: PLC0415
    from qa.library.indexing import build_index  # noqa: PLC0415

    if Versions(settings.home).any():
        return
    console.say("No index yet: building it from the library.")
    with build_progress(console.errors()) as progress:
        report = build_index(settings, progress)
    for problem in report.problems:
        console.warn(problem)
