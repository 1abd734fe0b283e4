"""The real models on the article, a treaty and the crimes of the Mexican law."""

import os
from collections.abc import Iterator

import pytest

from index.models.models import Models
from qa.answering.engine import Engine
from qa.request import Request
from tests.conftest import kept_index
from tests.toys import SHARED


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, models: Models, pytestconfig: pytest.Config
) -> Iterator[Engine]:
    """The Palermo Protocol whole; of the Mexican law its first chapters, so that it builds fast."""
    if not SHARED.exists() and "CI" not in os.environ:
        pytest.skip(f"the texts of the cited sources are not at {SHARED / 'sources'}")
    texts = tmp_path_factory.mktemp("texts")
    protocol = SHARED / "sources" / "un2000b.md"
    (texts / protocol.name).write_bytes(protocol.read_bytes())
    law = (SHARED / "sources" / "camara2014.txt").read_text(encoding="utf-8")
    (texts / "camara2014.txt").write_text(law[: law.index("Artículo 19.")], encoding="utf-8")
    engine = Engine.open(kept_index("library", models, pytestconfig, texts), models)
    yield engine
    engine.close()


def test_a_definition_is_quoted_from_the_treaty_and_from_the_article(library: Engine) -> None:
    answer = library.ask(Request("How is trafficking in persons defined?"))
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
    library: Engine, question: str
) -> None:
    answer = library.ask(Request(question))
    places = [(quote.citation.source, quote.citation.pinpoint) for quote in answer.quotes]
    assert ("camara2014", "Artículo 10") in places


def test_quotations_of_every_source_are_exact_slices(library: Engine) -> None:
    for question in ("What is trafficking?", "¿Qué es la trata?", "Who is a child?"):
        answer = library.ask(Request(question))
        for quote in (*answer.quotes, *answer.closest):
            document = library.indexed(quote.citation.source)
            assert document.text[quote.start : quote.end] == quote.text
