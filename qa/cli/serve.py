"""The chat hosted: an index where none is, the engine, the page, until it is told to stop."""

import typer

from corpus.settings import Settings
from qa.cli import terminal
from qa.cli.progress import build_progress


def serve_chat(settings: Settings, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted; the address goes to stdout once it answers."""
    from qa.web.app.server import hosts_of, is_local, listen, serve  # noqa: PLC0415

    # First of all, so that a port in use is told at once and not after the model was loaded.
    with listen(host, port) as listening:
        _build_if_missing(settings)
        terminal.say("Opening the index …")
        from qa.answering.live_engine import Serving  # noqa: PLC0415
        from qa.request import Request  # noqa: PLC0415
        from qa.web.app.compose import whole_page  # noqa: PLC0415

        engine = Serving.open(settings)
        # The first question would otherwise pay for what is loaded on first use.
        engine.ask(Request("What are the sources about?"))
        app = whole_page(settings, engine, hosts_of(listening), local=is_local(listening))
        serve(app, listening, lambda url: typer.echo(f"Footnote answers at {url}"))


def _build_if_missing(settings: Settings) -> None:
    from index.versions.versions import Versions  # noqa: PLC0415
    from qa.library.build import build_index  # noqa: PLC0415

    if Versions(settings.home).any():
        return
    terminal.say("No index yet: building it from the library.")
    with build_progress(terminal.errors()) as progress:
        report = build_index(settings, progress)
    for problem in report.problems:
        terminal.warn(problem)
