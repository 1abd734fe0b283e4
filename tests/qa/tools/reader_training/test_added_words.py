"""Words join a vocabulary: one token each, the mean vector of their English words."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.errors import EvaluationError, FootnoteError, ModelError
from qa.tools.reader_training.added_words import (
    WordTranslation,
    grown,
    read_words,
    vocabulary_of,
    write_words,
)
from qa.tools.reader_training.starting_weights import CROSS_ENCODER_WORDS, bundled_tokenizer
from tests.qa.tools.reader_training.tiny import WORDS, write_tokenizer

VECTORS = np.array([[n, 10 * n] for n in range(13)], np.float32)
"""The vector of the word of id n is (n, 10 n)."""
BASE, PIE = len(WORDS), WORDS.index("pie")
REDES = WordTranslation("redes", "nets")
LANCHAS = WordTranslation("lanchas", "painted boats")
PIE_ROW = WordTranslation("pie", "feet")


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    return write_tokenizer(tmp_path / "tokenizer.json")


def _tokens(tokenizer: str, text: str) -> list[int]:
    opened = Tokenizer.from_str(tokenizer)
    opened.no_padding()
    found: list[int] = opened.encode(text, add_special_tokens=False).ids
    return found


def test_a_new_word_is_one_token_after_the_last_also_with_accents(tokenizer: Path) -> None:
    rows = [WordTranslation("ninos", "boats"), REDES]
    found = grown(tokenizer, VECTORS, rows, BASE)
    assert _tokens(found.tokenizer, "Niños redes who") == [13, 14, WORDS.index("who")]
    assert found.learning == (13, 14)


def test_the_vector_of_a_new_word_is_the_mean_of_its_english_ones(tokenizer: Path) -> None:
    found = grown(tokenizer, VECTORS, [REDES, LANCHAS, WordTranslation("pies", "feet nets")], BASE)
    # nets 6; painted 8 and boats 9; fe 11, ##et 12 and nets 6
    assert found.vectors[13:].tolist() == [
        [6, 60],
        [8.5, 85],
        [pytest.approx(29 / 3), pytest.approx(290 / 3)],
    ]
    assert np.array_equal(found.vectors[:13], VECTORS)


def test_a_word_that_english_has_gets_the_other_meaning_in_its_place(tokenizer: Path) -> None:
    found = grown(tokenizer, VECTORS, [PIE_ROW, WordTranslation("tarta", "pie")], BASE)
    assert found.vectors[PIE].tolist() == [11.5, 115]
    # What is added means what the English word meant.
    assert found.vectors[13].tolist() == [PIE, 10 * PIE]
    assert found.learning == (PIE, 13)


def test_words_that_were_added_before_keep_their_trained_vectors(tokenizer: Path) -> None:
    first = grown(tokenizer, VECTORS, [REDES, PIE_ROW], BASE)
    tokenizer.write_text(first.tokenizer, encoding="utf-8")
    trained = first.vectors.copy()
    trained[[PIE, 13]] += 0.25
    again = grown(tokenizer, trained, [REDES, PIE_ROW, LANCHAS], BASE)
    assert np.array_equal(again.vectors[:14], trained)
    assert again.vectors[14].tolist() == [8.5, 85]
    assert again.learning == (PIE, 13, 14)


def test_without_rows_nothing_changes(tokenizer: Path) -> None:
    found = grown(tokenizer, VECTORS, [], BASE)
    assert found.tokenizer == tokenizer.read_text(encoding="utf-8")
    assert np.array_equal(found.vectors, VECTORS)
    assert found.learning == ()


def test_a_tokenizer_of_another_number_of_words_is_refused(tokenizer: Path) -> None:
    with pytest.raises(FootnoteError, match="13 words, but the weights know 12"):
        grown(tokenizer, VECTORS[:12], [], BASE)


@pytest.mark.parametrize("word", ["niño", "Redes", "dos palabras"])
def test_a_word_that_the_tokenizer_would_part_is_refused(tokenizer: Path, word: str) -> None:
    with pytest.raises(FootnoteError, match=f"parts the added word '{word}'"):
        grown(tokenizer, VECTORS, [WordTranslation(word, "nets")], BASE)


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    write_words(path, [REDES, LANCHAS])
    assert path.read_text(encoding="utf-8") == "redes\tnets\nlanchas\tpainted boats\n"
    assert read_words(path) == (REDES, LANCHAS)


@pytest.mark.parametrize("row", ["pie", "pie\t", "\tfeet", "pie\tfeet\t2", "pie\t. "])
def test_a_row_of_another_form_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(f"redes\tnets\n{row}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="line 2: expected a word"):
        read_words(path)


@pytest.mark.parametrize("text", ["{}", None])
def test_a_tokenizer_that_cannot_be_opened_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "tokenizer.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not the tokenizer"):
        vocabulary_of(path)


def test_the_bundled_tokenizer_has_the_words_that_tell_a_grown_one() -> None:
    assert len(vocabulary_of(bundled_tokenizer())) == CROSS_ENCODER_WORDS
