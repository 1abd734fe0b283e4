"""The head of spans learns on while the rest stays."""

import pytest
import torch

from qa.answering.pair_tokens import PairTokenizer
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.measures import read_pairs
from qa.tools.reader_training.network import network_from
from qa.tools.reader_training.span_head import train_span_head
from qa.tools.reader_training.starting_weights import bundled_cross_encoder, with_layers
from qa.tools.reader_training.tokens import labeled

PAIRS = [
    ReadingPair("Who mends nets?", "Law", "Widows mend the nets.", True, (0, 6)),
    ReadingPair("When are boats painted?", "Law", "Boats are painted in May.", True, (21, 24)),
    ReadingPair("Who paints boats?", "Law", "Boats are painted in May.", False),
]


KEPT = "bert.encoder.layer.0.output.dense.weight"


@pytest.mark.slow
def test_the_answering_words_are_learned_and_nothing_else_changes() -> None:
    weights, file = bundled_cross_encoder()
    network, tokenizer = network_from(with_layers(weights, (0,))), PairTokenizer(file)
    pairs = [labeled(tokenizer, one) for one in PAIRS]
    before = network.state_dict()[KEPT].clone()
    assert train_span_head(network, pairs, 60, seed=0) < 0.5
    assert torch.equal(before, network.state_dict()[KEPT])
    said = read_pairs(network, tokenizer, PAIRS[:2], torch.device("cpu"))
    assert [one.words for one in said] == [one.span for one in PAIRS[:2]]
