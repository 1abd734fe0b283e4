"""Each language states what is true of it alone."""

import pytest
import Stemmer

from corpus.languages import LANGUAGES, language_of_code, plain_code, with_spoken
from corpus.text.sentences import sentences
from corpus.text.words import STOPWORDS, stems_of
from corpus.wording import SPOKEN


def test_a_language_is_known_by_its_code_and_the_languages_of_the_page_come_first() -> None:
    assert list(LANGUAGES) == ["en", "es", "fr", "de", "pt", "it"]
    assert all(code == one.code for code, one in LANGUAGES.items())
    assert tuple(LANGUAGES)[: len(SPOKEN)] == SPOKEN


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_a_stemmer_words_and_numbers(code: str) -> None:
    language = LANGUAGES[code]
    assert language.stemmer in Stemmer.algorithms()
    assert len(STOPWORDS[code]) > 100
    assert sorted(set(language.numerals.values())) == list(range(2, 13))
    assert {10**3, 10**6} < set(language.scales.values())
    assert language.interrogatives
    assert language.requests
    assert not any(word.isupper() for word in language.stop_words)


def test_a_code_may_name_a_country_and_an_unknown_one_is_read_as_the_first() -> None:
    assert plain_code("es-MX") == "es"
    assert language_of_code("pt_BR") is LANGUAGES["pt"]
    assert language_of_code("nl") is LANGUAGES["en"]
    assert with_spoken("fr", "es") == (*SPOKEN, "fr")


@pytest.mark.parametrize(
    ("text", "language", "stems"),
    [
        ("Les victimes de l'exploitation d’une mineure", "fr", ["victim", "exploit", "mineur"]),
        ("Qu'est-ce que la traite ?", "fr", ["trait"]),
        ("Die Opfer des Menschenhandels", "de", ["opf", "menschenhandel"]),
        ("As vítimas do tráfico de pessoas", "pt", ["vitim", "trafic", "pesso"]),
        ("Le vittime dell'organizzazione", "it", ["vittim", "organizz"]),
    ],
)
def test_words_are_stemmed_as_those_of_their_language(
    text: str, language: str, stems: list[str]
) -> None:
    assert stems_of(text, language) == stems


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Voir p. ex. Dupont, p. 12.|Elle est née en 1990.|Le tribunal siège à Paris.", "fr"),
        ("Dies gilt z.B. Kindern nach Art. 3 Abs. 2 nicht.|Das Gericht tagt in Bonn.", "de"),
        ("O Sr. Silva vive em Lisboa.|A lei prevê no art. 5 uma pena.|Entrou em vigor.", "pt"),
        ("Il sig. Rossi vive a Roma.|La legge, art. 3, lo prevede.|Entra in vigore.", "it"),
    ],
)
def test_sentences_end_where_those_of_the_language_do(text: str, language: str) -> None:
    plain = text.replace("|", " ")
    spans = sentences(plain, language)
    assert [plain[one.start : one.end] for one in spans] == text.split("|")
