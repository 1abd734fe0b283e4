"""The real models, loaded once a run, and the real article, indexed once a run."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

os.environ["HF_HUB_OFFLINE"] = "1"
# Threads of a model that spin while they wait take the processor from whatever else runs.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from corpus.settings import Settings
from corpus.sources.library import Library
from corpus.sources.user_library import import_folder
from index.build.build import build
from index.build.extra_files import options_for
from index.models import encoder as sentence_encoders
from index.models import multilingual, token_encoder
from index.models.encoder import Encoder
from index.models.models import Models, load_models
from index.versions.published import Versions
from qa.answering import reader
from qa.answering.engine import Engine
from tests.toys import SHARED

# Two busy cores make single examples slow without any fault; derandomized, so runs are the same.
hypothesis_settings.register_profile("footnote", deadline=None, derandomize=True)
hypothesis_settings.load_profile("footnote")

TIME_LIMITS = {"library": 3600, "article": 600, "slow": 600}
"""Seconds for tests that may be the first to need the index of a fixture, and for slow ones, on a
machine with other work; pyproject.toml says how many all others have."""

_MODEL_CLASSES = (
    (sentence_encoders, "SentenceTransformerEncoder"),
    (multilingual, "E5Model"),
    (token_encoder, "ColbertEncoder"),
    (reader, "OnnxReader"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give more time than usual to tests of a fixture or marker of TIME_LIMITS."""
    for item in items:
        named = {*getattr(item, "fixturenames", ()), *(one.name for one in item.iter_markers())}
        limits = [seconds for name, seconds in TIME_LIMITS.items() if name in named]
        if limits:
            item.add_marker(pytest.mark.timeout(max(limits)))


def pytest_collection() -> None:
    """Import without collecting garbage: torch, transformers and gradio make millions of objects
    that stay, and to look through them again and again takes a third of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Collect garbage from here on; what was imported is never looked through."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """Whoever loads a bundled model in this process gets the same one: a load takes seconds.

    The files are checked against their hashes each time, as ever.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module, name in _MODEL_CLASSES:
            patch.setattr(module, name, cache(getattr(module, name)))
        yield


@pytest.fixture(scope="session")
def models() -> Models:
    """The bundled models."""
    return load_models()


@pytest.fixture(scope="session")
def encoder(models: Models) -> Encoder:
    """The bundled main encoder."""
    return models.main


@pytest.fixture(scope="session")
def article(models: Models, pytestconfig: pytest.Config) -> Settings:
    """Settings of a data folder that holds an index of the packaged library; not to be changed.

    The folder lies in pytest's cache: a further run takes over what did not change.
    """
    return kept_index("article", models, pytestconfig)


@pytest.fixture(scope="session")
def library(article: Settings, models: Models, pytestconfig: pytest.Config) -> Settings:
    """Settings of an index of the article and of the cited sources at hand; not to be changed.

    Where their texts are not, it is that of the article alone. It takes minutes to build from
    nothing, so only tests marked `whole_library` may ask for it.
    """
    texts = SHARED / "sources"
    if not texts.exists() and "CI" not in os.environ:
        return article
    return kept_index("library", models, pytestconfig, texts, start=article)


def kept_index(
    name: str,
    models: Models,
    config: pytest.Config,
    texts: Path | None = None,
    start: Settings | None = None,
) -> Settings:
    """Settings of an index in pytest's cache, brought up to date; `texts` are imported first.

    One that is not there begins as a copy of `start`, so that nothing is encoded twice.
    """
    assert config.cache is not None
    settings = Settings(home=Path(config.cache.mkdir(f"footnote-{name}")))
    with FileLock(settings.home / "tests.lock"):
        if start is not None and not Versions(settings.home).any():
            shutil.copytree(start.home / "index", settings.home / "index", dirs_exist_ok=True)
        if texts is not None:
            import_folder(texts, Library.of(settings))
        build(settings, models.main, options=options_for(settings, models))
        Versions(settings.home).prune(1)
    return settings


@pytest.fixture(scope="session")
def engine(article: Settings, models: Models) -> Iterator[Engine]:
    """The engine on the article."""
    opened = Engine.open(article, models)
    yield opened
    opened.close()
