"""Indexes that an evaluation makes aside, and that it leaves the user's own alone."""

import hashlib
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.settings import PassageSettings, Settings
from index.build.build import BuildReport, build
from index.build.progress import Progress, silent
from index.models.models import Models
from qa.answering.engine import Engine
from qa.evaluate.data.datasets import DataSet, Text
from qa.evaluate.runs.data_set_index import Wanted, indexed, key_of
from qa.evaluate.runs.set_up_index import CACHE, same_documents, settings_of
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
    assert settings_of(settings, Setup(name="a", stages="lexical"), silent) is settings


def test_passages_of_its_own_are_indexed_aside_and_the_users_index_stays(
    settings: Settings,
) -> None:
    before = _hashes(settings.home)
    own = settings_of(settings, Setup(name="long", passages=LONG), silent)
    again = settings_of(settings, Setup(name="other name", passages=LONG), silent)
    assert _hashes(settings.home) == before
    assert again == own
    assert own.home.parent == settings.home / CACHE
    engine, user = Engine.open(own, ToyEncoder()), Engine.open(settings, ToyEncoder())
    assert len(engine.passages("foxes")) < len(user.passages("foxes"))
    assert same_documents(engine, None) == same_documents(user, None)
    engine.close()
    user.close()


def test_another_encoder_is_asked_of_an_index_of_its_own(settings: Settings) -> None:
    own = settings_of(settings, Setup(name="b", encoder="another toy"), silent)
    assert own.home != settings.home
    engine = Engine.open(own, ToyEncoder("another toy"))
    assert engine.models.main.name == "another toy"
    engine.close()


def test_set_ups_never_ask_other_documents_than_those_before(settings: Settings) -> None:
    user = Engine.open(settings, ToyEncoder())
    asked = same_documents(user, None)
    assert same_documents(user, asked) == asked
    write_library(settings.library, {"foxes": TEXT.replace("autumn", "spring")})
    own = settings_of(settings, Setup(name="long", passages=LONG), silent)
    engine = Engine.open(own, ToyEncoder())
    with pytest.raises(EvaluationError, match="footnote build"):
        same_documents(engine, asked)
    engine.close()
    user.close()


def test_a_text_that_left_the_library_leaves_the_index_aside(settings: Settings) -> None:
    setup = Setup(name="long", passages=LONG)
    write_library(settings.library, {"foxes": TEXT, "owls": "# Owls\n\nOwls hear mice at night."})
    both = Engine.open(settings_of(settings, setup, silent), ToyEncoder())
    assert both.keys == ("foxes", "owls")
    both.close()
    (settings.library / "owls.md").unlink()
    write_library(settings.library, {"foxes": TEXT})
    one = Engine.open(settings_of(settings, setup, silent), ToyEncoder())
    assert one.keys == ("foxes",)
    one.close()


def _data(*texts: str) -> DataSet:
    documents = tuple(Text(f"{n}/../<{n}>", text, f"Title {n}") for n, text in enumerate(texts))
    return DataSet("toy", (), documents)


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> list[ToyEncoder]:
    """The encoders that were loaded, so that what they encoded is known."""
    loaded: list[ToyEncoder] = []

    def load(*_: object, **__: object) -> Models:
        loaded.append(ToyEncoder())
        return Models(loaded[-1])

    monkeypatch.setattr("qa.evaluate.runs.data_set_index.load_models", load)
    return loaded


def test_a_data_set_is_indexed_once_below_the_data_folder_and_without_the_library(
    toys: list[ToyEncoder], tmp_path: Path
) -> None:
    wanted = Wanted(multilingual=False, tokens=False)
    data = _data("Foxes eat grapes.", "Owls hear mice.")
    corpus = indexed(data, tmp_path, wanted)
    assert corpus.settings.home.parent == tmp_path / CACHE
    assert sorted(corpus.keys.values()) == sorted(key_of(one.id) for one in data.documents)
    engine = Engine.open(corpus.settings, ToyEncoder())
    assert sorted(engine.keys) == sorted(corpus.keys.values())  # nothing of the packaged library
    assert engine.document(engine.version, key_of("1/../<1>")).text.strip() == "Owls hear mice."
    engine.close()
    assert indexed(data, tmp_path, wanted).settings == corpus.settings
    assert toys[-1].encoded == []
    assert not (tmp_path / "index").exists()


def test_texts_of_a_data_set_that_were_changed_or_left_behind_are_put_right(
    toys: list[ToyEncoder], tmp_path: Path
) -> None:
    wanted = Wanted(multilingual=False, tokens=False)
    data = _data("Foxes eat grapes.")
    texts = indexed(data, tmp_path, wanted).settings.home / "texts"
    (texts / f"{key_of('0/../<0>')}.txt").write_text("Foxes eat nothing.")
    (texts / "left.txt").write_text("Left behind.")
    corpus = indexed(data, tmp_path, wanted)
    engine = Engine.open(corpus.settings, ToyEncoder())
    assert [engine.document(engine.version, key).text.strip() for key in engine.keys] == [
        "Foxes eat grapes."
    ]
    engine.close()
    assert not (texts / "left.txt").exists()
    assert toys


def test_other_documents_or_other_passages_are_another_index(
    toys: list[ToyEncoder], tmp_path: Path
) -> None:
    wanted = Wanted(multilingual=False, tokens=False)
    homes = {
        indexed(data, tmp_path, one).settings.home
        for data in (_data("Foxes eat grapes."), _data("Foxes eat plums."))
        for one in (wanted, Wanted(passages=SHORT, multilingual=False, tokens=False))
    }
    assert len(homes) == 4
    assert len(toys) == 4


def test_set_ups_of_the_same_passages_share_an_index_of_what_any_of_them_needs() -> None:
    words = Setup(name="words", stages="lexical")
    no_languages = Setup(name="English", stages="-multilingual")
    short = Setup(name="short", stages="dense", passages=SHORT)
    (alone,) = Wanted.by([words])
    assert (alone.multilingual, alone.tokens) == (False, False)
    first, second, third, fourth = Wanted.by([words, no_languages, short, Setup(name="all")])
    assert first == second == fourth
    assert (first.multilingual, first.tokens) == (True, True)
    assert third.passages == SHORT
    assert (third.multilingual, third.tokens) == (False, False)
    assert not Wanted.by([Setup(name="all")], multilingual=False)[0].multilingual
