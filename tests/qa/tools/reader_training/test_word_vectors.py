"""Vectors of chosen words learn, all others stay, and the state is that of any embedding."""

import torch
from torch import nn

from qa.tools.reader_training.word_vectors import PartlyLearnedVectors

ROWS = [[0.0, 0.0], [1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]


def _embedding(rows: list[list[float]] = ROWS) -> nn.Embedding:
    return nn.Embedding(4, 2, padding_idx=0, _weight=torch.tensor(rows))


def test_the_vectors_are_those_of_the_embedding() -> None:
    vectors = PartlyLearnedVectors(_embedding(), [3, 1])
    found = vectors(torch.tensor([[0, 1], [2, 3]]))
    assert found.tolist() == [[ROWS[0], ROWS[1]], [ROWS[2], ROWS[3]]]


def test_a_step_changes_the_chosen_vectors_alone() -> None:
    vectors = PartlyLearnedVectors(_embedding(), [3, 1])
    optimizer = torch.optim.SGD([one for one in vectors.parameters() if one.requires_grad], lr=0.5)
    vectors(torch.tensor([1, 2, 3, 3])).sum().backward()
    optimizer.step()
    # The gradient of a sum is 1 for each time that a word stands there.
    assert vectors.whole().tolist() == [[0, 0], [0.5, 1.5], [3, 4], [4, 5]]
    assert vectors(torch.tensor([1, 2])).tolist() == [[0.5, 1.5], [3, 4]]


def test_what_learns_is_no_larger_than_the_chosen_vectors() -> None:
    vectors = PartlyLearnedVectors(_embedding(), [3, 1, 3])
    assert [one.shape for one in vectors.parameters() if one.requires_grad] == [(2, 2)]


def test_the_state_has_the_learned_vectors_in_one_matrix() -> None:
    vectors = PartlyLearnedVectors(_embedding(), [2])
    with torch.no_grad():
        vectors.learned.add_(1)
    state = nn.ModuleDict({"words": vectors}).state_dict()
    assert list(state) == ["words.weight"]
    assert state["words.weight"].tolist() == [[0, 0], [1, 2], [4, 5], [5, 6]]
    plain = nn.ModuleDict({"words": _embedding()})
    plain.load_state_dict(state)
    assert torch.equal(plain.state_dict()["words.weight"], state["words.weight"])


def test_the_state_of_an_embedding_is_loaded_into_both_parts() -> None:
    vectors = PartlyLearnedVectors(_embedding(), [2])
    other = [[0.0, 0.0], [7.0, 7.0], [8.0, 8.0], [9.0, 9.0]]
    vectors.load_state_dict(_embedding(other).state_dict())
    assert vectors.learned.tolist() == [[8, 8]]
    assert vectors(torch.arange(4)).tolist() == other
