"""The recipe of a command: what is named and what is usual; files by their content."""

import hashlib
from pathlib import Path

from qa.tools.reader_training.recipe import (
    TrainingRecipe,
    files_of,
    recipe_of,
    training_arguments,
)
from qa.tools.reader_training.run_start import StartFiles


def test_without_options_the_recipe_is_the_usual_one() -> None:
    given = training_arguments(["set", "out"], None)
    assert recipe_of(given) == TrainingRecipe()
    assert files_of(given) == StartFiles()
    assert TrainingRecipe().word_rate == 3e-4


def test_the_files_that_a_run_begins_with_are_in_it_by_their_hashes(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("reader.pt", "tokenizer.json", "words.tsv")]
    for path in files:
        path.write_text(path.name, encoding="utf-8")
    start, tokenizer, words = map(str, files)
    options = ["--start", start, "--tokenizer", tokenizer, "--words", words, "--word-rate", "0.001"]
    given = training_arguments(["set", "out", *options, "--layers", "1,3"], None)
    assert recipe_of(given) == TrainingRecipe(
        layers=(1, 3),
        start=hashlib.sha256(b"reader.pt").hexdigest(),
        tokenizer=hashlib.sha256(b"tokenizer.json").hexdigest(),
        words=hashlib.sha256(b"words.tsv").hexdigest(),
        word_rate=0.001,
    )
    assert files_of(given) == StartFiles(*files)
