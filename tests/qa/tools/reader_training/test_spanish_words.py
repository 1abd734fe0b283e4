"""Which Spanish words are chosen, in what order, and the file of them."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.errors import FootnoteError
from qa.tools.reader_training import spanish_words
from qa.tools.reader_training.added_words import WordTranslation, read_words
from qa.tools.reader_training.spanish_words import (
    WordFrequencies,
    chosen_words,
    main,
    parting_words,
    spanish_texts,
    word_forms,
    wordfreq_frequencies,
)
from qa.tools.reader_training.training_set import (
    QUESTIONS_FILE,
    ReadPassage,
    TrainingQuestion,
    question_row,
    write_passages,
)
from tests.toys import TOY_PIECES, toy_tokenizer

FREQUENCIES = {
    ("pie", "es"): 5.0,
    ("pie", "en"): 4.5,
    ("niño", "es"): 5.1,
    ("nino", "es"): 3.0,
    ("nino", "en"): 3.25,
    ("once", "es"): 5.25,
    ("once", "en"): 4.25,
}


def _zipf(word: str, language: str) -> float:
    return FREQUENCIES.get((word, language), 0.0)


def test_words_of_the_texts_come_first_each_in_its_usual_spelling() -> None:
    forms = word_forms(
        ["de", "más", "ley", "mas", "2020", "don't"], ["La Ley 5 más red, red.", "ley ley áspid"]
    )
    # Both parts: first in the order of the frequent words, then of the texts: red twice, then one
    # each, by letter.
    assert list(forms.items()) == [
        ("mas", "más"),
        ("ley", "ley"),
        ("red", "red"),
        ("la", "la"),
        ("aspid", "áspid"),
        ("de", "de"),
    ]


def test_a_word_that_would_part_a_more_frequent_english_word_is_told(tmp_path: Path) -> None:
    # "nettle" would become "nett" and "##le", "torque" "tor" and "##que"; "boat" is a word itself
    # already, and "boas" a new one.
    path = tmp_path / "tokenizer.json"
    toy_tokenizer((*TOY_PIECES, "##le", "##que")).save(str(path))
    often = {("nettle", "en"): 3.0, ("nett", "es"): 2.9, ("torque", "en"): 3.0, ("tór", "es"): 3.1}
    frequencies = WordFrequencies(
        [],
        ["nettle", "torque", "boat", "boas"],
        lambda word, language: often.get((word, language), 0),
    )
    new = {"nett": "nett", "tor": "tór", "boas": "boas"}
    assert parting_words(new, path, frequencies) == {"nett"}


def test_so_many_new_words_are_chosen_and_none_without_english() -> None:
    forms = dict.fromkeys(["ley", "xyzzy", "red", "lancha"], "")
    english = {"ley": "law", "red": "net", "lancha": "boat"}
    found = list(chosen_words(forms, english, {"law"}, _zipf, count=2))
    assert found == [WordTranslation("ley", "law"), WordTranslation("red", "net")]


def test_a_word_that_english_has_is_chosen_where_ten_times_as_frequent_in_spanish() -> None:
    forms = {"pie": "pie", "nino": "niño", "once": "once", "mundo": "mundo"}
    english = {"pie": "foot", "nino": "child", "once": "eleven", "mundo": "world"}
    found = list(chosen_words(forms, english, {"pie", "nino", "once"}, _zipf, count=1))
    # pie is used three times as often; once ten times; the usual spelling of nino is niño.
    assert [one.word for one in found] == ["nino", "once", "mundo"]


def _training_set(folder: Path) -> Path:
    folder.mkdir()
    passages = [
        ReadPassage("a", "law", "es", "Artículo 1", "La red."),
        ReadPassage("b", "law", "en", "Article 1", "The net."),
    ]
    write_passages(folder, passages)
    rows = [
        TrainingQuestion("q-1", "¿Quién teje?", "es", "who", "fit", (), (), ()),
        TrainingQuestion("q-2", "¿Quién pinta?", "es", "who", "tune", (), (), ()),
        TrainingQuestion("q-3", "Who mends?", "en", "who", "fit", (), (), ()),
    ]
    (folder / QUESTIONS_FILE).write_text("".join(map(question_row, rows)), encoding="utf-8")
    return folder


def test_texts_are_spanish_and_none_is_of_a_question_kept_for_measuring(tmp_path: Path) -> None:
    assert list(spanish_texts(_training_set(tmp_path / "set"))) == [
        "Artículo 1 La red.",
        "¿Quién teje?",
    ]


def test_the_command_writes_the_words_that_can_be_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = SimpleNamespace(top_n_list=lambda *_: ["de", "la"], zipf_frequency=_zipf)
    monkeypatch.setitem(sys.modules, "wordfreq", package)
    english = {"articulo": "article", "quien": "who", "teje": "knits", "red": "net"}
    monkeypatch.setattr(
        spanish_words,
        "english_of",
        lambda forms, _: {plain: english[plain] for plain in forms if plain in english},
    )
    out = tmp_path / "out.tsv"
    main([str(_training_set(tmp_path / "set")), str(out), "--count", "2"])
    # `red` is an English word, too, and no more frequent in Spanish by these figures.
    assert read_words(out) == (
        WordTranslation("articulo", "article"),
        WordTranslation("quien", "who"),
    )


def test_without_wordfreq_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    with pytest.raises(FootnoteError, match=r"footnote-qa\[train\]"):
        wordfreq_frequencies()
