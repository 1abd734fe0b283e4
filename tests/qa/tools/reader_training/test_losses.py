"""Where an answer may begin and end while training."""

import torch
from torch.nn.functional import cross_entropy

from qa.tools.reader_training.losses import over_text


def test_tokens_that_may_not_answer_have_no_share_in_the_loss() -> None:
    # Begin and end of three tokens, the first of which may not answer.
    spans = torch.tensor([[9.0, 9.0], [1.0, 2.0], [1.0, 2.0]])
    found = over_text(spans, torch.tensor([False, True, True]))
    assert torch.equal(found[1:], spans[1:])
    # Two equal logits are left: ln 2 for begin and for end.
    loss = cross_entropy(found.T, torch.tensor([1, 2]))
    assert torch.allclose(loss, torch.log(torch.tensor(2.0)))


def test_of_several_pairs_each_has_its_own_tokens_and_half_precision_has_room_for_them() -> None:
    spans = torch.zeros((2, 3, 2), dtype=torch.float16)
    allowed = torch.tensor([[True, False, False], [False, True, True]])
    found = over_text(spans, allowed)
    assert bool(torch.isfinite(found).all())
    shares = found.float().softmax(1)
    assert torch.allclose(shares[0, :, 0], torch.tensor([1.0, 0.0, 0.0]))
    assert torch.allclose(shares[1, :, 1], torch.tensor([0.0, 0.5, 0.5]))
