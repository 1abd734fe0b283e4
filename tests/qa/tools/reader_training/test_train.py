"""A training run: it learns, goes on where it was cut off, and gives the same weights."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from corpus.errors import FootnoteError
from index.build.progress import silent
from qa.answering.pair_tokens import PairTokenizer
from qa.tools.reader_training.groups import Group, ReadingPair
from qa.tools.reader_training.measures import figures_over, question_readings, read_pairs
from qa.tools.reader_training.network import network_from
from qa.tools.reader_training.starting_weights import bundled_cross_encoder, with_layers
from qa.tools.reader_training.train import WEIGHTS_FILE, TrainingRecipe, TrainingRun
from qa.tools.reader_training.training_set import TrainingQuestion

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
    later = TrainingRun(replace(RECIPE, start="its digest"), GROUPS, tmp_path / "next", trained)
    assert later.done == 0
    for name, weights in later.network.state_dict().items():
        assert torch.equal(weights, first.network.state_dict()[name]), name
