"""The real models on the article and the cited sources: treaties and laws of two languages."""

from collections.abc import Iterator

import pytest

from corpus.settings import Settings
from index.models.models import Models
from qa.answering.engine import Engine
from qa.request import Request
from tests.toys import SHARED

pytestmark = [pytest.mark.slow, pytest.mark.whole_library]


@pytest.fixture(scope="module")
def engine(library: Settings, article: Settings, models: Models) -> Iterator[Engine]:
    """The engine on the article and the cited sources at hand."""
    if library == article:
        pytest.skip(f"the texts of the cited sources are not at {SHARED / 'sources'}")
    engine = Engine.open(library, models)
    yield engine
    engine.close()


def test_a_definition_is_quoted_from_the_treaty_and_from_the_article(engine: Engine) -> None:
    # Among all sources the American act takes the places of the article.
    asked = frozenset({"delgado", "un2000b", "camara2014"})
    answer = engine.ask(Request("How is trafficking in persons defined?", sources=asked))
    quoted = {(one.citation.source, one.citation.pinpoint): one.text for one in answer.quotes}
    assert "shall mean the recruitment, transportation" in quoted["un2000b", "Art. 3(a)"]
    article = [text for (source, _), text in quoted.items() if source == "delgado"]
    assert any("human trafficking involves the recruitment" in text for text in article)


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es la pena por trata de personas según la ley mexicana?",
        "¿Qué pena se impone por el delito de trata de personas en México?",
    ],
)
def test_a_spanish_question_on_the_penalty_reaches_its_article(
    engine: Engine, question: str
) -> None:
    answer = engine.ask(Request(question))
    places = [(quote.citation.source, quote.citation.pinpoint) for quote in answer.quotes]
    assert ("camara2014", "Artículo 10") in places


def test_quotations_of_every_source_are_exact_slices(engine: Engine) -> None:
    for question in ("What is trafficking?", "¿Qué es la trata?", "Who is a child?"):
        answer = engine.ask(Request(question))
        for quote in (*answer.quotes, *answer.closest):
            document = engine.indexed(quote.citation.source)
            assert document.text[quote.start : quote.end] == quote.text
