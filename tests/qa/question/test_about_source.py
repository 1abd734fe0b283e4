"""Questions on the documents themselves are answered from their records."""

import pytest

from corpus.sources.library import PACKAGED, Library
from qa.answering.engine import Engine
from qa.question.about_source import asked_about
from qa.question.language import language_of_question
from qa.request import Request

MAIN = Library((PACKAGED,)).file.main


@pytest.mark.parametrize(
    ("question", "field", "source"),
    [
        ("Who wrote the article?", "author", "delgado"),
        ("who is the author of this article", "author", "delgado"),
        ("Who wrote Delgado's article?", "author", "delgado"),
        ("What is the title of the article?", "title", "delgado"),
        ("When was the 2017 TIP Report published?", "date", "dos2017"),
        ("What is the article about?", "about", "delgado"),
        ("What is the Palermo Protocol about?", "about", "un2000b"),
        ("Which sources does the article cite?", "cites", "delgado"),
        ("How long is the article?", "length", "delgado"),
        ("What language is the Mexican law in?", "language", "camara2014"),
        ("Who is the author?", "author", "delgado"),
        ("And what is the title?", "title", "delgado"),
        ("¿Quién es la autora?", "author", "delgado"),
        ("¿Cuál es el título?", "title", "delgado"),
        ("¿Quién escribió el artículo?", "author", "delgado"),
        ("¿De qué trata el artículo?", "about", "delgado"),
        ("¿Qué fuentes cita el artículo?", "cites", "delgado"),
    ],
)
def test_a_question_on_a_document_names_it_and_nothing_else(
    engine: Engine, question: str, field: str, source: str
) -> None:
    asked = asked_about(question, language_of_question(question), engine.records, MAIN)
    assert asked is not None
    assert (asked.field, asked.source) == (field, source)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the report on migration that the article cites?",
        "Who is the author of the crime of trafficking?",
        "What is trafficking about?",
        "When was the law against smuggling in Guatemala published?",
        "How long is the sentence for trafficking?",
        "What is the title of the officer who chairs the task force?",
        "¿De qué trata la cooperación bilateral?",
        "¿Quién publicó las cifras de arrestos?",
        "How many victims did Mexico identify in 2016?",
    ],
)
def test_a_question_on_what_texts_say_is_none(engine: Engine, question: str) -> None:
    assert asked_about(question, language_of_question(question), engine.records, MAIN) is None


def test_without_a_main_document_no_text_is_meant_by_its_kind_alone(engine: Engine) -> None:
    assert asked_about("Who wrote the article?", "en", engine.records) is None
    assert asked_about("Who is the author?", "en", engine.records) is None


def test_the_record_answers_and_is_marked_as_such(engine: Engine) -> None:
    answer = engine.ask(Request("Who wrote the article?"))
    assert answer.answered
    assert not answer.quotes
    assert [(one.field, one.value, one.source) for one in answer.about] == [
        ("author", "Oriana Delgado", "delgado")
    ]
    assert answer.to_json()["about"] == [
        {"field": "author", "value": "Oriana Delgado", "source": "delgado"}
    ]


def test_what_an_article_is_about_is_told_by_its_first_words(engine: Engine) -> None:
    answer = engine.ask(Request("What is the article about?"))
    (quote,) = answer.quotes
    document = engine.indexed("delgado")
    assert document.text[quote.start : quote.end] == quote.text
    # All of the text that stands before the first heading, and nothing of what follows it.
    assert quote.text.startswith("By Oriana Delgado\n\nThe present article summarizes the current")
    assert quote.text.endswith("to address human trafficking along the border.")
    assert [one.field for one in answer.about] == ["about"]


def test_all_cited_sources_are_listed(engine: Engine) -> None:
    answer = engine.ask(Request("Which sources does the article cite?"))
    assert len(answer.about) == 12
    assert all(one.field == "cites" for one in answer.about)


def test_what_a_record_lacks_is_said(engine: Engine) -> None:
    answer = engine.ask(Request("When was the article published?"))
    assert not answer.answered
    assert str(answer.reason) == "The record of this source does not say so."


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the article?",
        "And who wrote the article?",
        "Who is the author?",
        "¿Quién escribió el artículo?",
        "¿Quién es la autora?",
    ],
)
def test_after_other_questions_the_record_answers_as_it_does_first(
    engine: Engine, question: str
) -> None:
    answer = engine.ask(Request(question, ("How many people did ICE arrest in 2017?",)))
    assert [(one.field, one.value) for one in answer.about] == [("author", "Oriana Delgado")]
    assert not answer.quotes


def test_a_source_that_was_asked_about_is_meant_where_the_next_question_names_none(
    engine: Engine,
) -> None:
    answer = engine.ask(Request("What is the title?", ("What is the Palermo Protocol about?",)))
    assert [(one.field, one.source) for one in answer.about] == [("title", "un2000b")]


def test_a_long_conversation_about_one_source_is_followed(engine: Engine) -> None:
    asked = ("What is the title of the Palermo Protocol?", *["Who is the author?"] * 40)
    assert engine.ask(Request("And what is the title?", asked)).about[0].source == "un2000b"
    answer = engine.ask(Request("Who is the author?", ("Who is the author?",) * 1_000))
    assert answer.about[0].source == "delgado"


def test_thanks_do_not_change_which_source_is_spoken_of(engine: Engine) -> None:
    history = ("What is the Palermo Protocol about?", "Thank you!")
    answer = engine.ask(Request("What is the title?", history))
    assert [(one.field, one.source) for one in answer.about] == [("title", "un2000b")]


def test_what_points_back_is_not_taken_for_a_question_on_the_article(engine: Engine) -> None:
    answer = engine.ask(
        Request("Who funds it?", ("What is the National Human Trafficking Hotline?",))
    )
    assert not answer.about
    assert answer.quotes
