"""The answering words are learned at the end, and the rest stays nearly as it was."""

import pytest
import torch

from qa.answering.pair_tokens import PairTokenizer
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.measures import read_pairs
from qa.tools.reader_training.network import network_from
from qa.tools.reader_training.span_training import UPPER_LAYERS, train_spans
from qa.tools.reader_training.starting_weights import bundled_cross_encoder, with_layers
from qa.tools.reader_training.tokens import labeled

PAIRS = [
    ReadingPair("Who mends nets?", "Law", "Widows mend the nets.", True, (0, 6)),
    ReadingPair("When are boats painted?", "Law", "Boats are painted in May.", True, (21, 24)),
    ReadingPair("Who paints boats?", "Law", "Boats are painted in May.", False),
]


KEPT = "bert.encoder.layer.0.output.dense.weight"
LEARNED = f"bert.encoder.layer.{UPPER_LAYERS}.output.dense.weight"


@pytest.mark.slow
def test_the_answering_words_are_learned_and_whether_a_passage_answers_stays() -> None:
    weights, file = bundled_cross_encoder()
    network = network_from(with_layers(weights, tuple(range(UPPER_LAYERS + 1))))
    tokenizer, device = PairTokenizer(file), torch.device("cpu")
    pairs = [labeled(tokenizer, one) for one in PAIRS]
    weights_before = {name: network.state_dict()[name].clone() for name in (KEPT, LEARNED)}
    before = [one.logit for one in read_pairs(network, tokenizer, PAIRS, device)]
    assert train_spans(network, pairs, 60, seed=0) < 0.5
    said = read_pairs(network, tokenizer, PAIRS, device)
    assert [one.words for one in said[:2]] == [one.span for one in PAIRS[:2]]
    assert [one.logit for one in said] == pytest.approx(before, abs=0.5)
    assert torch.equal(weights_before[KEPT], network.state_dict()[KEPT])
    assert not torch.equal(weights_before[LEARNED], network.state_dict()[LEARNED])
