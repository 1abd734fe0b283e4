"""Indexes of data sets, which an evaluation makes in a folder of their own."""

from pathlib import Path

import pytest

from corpus.settings import PassageSettings
from index.models.models import Models
from qa.answering.engine import Engine
from qa.evaluate.data.datasets import DataSet, Text
from qa.evaluate.runs.data_set_index import IndexRecipe, indexed, key_of
from qa.evaluate.runs.set_up_index import CACHE
from qa.evaluate.runs.setups import Setup
from tests.toys import ToyEncoder

SHORT = PassageSettings(min_words=1, max_words=8)


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
    wanted = IndexRecipe(multilingual=False, tokens=False)
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
    wanted = IndexRecipe(multilingual=False, tokens=False)
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
    wanted = IndexRecipe(multilingual=False, tokens=False)
    homes = {
        indexed(data, tmp_path, one).settings.home
        for data in (_data("Foxes eat grapes."), _data("Foxes eat plums."))
        for one in (wanted, IndexRecipe(passages=SHORT, multilingual=False, tokens=False))
    }
    assert len(homes) == 4
    assert len(toys) == 4


def test_set_ups_of_the_same_passages_share_an_index_of_what_any_of_them_needs() -> None:
    words = Setup(name="words", stages="lexical")
    no_languages = Setup(name="English", stages="-multilingual")
    short = Setup(name="short", stages="dense", passages=SHORT)
    (alone,) = IndexRecipe.by([words])
    assert (alone.multilingual, alone.tokens) == (False, False)
    first, second, third, fourth = IndexRecipe.by([words, no_languages, short, Setup(name="all")])
    assert first == second == fourth
    assert (first.multilingual, first.tokens) == (True, True)
    assert third.passages == SHORT
    assert (third.multilingual, third.tokens) == (False, False)
    assert not IndexRecipe.by([Setup(name="all")], multilingual=False)[0].multilingual
