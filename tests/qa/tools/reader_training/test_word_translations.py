"""English words of Spanish ones: the table first, Apertium for the others."""

import stat
from pathlib import Path

import pytest

from corpus.errors import FootnoteError
from corpus.text.words import unaccented
from qa.tools.reader_training.added_words import read_words
from qa.tools.reader_training.word_translations import (
    CORRECTIONS,
    corrections,
    english_of,
    translated,
)


def _apertium(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of that name, the only one on the path besides those of the system."""
    program = folder / "apertium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


SAYS = r"""
sed -e 's/^casa \.$/House ./' -e 's/^huyó \.$/It escaped /' -e 's/^xyzzy/*xyzzy/' \
    -e 's/^cuidar .*/#Take care/' -e 's/^me .*/I/' -e 's/^corre .*/She runs ./'
"""


def test_translations_are_lower_case_without_stop_and_pronoun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _apertium(tmp_path, monkeypatch, SAYS)
    given = ["casa", "huyó", "corre", "me"]
    assert translated(given) == ["house", "escaped", "runs", "i"]


def test_words_that_apertium_marks_have_no_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _apertium(tmp_path, monkeypatch, SAYS)
    assert translated(["xyzzy", "cuidar"]) == ["", ""]


def test_a_correction_stands_before_what_apertium_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _apertium(tmp_path, monkeypatch, SAYS)
    words = {"huyo": "huyó", "casa": "casa", "xyzzy": "xyzzy"}
    assert english_of(words, {"casa": "home"}) == {"huyo": "escaped", "casa": "home"}


def test_without_apertium_the_error_names_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FootnoteError, match=r"no such program.*apertium-eng-spa"):
        translated(["casa"])


def test_without_the_pair_of_languages_the_error_says_what_apertium_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _apertium(tmp_path, monkeypatch, "echo 'Error: Mode spa-eng does not exist.' >&2; exit 1")
    with pytest.raises(FootnoteError, match=r"Mode spa-eng does not exist.*apertium-eng-spa"):
        translated(["casa"])


def test_lines_that_are_lost_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _apertium(tmp_path, monkeypatch, "echo House")
    with pytest.raises(FootnoteError, match="2 lines given, 1 came back"):
        translated(["casa", "red"])


def test_corrections_are_words_without_accents_once_each_in_order() -> None:
    rows = read_words(CORRECTIONS)
    words = [one.word for one in rows]
    assert words == sorted(set(words))
    assert all(word == unaccented(word) and word.isalpha() for word in words)
    assert all(one.english.isascii() and one.english.islower() for one in rows)
    assert corrections()["trata"] == "trafficking"
