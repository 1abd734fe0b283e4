"""A document in a third language keeps it: detected, stemmed, tagged, filtered, asked in."""

from collections.abc import Iterator

import pytest

from corpus.errors import QuestionError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.extra_files import LexicalPart
from index.build.work import Options
from index.tables.lexical import Lexical
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.question.filters import Filter
from qa.request import Request
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "english": "The fishermen of the village mend their nets in winter. Nobody sells the old "
    "boats, for they are needed when the storms have passed.",
    "french": "Les pêcheurs du village réparent leurs filets pendant l'hiver. Personne ne vend les "
    "vieux bateaux, car on en a besoin quand les tempêtes sont passées.",
    "german": "Die Fischer des Dorfes flicken im Winter ihre Netze. Niemand verkauft die alten "
    "Boote, denn sie werden nach den Stürmen wieder gebraucht.",
    "portuguese": "Os pescadores da aldeia consertam as suas redes durante o inverno. Ninguém "
    "vende os barcos velhos, porque são precisos depois das tempestades.",
}
CODES = {"english": "en", "french": "fr", "german": "de", "portuguese": "pt"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("languages")
    # The records say English: the language is that of the text.
    library = write_library(home / "packaged", TEXTS)
    found = Settings(home=home / "home", passages=PassageSettings(min_words=5, max_words=16))
    build(found, ToyEncoder(), packaged=library, options=Options(parts=[LexicalPart()]))
    return found


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[Engine]:
    opened = Engine.open(settings, ToyEncoder())
    yield opened
    opened.close()


def test_each_document_keeps_its_language(engine: Engine) -> None:
    assert engine.languages == {key: frozenset({code}) for key, code in CODES.items()}
    for key, code in CODES.items():
        assert {one.language for one in engine.indexed(key).sections} == {code}


@pytest.mark.parametrize(
    ("token", "key"),
    [
        ("fr:pecheur", "french"),
        ("fr:filet", "french"),
        ("de:netz", "german"),
        ("pt:pescador", "portuguese"),
        ("en:fishermen", "english"),
    ],
)
def test_words_are_stemmed_and_tagged_in_their_language(
    settings: Settings, engine: Engine, token: str, key: str
) -> None:
    versions = Versions(settings.home)
    scores = Lexical.load(versions.path(versions.current())).scores([token])
    holding = [one.row for one in engine.passages(key) if scores[one.row] > 0]
    assert holding == [row for row, score in enumerate(scores) if score > 0] != []


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Qui répare les filets pendant l'hiver ?", "french"),
        ("Wer flickt im Winter die Netze?", "german"),
        ("Quem conserta as redes durante o inverno?", "portuguese"),
        ("Who mends the nets in winter?", "english"),
    ],
)
def test_a_question_in_its_language_finds_it(engine: Engine, question: str, key: str) -> None:
    found = engine.found(Request(question))
    assert found.query.language == CODES[key]
    assert found.query.words[0].startswith(f"{CODES[key]}:")
    assert found.candidates[0].passage.source == key
    assert found.candidates[0].language == CODES[key]


def test_passages_are_filtered_by_a_third_language(engine: Engine) -> None:
    request = Request("Who mends the nets?", filters=Filter.of(languages=["fr"]))
    found = engine.found(request)
    assert {one.passage.source for one in found.candidates} == {"french"}
    with pytest.raises(QuestionError, match="it"):
        engine.found(Request("Who mends the nets?", filters=Filter.of(languages=["it"])))
