"""Questions on a source itself, of documents that say next to nothing."""

from pathlib import Path

from corpus.settings import Settings
from index.build.build import build
from qa.answering.engine import Engine
from qa.request import Request
from tests.toys import ToyEncoder, write_library


def test_of_a_document_of_headings_alone_the_record_says_what_it_is_about(tmp_path: Path) -> None:
    texts = {"head": "# Only a heading", "text": "Cats purr loudly."}
    settings = Settings(home=tmp_path / "home")
    build(settings, ToyEncoder(), packaged=write_library(tmp_path / "packaged", texts))
    engine = Engine.open(settings, ToyEncoder())
    about = engine.ask(Request("What is Title of head about?"))
    wrote = engine.ask(Request("Who wrote Title of head?"))
    engine.close()
    assert [one.value for one in about.about] == ["Title of head"]
    assert (about.certainty, about.quotes, about.closest) == ("sure", (), ())
    assert wrote.certainty == "sure"
