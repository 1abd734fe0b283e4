"""The chat hosted: an index where none is, the engine, the page, until it is told to stop."""

from functools import partial
from typing import TYPE_CHECKING

import typer

from corpus.settings import Settings
from corpus.sources.registry import PACKAGED, load_library
from qa.cli import terminal
from qa.cli.progress import build_progress

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.evaluate.data.datasets import Question
    from qa.evaluate.runs.gold import Split
    from qa.library.librarian import Librarian
    from qa.web.asker import Asker
    from qa.web.evaluation_tab import Evaluator


def serve_chat(settings: Settings, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted; the address goes to stdout once it answers."""
    from qa.web.app.server import hosts_of, is_local, listen, serve  # noqa: PLC0415

    # First of all, so that a port in use is told at once and not after the model was loaded.
    with listen(host, port) as listening:
        _build_if_missing(settings)
        terminal.say("Opening the index …")
        from qa.answering.live_engine import Serving  # noqa: PLC0415

        engine = Serving.open(settings)
        # The first question would otherwise pay for what is loaded on first use.
        engine.ask("What are the sources about?")
        app = whole_page(settings, engine, hosts_of(listening), local=is_local(listening))
        serve(app, listening, lambda url: typer.echo(f"Footnote answers at {url}"))


def whole_page(  # noqa: PLR0913
    settings: Settings,
    engine: "Asker",
    hosts: list[str] | None,
    *,
    local: bool,
    librarian: "Librarian | None" = None,
    evaluator: "Evaluator | None" = None,
) -> "FastAPI":
    """The application with the chat, all further tabs and signing in.

    `local` says that only this machine reaches it; `librarian` changes the library of `settings`,
    `evaluator` asks its versions the labelled questions.
    """
    from qa.chats.feedback import FeedbackStore  # noqa: PLC0415
    from qa.library.coverage import read_shelf  # noqa: PLC0415
    from qa.library.librarian import Librarian  # noqa: PLC0415
    from qa.web.access.sessions import Door  # noqa: PLC0415
    from qa.web.access.users import Users  # noqa: PLC0415
    from qa.web.app.server import create_app  # noqa: PLC0415
    from qa.web.corpus.tab import CorpusTab  # noqa: PLC0415
    from qa.web.evaluation_tab import EvaluationTab  # noqa: PLC0415
    from qa.web.jobs.jobs import Jobs  # noqa: PLC0415
    from qa.web.texts import words_of_the_page  # noqa: PLC0415

    said, door, jobs = words_of_the_page(), Door(Users(settings.home), local), Jobs()
    librarian = librarian or Librarian(settings)
    corpus = CorpusTab(librarian, jobs, door)
    evaluation = EvaluationTab(evaluator or _evaluator(settings), engine, jobs, door)
    return create_app(
        engine,
        hosts,
        partial(read_shelf, settings),
        [(said("tab.corpus"), corpus.put), (said("tab.evaluation"), evaluation.put)],
        feedback=FeedbackStore(settings.home) if settings.feedback else None,
        door=door,
        upload_mb=settings.upload_mb,
    )


def _evaluator(settings: Settings) -> "Evaluator":
    """The labelled questions of the project, asked of the versions of a data folder."""
    from index.versions.versions import Versions  # noqa: PLC0415
    from qa.evaluate.runs.gold import labelled  # noqa: PLC0415
    from qa.evaluate.runs.versions import opener, run_versions  # noqa: PLC0415
    from qa.web.evaluation_tab import Evaluator  # noqa: PLC0415

    versions = Versions(settings.home)

    def everything(split: "Split") -> dict[str, "Question"]:
        found, _ = labelled(load_library((PACKAGED, settings.library)), split)
        return {one.id: one for one in found}

    return Evaluator(
        lambda: versions.ids()[::-1],
        lambda ids, split, report: run_versions(ids, opener(settings), split, report),
        everything,
    )


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
