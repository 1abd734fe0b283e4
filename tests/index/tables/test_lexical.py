"""BM25: stems by language, numbers without separators, nothing found for what nobody wrote."""

from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError
from corpus.text.words import stems_of, unaccented, words_of
from index.tables.lexical import LEXICAL_FILES, Lexical, question_tokens, tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("143,470 arrests", ["143470", "arrests"], id="thousands"),
        pytest.param("$13.8 million", ["13.8", "million"], id="decimal"),
        pytest.param("the U.S. and US", ["the", "us", "and", "us"], id="acronym"),
        pytest.param("Victims’ rights, Mexico's", ["victims", "rights", "mexico"], id="genitive"),
        pytest.param("¿Qué?", ["qué"], id="accent"),
        pytest.param("…", [], id="none"),
    ],
)
def test_words_are_plain(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_stems_leave_function_words_out_and_keep_the_state() -> None:
    assert stems_of("The victims of trafficking", "en") == ["victim", "traffick"]
    assert stems_of("El Estado y las víctimas", "es") == ["estad", "victim"]
    assert unaccented("Prescripción Ñ") == "prescripcion n"


def test_bm25_is_what_its_formula_gives() -> None:
    index = Lexical.build([["en:cat", "en:dog"], ["en:cat", "en:cat"]])
    # Both passages have the mean length, so b falls out: idf = ln(1 + .5 / 2.5) for a word that
    # both hold; tf / (tf + 1.5) is 1 / 2.5 = .4 and 2 / 3.5 = .571.
    assert index.scores(["en:cat"]).tolist() == pytest.approx(
        [0.18232 * 0.4, 0.18232 * 0.5714], 1e-3
    )


def test_a_word_is_found_in_its_own_language_alone() -> None:
    index = Lexical.build(
        [tokens_of("", "real crimes", "en"), tokens_of("", "delitos reales", "es"), []]
    )
    english = index.scores(question_tokens("real crime", "en"))
    assert english[0] > 0
    assert english[1:].tolist() == [0, 0]
    assert index.scores(question_tokens("delito real", "es")).tolist()[0] == 0


def test_names_in_the_context_are_found_from_both_languages() -> None:
    index = Lexical.build([tokens_of("Mexican law (Ley general)", "Texto.", "es")])
    assert index.scores(question_tokens("Mexican laws", "en"))[0] > 0
    assert index.scores(question_tokens("leyes generales", "es"))[0] > 0


def test_unknown_words_find_nothing() -> None:
    index = Lexical.build([["en:cat"]])
    assert index.scores(["en:dog"]).tolist() == [0]
    assert index.scores([]).tolist() == [0]


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    index = Lexical.build([["en:cat", "es:gato"], ["en:dog"]])
    index.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(LEXICAL_FILES)
    again = Lexical.load(tmp_path)
    assert len(again) == 2
    assert again.scores(["es:gato"]).tolist() == index.scores(["es:gato"]).tolist()


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    Lexical.build([["en:cat"]]).save(tmp_path)
    (tmp_path / LEXICAL_FILES[0]).unlink()
    with pytest.raises(IndexDamagedError, match="run 'footnote build'"):
        Lexical.load(tmp_path)
