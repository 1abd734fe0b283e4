"""Typing errors, and the languages for which there is no dictionary of them."""

import pytest
import spellchecker

from qa.question import spelling
from qa.question.spelling import corrected

KNOWN = {"trafficking": 3, "victims": 5}


def test_a_word_that_no_dictionary_holds_becomes_the_nearest_of_the_library() -> None:
    assert corrected("traficking of viktims", KNOWN, "en") == "trafficking of victims"


def test_without_a_dictionary_nothing_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(language: str) -> object:
        raise ValueError(f"The provided dictionary language ({language}) does not exist!")

    spelling._dictionary.cache_clear()
    monkeypatch.setattr(spellchecker, "SpellChecker", missing)
    try:
        assert corrected("traficking of viktims", KNOWN, "en") == "traficking of viktims"
    finally:
        spelling._dictionary.cache_clear()
