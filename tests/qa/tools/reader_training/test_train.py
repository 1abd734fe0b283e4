"""A training run: it learns, goes on where it was cut off, and gives the same weights."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from corpus.errors import FootnoteError
from index.build.progress import silent
from qa.answering.pair_tokens import PairTokenizer
from qa.answering.reader import TOKENIZER_FILE
from qa.tools.reader_training.added_words import vocabulary_of
from qa.tools.reader_training.groups import Group, ReadingPair
from qa.tools.reader_training.measures import figures_over, question_readings, read_pairs
from qa.tools.reader_training.network import network_from
from qa.tools.reader_training.recipe import TrainingRecipe
from qa.tools.reader_training.run_start import StartFiles
from qa.tools.reader_training.starting_weights import (
    WORD_VECTORS,
    bundled_cross_encoder,
    with_layers,
)
from qa.tools.reader_training.train import (
    FIGURES_FILE,
    SPANS_FILE,
    WEIGHTS_FILE,
    TrainingRun,
    main,
)
from qa.tools.reader_training.training_set import (
    QUESTIONS_FILE,
    ReadPassage,
    RightPassage,
    TrainingQuestion,
    question_row,
    write_passages,
)
from tests.qa.tools.reader_training.tiny import WORDS, write_reader

RIGHT = ReadingPair("Who mends nets?", "Law", "Widows mend the nets.", True, (0, 6))
WRONG = ReadingPair("Who mends nets?", "Law", "Boats are painted in May.", False)
OPEN = ReadingPair("Who paints boats?", "Law", "Boats are painted in May.", False)
GROUPS = [Group("a", (RIGHT, WRONG)), Group("b", (OPEN,))]
RECIPE = TrainingRecipe(layers=(0,), epochs=4, groups=1, wrong=1, rate=1e-4)


@pytest.mark.slow
def test_a_run_learns_what_answers_and_which_words(tmp_path: Path) -> None:
    run = TrainingRun(RECIPE, GROUPS, tmp_path)
    run.train(silent, save_each=100)
    right, wrong = read_pairs(run.network, run.tokenizer, [RIGHT, WRONG], run.device)
    (unanswered,) = read_pairs(run.network, run.tokenizer, [OPEN], run.device)
    assert right.logit > max(wrong.logit, unanswered.logit)
    question = TrainingQuestion("a", "Who mends nets?", "en", "who", "tune", (), (), ())
    asked = [(question, (RIGHT, WRONG))]
    found = figures_over(question_readings(run.network, run.tokenizer, asked, run.device))
    assert found.questions == 1


@pytest.mark.slow
def test_a_run_that_was_cut_off_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole = TrainingRun(RECIPE, GROUPS, tmp_path)
    whole.train(silent, save_each=1000)
    cut = tmp_path / "cut"
    cut.mkdir()
    TrainingRun(RECIPE, GROUPS, cut).train(silent, save_each=1, until=3)
    resumed = TrainingRun(RECIPE, GROUPS, cut)
    assert resumed.done == 3
    resumed.train(silent, save_each=1000)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


@pytest.mark.slow
def test_answering_words_that_other_steps_led_to_are_learned_anew(tmp_path: Path) -> None:
    spans = tmp_path / SPANS_FILE
    spans.write_bytes(b"of a run before")
    run = TrainingRun(RECIPE, GROUPS, tmp_path)
    run.train(silent, save_each=100, until=1)
    assert not spans.exists()
    run.train(silent, save_each=100)
    spans.write_bytes(b"of this run")
    run.train(silent, save_each=100)
    assert spans.exists()


def test_another_recipe_does_not_go_on_with_the_weights(tmp_path: Path) -> None:
    TrainingRun(RECIPE, GROUPS, tmp_path).save()
    with pytest.raises(FootnoteError, match="another recipe"):
        TrainingRun(TrainingRecipe(layers=(0,)), GROUPS, tmp_path)


def test_the_starting_weights_tell_an_answer_from_another_sentence() -> None:
    """The logits that the bundled file gives for the example of its model card."""
    weights, tokenizer = bundled_cross_encoder()
    network = network_from(weights)
    asked = "How many people live in Berlin?"
    texts = (
        "Berlin has a population of 3,520,031 registered inhabitants in an area of 891.82 square"
        " kilometers.",
        "New York City is famous for the Metropolitan Museum of Art.",
    )
    pairs = [ReadingPair(asked, "", text, False) for text in texts]
    right, wrong = read_pairs(network, PairTokenizer(tokenizer), pairs, torch.device("cpu"))
    assert right.logit == pytest.approx(9.27, abs=0.2)
    assert wrong.logit == pytest.approx(-11.19, abs=0.2)


def test_layers_that_are_kept_are_numbered_anew() -> None:
    weights, _ = bundled_cross_encoder()
    kept = with_layers(weights, (1, 11))
    name = "bert.encoder.layer.{}.output.dense.bias"
    assert (kept[name.format(1)] == weights[name.format(11)]).all()
    assert name.format(2) not in kept


@pytest.mark.slow
def test_a_run_begins_with_the_trained_weights_it_is_given(tmp_path: Path) -> None:
    first = TrainingRun(RECIPE, GROUPS, tmp_path)
    first.train(silent, save_each=100, until=1)
    trained = tmp_path / WEIGHTS_FILE
    torch.save(first.network.state_dict(), trained)
    (tmp_path / "next").mkdir()
    later = TrainingRun(
        replace(RECIPE, start="its digest"), GROUPS, tmp_path / "next", StartFiles(trained)
    )
    assert later.done == 0
    for name, weights in later.network.state_dict().items():
        assert torch.equal(weights, first.network.state_dict()[name]), name


REDES = len(WORDS)
"""The id of the one word that is added."""
TEJEN = [
    Group("a", (ReadingPair("Who mends redes?", "", "Widows mends redes", True, (0, 6)),)),
    Group("b", (ReadingPair("Who painted boats?", "", "Widows mends redes", False),)),
]


def _with_words(tmp_path: Path, out: str, groups: int = 1) -> TrainingRun:
    trained = tmp_path / "trained" / WEIGHTS_FILE
    if not trained.exists():
        write_reader(trained.parent)
    words = tmp_path / "words.tsv"
    words.write_text("redes\tnets\npie\tfe\n", encoding="utf-8")
    (tmp_path / out).mkdir(exist_ok=True)
    recipe = replace(RECIPE, frozen=1, words="its digest", word_rate=0.01, groups=groups)
    return TrainingRun(recipe, TEJEN, tmp_path / out, StartFiles(trained, words=words))


def test_the_first_step_moves_added_words_alone_and_by_their_own_rate(tmp_path: Path) -> None:
    run = _with_words(tmp_path, "out", groups=2)
    before = run.network.state_dict()[WORD_VECTORS].clone()
    run.train(silent, save_each=100, until=1)
    moved = (run.network.state_dict()[WORD_VECTORS] - before).abs().amax(dim=1)
    # AdamW moves each number by the rate in its first step; `pie` was not read, nothing decays.
    assert moved[REDES].item() == pytest.approx(0.01, rel=1e-2)
    assert moved[:REDES].tolist() == [0.0] * REDES


def test_a_run_with_added_words_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole = _with_words(tmp_path, "whole")
    whole.train(silent, save_each=1000)
    _with_words(tmp_path, "cut").train(silent, save_each=1, until=3)
    resumed = _with_words(tmp_path, "cut")
    assert resumed.done == 3
    resumed.train(silent, save_each=1000)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


def test_the_command_adds_words_and_writes_their_tokenizer_and_vectors(tmp_path: Path) -> None:
    trained = write_reader(tmp_path / "trained")
    words = tmp_path / "words.tsv"
    words.write_text("redes\tnets\n", encoding="utf-8")
    passages = [ReadPassage(name, "law", "es", "", f"Redes {name}") for name in ("boats", "nets")]
    write_passages(tmp_path, passages)
    found = "boats", "nets"
    right = (RightPassage("nets", 0, 5),)
    fit = TrainingQuestion("law-1", "Who mends redes?", "es", "who", "fit", right, (), found)
    rows = [fit, replace(fit, id="law-2", split="tune")]
    (tmp_path / QUESTIONS_FILE).write_text("".join(map(question_row, rows)), encoding="utf-8")
    options = "--frozen 1 --layers 0 --epochs 1 --groups 1 --start".split()
    out = tmp_path / "out"
    main([str(tmp_path), str(out), *options, str(trained), "--words", str(words)])
    assert vocabulary_of(out / TOKENIZER_FILE)["redes"] == REDES
    vectors = torch.load(out / WEIGHTS_FILE, weights_only=True)[WORD_VECTORS]
    before = torch.load(trained, weights_only=True)[WORD_VECTORS]
    assert torch.equal(vectors[:REDES], before)
    # One step at the usual rate, from the vector of `nets`.
    moved = (vectors[REDES] - before[WORDS.index("nets")]).abs().max()
    assert moved.item() == pytest.approx(3e-4, rel=1e-2)
    (row, *_) = (out / FIGURES_FILE).read_text(encoding="utf-8").splitlines()
    recipe = json.loads(row)["recipe"]
    assert recipe["words"] == hashlib.sha256(b"redes\tnets\n").hexdigest()


def test_a_run_of_another_recipe_leaves_the_tokenizer_of_the_folder(tmp_path: Path) -> None:
    run = _with_words(tmp_path, "out")
    run.save()
    tokenizer = tmp_path / "out" / TOKENIZER_FILE
    before = tokenizer.read_bytes()
    with pytest.raises(FootnoteError, match="another recipe"):
        TrainingRun(RECIPE, TEJEN, tmp_path / "out", StartFiles(tmp_path / "trained/reader.pt"))
    assert tokenizer.read_bytes() == before
