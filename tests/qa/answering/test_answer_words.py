"""The words that a reader holds for the answer, from the question to the JSON."""

from collections.abc import Callable, Iterator

import pytest

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from qa.answering.engine import Engine
from qa.answering.reader import OpenedReader
from qa.request import Request
from tests.toys import PhraseReader, ToyEncoder, write_library

PHRASE = "red berries"
Opened = Callable[[PhraseReader], Engine]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("answer-words")
    texts = {
        "fox": "# About\n\nThe fox runs all day. It eats red berries at night.",
        "owl": "# About\n\nThe owl hoots at night. It hears mice.",
    }
    passages = PassageSettings(min_words=1, max_words=20)
    settings = Settings(home=folder / "home", passages=passages, threshold=0)
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", texts))
    return settings


@pytest.fixture
def opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Opens the engine with a reader."""
    engines: list[Engine] = []

    def with_reader(reader: PhraseReader) -> Engine:
        monkeypatch.setattr("qa.answering.engine.open_reader", lambda *_: OpenedReader(reader))
        engines.append(Engine.open(settings, ToyEncoder()))
        return engines[-1]

    yield with_reader
    for one in engines:
        one.close()


def test_the_answering_words_in_the_json_are_an_exact_slice_of_the_document(opened: Opened) -> None:
    engine = opened(PhraseReader(PHRASE))
    shown = engine.ask(Request("What does the fox eat at night?")).to_json()["quotes"]
    named = [one for one in shown if one["answer"] is not None]
    assert [(one["source"], one["answer"]["text"]) for one in named] == [("fox", PHRASE)]
    for quote in named:
        answer = quote["answer"]
        text = engine.indexed(quote["source"]).text
        assert text[answer["start"] : answer["end"]] == answer["text"]
        assert quote["start"] <= answer["start"] < answer["end"] <= quote["end"]


def test_a_follow_up_is_read_behind_the_question_before_it(opened: Opened) -> None:
    reader = PhraseReader(PHRASE)
    opened(reader).ask(Request("And at night?", ("What does the fox eat?",)))
    assert set(reader.questions) == {"What does the fox eat? / And at night?"}


def test_a_question_that_stands_alone_is_read_as_it_is(opened: Opened) -> None:
    reader = PhraseReader(PHRASE)
    opened(reader).ask(Request("Where do owls hear mice?", ("What does the fox eat?",)))
    assert set(reader.questions) == {"Where do owls hear mice?"}
