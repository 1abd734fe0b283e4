from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.sources.glossary import Glossary, Thesaurus
from corpus.sources.library import NO_LIBRARY, PACKAGED, Library


def test_a_library_without_the_files_translates_and_relates_nothing() -> None:
    assert NO_LIBRARY.glossary.translated("What is the penalty?", "en") == {"es": []}
    assert NO_LIBRARY.glossary.words == frozenset()
    assert NO_LIBRARY.thesaurus.related("What is the penalty?", "en") == []


def test_terms_of_a_file_are_found_by_any_of_their_forms(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("# a comment\n\nheart attack|infarct\tinfarto\nheart\tcorazón\n", "utf-8")
    glossary = Glossary.read(path)
    assert glossary.translated("after a heart attack", "en") == {"es": ["infart"]}
    assert glossary.translated("the heart", "en") == {"es": ["corazon"]}
    assert glossary.translated("el infarto", "es") == {"en": ["heart", "attack", "infarct"]}
    assert glossary.words == {"heart", "attack", "infarct", "infarto", "corazon"}


def test_what_texts_say_for_a_word_is_told_of_its_language_alone(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.tsv"
    path.write_text("en\tpill|pills\ttablet\n", "utf-8")
    assert Thesaurus.read(path).related("Which pills?", "en") == ["tablet"]
    assert Thesaurus.read(path).related("Which pills?", "es") == []


def test_a_first_row_of_codes_names_the_languages_of_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("# terms\nen\tfr\tde\nheart\tcœur\tHerz|Herzen\n", encoding="utf-8")
    glossary = Glossary.read(path)
    assert glossary.translated("the heart", "en") == {"fr": ["cœur"], "de": ["herz"]}
    assert glossary.translated("das Herz", "de") == {"en": ["heart"], "fr": ["cœur"]}


@pytest.mark.parametrize(
    ("kind", "expected"), [(Glossary, 2), (Thesaurus, 3)], ids=["glossary", "thesaurus"]
)
def test_a_row_with_other_columns_is_refused_with_file_and_line(
    tmp_path: Path, kind: type[Glossary] | type[Thesaurus], expected: int
) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("# a comment\nheart\n", "utf-8")
    wanted = f"terms.tsv, line 2: 1 columns, expected {expected} apart by tabs"
    with pytest.raises(LibraryError, match=wanted):
        kind.read(path)


@pytest.mark.parametrize(
    ("word", "spanish"),
    [("tattoo", "tatuaj"), ("teacher", "docent"), ("lawyer", "abog")],
)
def test_words_of_the_packaged_glossary_mean_the_same(word: str, spanish: str) -> None:
    found = Library((PACKAGED,)).glossary.translated(word, "en")["es"]
    assert spanish in found
    assert ("docent" in found) == (word == "teacher")
