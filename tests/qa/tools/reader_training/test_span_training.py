"""The answering words are learned at the end, and the rest stays nearly as it was."""

from pathlib import Path

import pytest
import torch

from corpus.errors import FootnoteError
from qa.answering.pair_tokens import PairTokenizer, PairTokens
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.measures import read_pairs
from qa.tools.reader_training.network import ReaderNetwork, batch_of, network_from
from qa.tools.reader_training.span_training import UPPER_LAYERS, SpanRun, train_spans
from qa.tools.reader_training.starting_weights import bundled_cross_encoder, with_layers
from qa.tools.reader_training.tokens import LabeledTokens, labeled

PAIRS = [
    ReadingPair("Who mends nets?", "Law", "Widows mend the nets.", True, (0, 6)),
    ReadingPair("When are boats painted?", "Law", "Boats are painted in May.", True, (21, 24)),
    ReadingPair("Who paints boats?", "Law", "Boats are painted in May.", False),
]


KEPT = "bert.encoder.layer.0.output.dense.weight"
LEARNED = f"bert.encoder.layer.{UPPER_LAYERS}.output.dense.weight"


@pytest.mark.slow
def test_the_answering_words_are_learned_and_whether_a_passage_answers_stays(
    tmp_path: Path,
) -> None:
    weights, file = bundled_cross_encoder()
    network = network_from(with_layers(weights, tuple(range(UPPER_LAYERS + 1))))
    tokenizer, device = PairTokenizer(file), torch.device("cpu")
    pairs = [labeled(tokenizer, one) for one in PAIRS]
    weights_before = {name: network.state_dict()[name].clone() for name in (KEPT, LEARNED)}
    before = [one.logit for one in read_pairs(network, tokenizer, PAIRS, device)]
    assert train_spans(network, pairs, SpanRun(60, 0, tmp_path / "spans.pt")) < 1
    said = read_pairs(network, tokenizer, PAIRS, device)
    assert [one.words for one in said[:2]] == [one.span for one in PAIRS[:2]]
    assert [one.logit for one in said] == pytest.approx(before, abs=0.5)
    assert torch.equal(weights_before[KEPT], network.state_dict()[KEPT])
    assert not torch.equal(weights_before[LEARNED], network.state_dict()[LEARNED])


def _small() -> ReaderNetwork:
    torch.manual_seed(1)
    return ReaderNetwork(UPPER_LAYERS + 1, 60)


def _tokens(*ids: int, words: tuple[int, int] = (0, 0)) -> LabeledTokens:
    starts = [-1, *range(len(ids) - 1)]
    ends = [one + 1 for one in starts]
    return LabeledTokens(PairTokens(list(ids), [0] * len(ids), starts, ends), *words)


SMALL = [_tokens(2, 7, 9, 3, words=(1, 2)), _tokens(2, 8, 3), _tokens(2, *range(10, 20))]


def test_what_is_read_in_two_parts_is_what_is_read_at_once() -> None:
    network, batch = _small().eval(), batch_of(SMALL, torch.device("cpu"))
    answers, spans = network(batch.ids, batch.kinds, batch.mask)
    states = network.below(batch, UPPER_LAYERS)
    parts = network.above(states, batch, UPPER_LAYERS)
    text = batch.mask.bool()
    assert torch.allclose(parts[0], answers, atol=1e-5)
    assert torch.allclose(parts[1][text], spans[text], atol=1e-5)


def test_a_run_that_is_cut_off_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole, parted = _small(), _small()
    train_spans(whole, SMALL, SpanRun(6, 0, tmp_path / "whole.pt"))
    before = {name: value.clone() for name, value in parted.state_dict().items()}
    train_spans(parted, SMALL, SpanRun(6, 0, tmp_path / "parted.pt", until=2))
    parted.load_state_dict(before)
    train_spans(parted, SMALL, SpanRun(6, 0, tmp_path / "parted.pt"))
    for name, value in whole.state_dict().items():
        assert torch.equal(value, parted.state_dict()[name]), name


def test_without_pairs_there_is_nothing_to_learn_and_one_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match="the set holds no question"):
        train_spans(_small(), [], SpanRun(1, 0, tmp_path / "spans.pt"))
