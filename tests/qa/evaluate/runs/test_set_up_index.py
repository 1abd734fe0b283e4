"""Indexes that set-ups need; the user's own is left alone."""

import hashlib
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.settings import PassageSettings, Settings
from index.build.build import BuildReport, build
from index.build.progress import Progress, silent
from qa.answering.engine import Engine
from qa.evaluate.runs.set_up_index import CACHE, same_documents, settings_of_set_up
from qa.evaluate.runs.setups import Setup
from tests.toys import ToyEncoder, write_library

SHORT = PassageSettings(min_words=1, max_words=8)


LONG = PassageSettings(min_words=20, max_words=40)


TEXT = "# Foxes\n\nA fox eats grapes in autumn.\n\nThe cranes leave in winter, all of them."


def _hashes(home: Path) -> dict[str, str]:
    """Hash of each file of a data folder, without what evaluations keep."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and CACHE not in path.relative_to(home).parts
    }


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A library with an index of short passages, which toy encoders make here and aside."""

    def built(own: Settings, progress: Progress) -> BuildReport:
        return build(own, ToyEncoder(own.encoder or "toy"), progress, packaged=tmp_path / "none")

    write_library(tmp_path / "none", {})
    home = tmp_path / "home"
    write_library(home / "library", {"foxes": TEXT})
    settings = Settings(home=home, threshold=0, passages=SHORT)
    built(settings, silent)
    monkeypatch.setattr("qa.evaluate.runs.set_up_index.build_index", built)
    return settings


def test_a_set_up_without_models_or_passages_of_its_own_asks_the_index_in_use(
    settings: Settings,
) -> None:
    assert settings_of_set_up(settings, Setup(name="a", stages="lexical"), silent) is settings


def test_passages_of_its_own_are_indexed_aside_and_the_users_index_stays(
    settings: Settings,
) -> None:
    before = _hashes(settings.home)
    own = settings_of_set_up(settings, Setup(name="long", passages=LONG), silent)
    again = settings_of_set_up(settings, Setup(name="other name", passages=LONG), silent)
    assert _hashes(settings.home) == before
    assert again == own
    assert own.home.parent == settings.home / CACHE
    engine, user = Engine.open(own, ToyEncoder()), Engine.open(settings, ToyEncoder())
    assert len(engine.passages("foxes")) < len(user.passages("foxes"))
    assert same_documents(engine, None) == same_documents(user, None)
    engine.close()
    user.close()


def test_another_encoder_is_asked_of_an_index_of_its_own(settings: Settings) -> None:
    own = settings_of_set_up(settings, Setup(name="b", encoder="another toy"), silent)
    assert own.home != settings.home
    engine = Engine.open(own, ToyEncoder("another toy"))
    assert engine.models.main.name == "another toy"
    engine.close()


def test_set_ups_never_ask_other_documents_than_those_before(settings: Settings) -> None:
    user = Engine.open(settings, ToyEncoder())
    asked = same_documents(user, None)
    assert same_documents(user, asked) == asked
    write_library(settings.library, {"foxes": TEXT.replace("autumn", "spring")})
    own = settings_of_set_up(settings, Setup(name="long", passages=LONG), silent)
    engine = Engine.open(own, ToyEncoder())
    with pytest.raises(EvaluationError, match="footnote build"):
        same_documents(engine, asked)
    engine.close()
    user.close()


def test_a_text_that_left_the_library_leaves_the_index_aside(settings: Settings) -> None:
    setup = Setup(name="long", passages=LONG)
    write_library(settings.library, {"foxes": TEXT, "owls": "# Owls\n\nOwls hear mice at night."})
    both = Engine.open(settings_of_set_up(settings, setup, silent), ToyEncoder())
    assert both.keys == ("foxes", "owls")
    both.close()
    (settings.library / "owls.md").unlink()
    write_library(settings.library, {"foxes": TEXT})
    one = Engine.open(settings_of_set_up(settings, setup, silent), ToyEncoder())
    assert one.keys == ("foxes",)
    one.close()
