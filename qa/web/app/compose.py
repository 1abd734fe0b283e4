"""The page put together: the chat, all further tabs, signing in."""

from functools import partial

from fastapi import FastAPI

from corpus.settings import Settings
from corpus.sources.library import Library
from index.versions.published import Versions
from qa.chats.feedback import FeedbackStore
from qa.evaluate.data.datasets import Question
from qa.evaluate.data.gold import Split
from qa.evaluate.runs.compared_versions import opener, run_versions
from qa.evaluate.runs.gold import labelled
from qa.library.coverage import read_coverage
from qa.library.librarian import Librarian
from qa.web.access.sessions import Door
from qa.web.access.users import Users
from qa.web.app.server import create_app
from qa.web.corpus.tab import CorpusTab
from qa.web.evaluation_tab import EvaluationTab, Evaluator
from qa.web.jobs.jobs import Jobs
from qa.web.page_engine import PageEngine
from qa.web.texts import words_of_the_page


def whole_page(  # noqa: PLR0913
    settings: Settings,
    engine: PageEngine,
    hosts: list[str] | None,
    *,
    local: bool,
    librarian: Librarian | None = None,
    evaluator: Evaluator | None = None,
) -> FastAPI:
    """The application with the chat, all further tabs and signing in.

    `local` says that only this machine reaches it; `librarian` changes the library of `settings`,
    `evaluator` asks its versions the labelled questions.
    """

    said, door, jobs = words_of_the_page(), Door(Users(settings.home), local), Jobs()
    librarian = librarian or Librarian(settings)
    corpus = CorpusTab(librarian, jobs, door)
    evaluation = EvaluationTab(evaluator or _evaluator(settings), engine, jobs, door)
    return create_app(
        engine,
        hosts,
        partial(read_coverage, settings),
        [(said("tab.corpus"), corpus.put), (said("tab.evaluation"), evaluation.put)],
        feedback=FeedbackStore(settings.home) if settings.feedback else None,
        door=door,
        upload_mb=settings.upload_mb,
        library=Library.of(settings),
    )


def _evaluator(settings: Settings) -> Evaluator:
    """The labelled questions of the library, asked of the versions of a data folder."""

    versions = Versions(settings.home)

    def everything(split: Split) -> dict[str, Question]:
        library = Library.of(settings)
        found, _ = labelled(library, library.sources, split)
        return {one.id: one for one in found}

    return Evaluator(
        lambda: versions.ids()[::-1],
        lambda ids, split, report: run_versions(
            ids, opener(settings), partial(labelled, Library.of(settings)), split, report
        ),
        everything,
    )
