"""The language of a question, by its function words and marks."""

import pytest

from qa.question.language import language_of_question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many victims were identified?", "en"),
        ("¿Cuántas víctimas se identificaron?", "es"),
        ("cual es la pena por trata", "es"),
        ("T visa", "en"),
        ("FEVIMTRA", "en"),
        ("prescripción", "es"),
        ("non-refoulement 1951 Convention", "en"),
        ("What does die Frau mean?", "en"),
        ("¿Qué ancho de vía utilizan dos líneas?", "es"),
        ("Combien de victimes ont été identifiées au Mexique ?", "fr"),
        ("combien de victimes", "fr"),
        ("Qu'est-ce que la traite des personnes ?", "fr"),
        ("Quelle est la peine ?", "fr"),
        ("Was ist Menschenhandel?", "de"),
        ("Wie viele Opfer gab es 2016?", "de"),
        ("O que é tráfico de pessoas?", "pt"),
        ("Quantas vítimas foram identificadas no México?", "pt"),
        ("Che cos'è la tratta?", "it"),
        ("Quante vittime sono state identificate?", "it"),
    ],
)
def test_the_language_of_a_question_is_found(text: str, language: str) -> None:
    assert language_of_question(text) == language
