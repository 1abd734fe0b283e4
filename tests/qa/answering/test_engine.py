import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError, IndexDamagedError, QuestionError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.models.models import Models
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.answers import Quotation
from qa.request import Request
from tests.toys import ToyEncoder, traced_statements, write_library

QUESTION = "How many trafficking victims did Mexico identify in 2016?"


def _assert_exact(engine: Engine, quote: Quotation) -> None:
    document = engine.document(engine.version, quote.citation.source)
    assert document.text[quote.start : quote.end] == quote.text
    passage = quote.passage
    assert document.text[passage.start : passage.end] == passage.text
    assert passage.start <= quote.start < quote.end <= passage.end


def test_the_question_on_mexico_is_answered_with_the_sentence_that_holds_740(
    engine: Engine,
) -> None:
    answer = engine.ask(Request(QUESTION))
    first = answer.quotes[0]
    assert "it identified 740 trafficking victims in 2016" in first.text
    assert first.citation.source == "delgado"
    assert first.citation.section[-1] == "Mexico"
    assert first.citation.pinpoint == "Mexico, para. 1"
    assert first.citation.reference.startswith("Delgado, O. (n.d.). ")
    _assert_exact(engine, first)


def test_a_question_on_something_else_is_refused_with_reason_and_closest(engine: Engine) -> None:
    answer = engine.ask(Request("How do I bake sourdough bread?"))
    assert not answer.answered
    assert answer.quotes == ()
    assert answer.reason
    assert answer.closest
    for quote in answer.closest:
        _assert_exact(engine, quote)


def test_the_same_question_has_the_same_answer(engine: Engine) -> None:
    one, two = (engine.ask(Request(QUESTION)).to_json() | {"elapsed_ms": 0} for _ in range(2))
    assert one == two


def test_a_question_with_a_number_takes_a_handful_of_sql_statements(
    article: Settings, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = traced_statements(monkeypatch)
    opened = Engine.open(article, models)
    statements.clear()
    answer = opened.ask(Request("How many people did ICE arrest in 2017?"))
    opened.close()
    # Two to load passages, two for those that are compared closely, two for each place quoted.
    places = sum(1 + len(quote.also) for quote in (*answer.quotes, *answer.closest))
    assert len(statements) <= 4 + 2 * places


@pytest.mark.slow
@given(st.text(max_size=300))
def test_any_question_gives_exact_slices_or_a_question_error(engine: Engine, question: str) -> None:
    try:
        answer = engine.ask(Request(question))
    except QuestionError:
        return
    for quote in (*answer.quotes, *answer.closest):
        _assert_exact(engine, quote)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param("", "holds no words", id="empty"),
        pytest.param(" \t\n ", "holds no words", id="blank"),
        pytest.param("\x00\x1b\x07", "holds no words", id="control characters"),
        pytest.param("?!… ", "holds no words", id="marks only"),
        pytest.param("why " * 6000, "23,999 characters, at most 20,000", id="24,000 characters"),
    ],
)
def test_a_question_that_cannot_be_searched_says_what_to_do(
    engine: Engine, question: str, message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        engine.ask(Request(question))


def test_control_characters_between_words_are_ignored(engine: Engine) -> None:
    hostile = QUESTION.replace(" ", "\x00\x1b ")
    assert engine.ask(Request(hostile)).searched == QUESTION
    assert engine.ask(Request(hostile)).quotes == engine.ask(Request(QUESTION)).quotes


def test_an_unknown_source_is_named(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="No indexed source nosuch; indexed are delgado"):
        engine.ask(Request(QUESTION, sources=frozenset({"nosuch"})))


def test_no_chosen_source_is_a_refusal(engine: Engine) -> None:
    answer = engine.ask(Request(QUESTION, sources=frozenset()))
    assert (answer.answered, answer.closest, answer.confidence) == (False, (), 0.0)
    assert answer.reason


def test_a_document_of_a_version_that_is_not_open_is_refused(engine: Engine) -> None:
    with pytest.raises(DocumentError, match="no longer open"):
        engine.document("20200101T000000Z-0", "delgado")
    with pytest.raises(DocumentError, match="no document 'nosuch'"):
        engine.document(engine.version, "nosuch")


ALTER = {
    "the quoted words of the document": "UPDATE documents SET text = replace(text, 'bark', 'moan')",
    "other words of the passage": "UPDATE documents SET text = replace(text, 'purr', 'hiss')",
    "a sentence beyond its passage": "UPDATE sentences SET finish = finish + 8",
}


@pytest.fixture(params=list(ALTER))
def altered(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An engine whose store was changed under it while it was open."""
    library = write_library(
        tmp_path / "packaged",
        {"one": "Cats purr loudly. Dogs bark.\n\nBees hum as they fly about."},
    )
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=6))
    build(settings, ToyEncoder(), packaged=library)
    versions = Versions(settings.home)
    path = versions.path(versions.current()) / "store.sqlite"
    with sqlite3.connect(path) as db:
        db.execute(ALTER[request.param])
    db.close()
    # The checksums would refuse it at opening; a change after that is what is tried here.
    monkeypatch.setattr("index.versions.integrity.check_files", lambda *_, **__: None)
    engine = Engine.open(settings, ToyEncoder())
    yield engine
    engine.close()


def test_a_quotation_that_is_no_exact_slice_is_an_error_and_never_shown(altered: Engine) -> None:
    with pytest.raises(IndexDamagedError, match="is not what its document says"):
        altered.ask(Request("dogs bark"))
