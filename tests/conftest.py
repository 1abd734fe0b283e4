"""The real article with the real model, indexed once a test run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

os.environ["HF_HUB_OFFLINE"] = "1"

from corpus.settings import Settings
from index.build import build
from index.encoder import Encoder
from index.models import Models, load_models
from index.parts import options_for
from qa.engine import Engine

# Two busy cores make single examples slow without any fault; derandomized, so runs are the same.
hypothesis_settings.register_profile("footnote", deadline=None, derandomize=True)
hypothesis_settings.load_profile("footnote")


@pytest.fixture(scope="session")
def models() -> Models:
    """The carried models."""
    return load_models()


@pytest.fixture(scope="session")
def encoder(models: Models) -> Encoder:
    """The carried main encoder."""
    return models.main


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory, models: Models) -> Settings:
    """Settings of a data folder that holds an index of the packaged library; not to be changed."""
    settings = Settings(home=Path(tmp_path_factory.mktemp("article")))
    build(settings, models.main, options=options_for(settings, models))
    return settings


@pytest.fixture(scope="session")
def engine(article: Settings, models: Models) -> Iterator[Engine]:
    """The engine on the article."""
    opened = Engine.open(article, models)
    yield opened
    opened.close()
