"""Greetings, thanks and calls for help are no questions on what was asked before."""

import pytest

from qa.question.courtesies import behind_courtesies, is_courtesy
from qa.question.followup import standalone
from qa.question.pointing import points_back
from qa.question.understand import searchable, understood

COURTESIES = [
    "Hello",
    "hi there!",
    "Good morning.",
    "Help",
    "HELP!",
    "Please help me",
    "I need help.",
    "Can you help me?",
    "Thank you",
    "Thanks a lot!",
    "Hello, thank you!",
    "Thank  you",
    "Hello, hola",
    "OK, thanks",
    "No thanks",
    "I need help now!",
    "Buenos di\u0301as",
    "¡Muchísimas gracias!",
    "Hola",
    "¡Hola, buenos días!",
    "Ayuda",
    "¡Ayuda, por favor!",
    "Necesito ayuda",
    "¿Me puedes ayudar?",
    "ayudame",
    "Gracias",
    "Muchas gracias.",
    "Merci beaucoup",
    "À l'aide !",
    "Hallo",
    "Vielen Dank!",
    "Olá",
    "Obrigada",
    "Ciao, grazie",
    "Aiuto!",
]
EARLIER = "How many victims did Mexico identify in 2016?"


@pytest.mark.parametrize("text", COURTESIES)
def test_a_greeting_thanks_or_a_call_for_help_takes_no_earlier_words(text: str) -> None:
    assert is_courtesy(text)
    assert not points_back(text, EARLIER)
    assert standalone(text, [EARLIER]) == text
    query = understood(text, {}, [EARLIER])
    assert query.text == query.text_to_read == searchable(text)


@pytest.mark.parametrize("text", COURTESIES)
def test_what_points_back_past_a_courtesy_points_to_the_question_before_it(text: str) -> None:
    past, at_once = (understood("And in 2015?", {}, [EARLIER, *one]) for one in ([text], []))
    assert past == at_once
    assert past.text == "And in 2015? (victims mexico identify)"
    assert past.conversation == f"{EARLIER} / And in 2015?"


@pytest.mark.parametrize(
    "text",
    [
        "Who helps?",
        "How can I help?",
        "And help?",
        "Help for children?",
        "What help do they get?",
        "Hello, and in Mexico?",
        "Thanks. Who funds it?",
        "¿Y la ayuda?",
        "¿Qué ayuda reciben?",
        "¿Pueden ayudar?",
        "¿Ayudan?",
        "¿Me ayudan?",
        "¿Nos pueden ayudar?",
        "Gracias. ¿Y en 2015?",
        "?",
        "",
    ],
)
def test_what_asks_something_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Thanks. And in 2015?", "And in 2015?"),
        ("Hello, thank you! And in 2015?", "And in 2015?"),
        ("Hello, and in 2015?", "and in 2015?"),
        ("Gracias. ¿Y en 2015?", "¿Y en 2015?"),
    ],
)
def test_a_question_behind_a_courtesy_points_back_as_it_does_alone(text: str, asked: str) -> None:
    assert understood(text, {}, [EARLIER]) == understood(asked, {}, [EARLIER])
    assert understood(asked, {}, [EARLIER]).conversation


@pytest.mark.parametrize("text", ["Help me understand the law", "Thanks to whom?", "Hello!", "?"])
def test_a_courtesy_that_nothing_parts_from_the_rest_stays(text: str) -> None:
    assert behind_courtesies(text) == text


def test_no_word_of_a_courtesy_is_taken_for_a_typing_error() -> None:
    vocabulary = {"hora": 9, "aduana": 9, "gracia": 9, "hallow": 9}
    for text in ("Hola", "Gracias", "Hallo"):
        assert understood(text, {}, (), vocabulary).text == text
