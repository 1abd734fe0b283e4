"""The language of each section is found, and of the document that of most of its text."""

from dataclasses import replace

import pytest

from corpus.text.language_detection import language_of, with_languages
from tests.toys import headed_document

TEXTS = {
    "en": "The court protects victims of trafficking, and nobody who was forced is punished.",
    "es": "El tribunal protege a las víctimas de la trata y nadie que fue forzado es castigado.",
    "fr": "Le tribunal protège les victimes de la traite et aucune personne n'est punie pour cela.",
    "de": "Das Gericht schützt die Opfer des Menschenhandels, und niemand wird dafür bestraft.",
    "pt": "O tribunal protege as vítimas do tráfico de pessoas e ninguém é punido por isso.",
    "it": "Il tribunale protegge le vittime della tratta e nessuno viene punito per questo.",
}


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("otherwise", ["en", "es", "fr"])
def test_a_text_tells_its_language(code: str, otherwise: str) -> None:
    assert language_of(TEXTS[code], otherwise) == code


def test_a_text_that_tells_no_known_language_has_the_one_before() -> None:
    dutch = (
        "Treedt in werking op een nader te bepalen tijdstip\n\nWijzigt het Verdrag betreffende de "
        "gedwongen of verplichte arbeid; Genève, 28 juni 1930."
    )
    assert language_of(dutch, "en") == "en"
    assert language_of("Trop court", "en") == "en"


def test_a_country_in_the_code_of_the_record_is_left_out() -> None:
    assert language_of(TEXTS["es"], "es-MX") == "es"
    assert language_of("Corto", "es-MX") == "es"


def test_each_section_has_its_own_language_and_the_document_the_most_frequent() -> None:
    document = headed_document(("Un", TEXTS["fr"] * 3), ("Zwei", TEXTS["de"]), ("x", "kurz"))
    found = with_languages(replace(document, language="en"))
    assert [one.language for one in found.sections] == ["fr", "de", "de"]
    assert found.language == "fr"
