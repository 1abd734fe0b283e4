"""Temporary indexes of the library for set-ups; the check that all ask the same documents."""

import hashlib
import shutil

from corpus.errors import EvaluationError
from corpus.settings import Settings
from index.build.progress import Progress
from qa.answering.engine import Engine
from qa.evaluate.runs.setups import Setup
from qa.library.indexing import build_index, model_in_use

CACHE = "evaluation"
"""Folder of the data folder that such indexes and those of data sets lie in."""


def settings_of_set_up(settings: Settings, setup: Setup, progress: Progress) -> Settings:
    """The settings whose index a set-up asks, built where it has an encoder or passages of its own.

    Raises FootnoteError children as a build does.
    """
    if not setup.own_index:
        return settings
    model = setup.encoder or model_in_use(settings)
    passages = setup.passages or settings.passages
    digest = hashlib.sha256(f"{model}\0{passages.model_dump_json()}".encode()).hexdigest()[:16]
    home = settings.home / CACHE / f"library-{digest}"
    own = settings.model_copy(update={"home": home, "encoder": model, "passages": passages})
    if own.library.exists():
        shutil.rmtree(own.library)
    if settings.library.exists():
        shutil.copytree(settings.library, own.library)
    build_index(own, progress)
    return own


def same_documents(engine: Engine, before: str | None) -> str:
    """The hash of the documents of an index.

    Raises EvaluationError where it is another than the one before: set-ups ask the same documents.
    """
    digest = hashlib.sha256()
    for key in engine.keys:
        digest.update(f"{key}\0{engine.indexed(key).text}\0".encode())
    found = digest.hexdigest()
    if before not in {None, found}:
        raise EvaluationError("evaluate.texts-changed")
    return found
