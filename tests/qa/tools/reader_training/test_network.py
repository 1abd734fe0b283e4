"""Vectors of added words learn in the whole network, the rest of the embeddings stays."""

import torch

from qa.tools.reader_training.network import ReaderNetwork
from qa.tools.reader_training.starting_weights import WORD_VECTORS

IDS = torch.tensor([[2, 4, 3, 7, 6, 3]])
KINDS = torch.tensor([[0, 0, 0, 1, 1, 1]])


def _network(ids: list[int]) -> ReaderNetwork:
    torch.manual_seed(0)
    network = ReaderNetwork(2, 8)
    network.freeze(1)
    network.learn_words(ids)
    return network


def _stepped(network: ReaderNetwork) -> None:
    """One step downhill of the sum of all outputs."""
    learned = [one for one in network.parameters() if one.requires_grad]
    answers, spans = network.train()(IDS, KINDS, torch.ones_like(IDS))
    (answers.sum() + spans.sum()).backward()
    torch.optim.SGD(learned, lr=0.1).step()


def test_a_step_changes_the_chosen_words_that_were_read_below_a_frozen_layer() -> None:
    network = _network([5, 7])
    before = {name: one.clone() for name, one in network.state_dict().items()}
    _stepped(network)
    after = network.state_dict()
    same = (before[WORD_VECTORS] == after[WORD_VECTORS]).all(dim=1)
    # 5 learns, too, but was not read.
    assert same.tolist() == [True] * 7 + [False]
    changed = {name for name, one in after.items() if not torch.equal(one, before[name])}
    assert not any("embeddings" in name for name in changed - {WORD_VECTORS})
    assert not any("layer.0." in name for name in changed)
    assert any("layer.1." in name for name in changed)


def test_the_state_of_a_network_whose_words_learned_is_that_of_any_network() -> None:
    network = _network([5, 7])
    _stepped(network)
    plain = ReaderNetwork(2, 8)
    assert list(network.state_dict()) == list(plain.state_dict())
    plain.load_state_dict(network.state_dict())
    mask = torch.ones_like(IDS)
    with torch.no_grad():
        for one, other in zip(
            network.eval()(IDS, KINDS, mask), plain.eval()(IDS, KINDS, mask), strict=True
        ):
            assert torch.equal(one, other)


def test_only_the_words_are_learned_apart() -> None:
    (words,) = _network([5, 7]).learned_words()
    assert words.shape == (2, 384)
    assert ReaderNetwork(1, 8).learned_words() == []
