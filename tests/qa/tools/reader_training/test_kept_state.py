from pathlib import Path

import pytest
import torch

from qa.tools.reader_training.kept_state import keep_state


def test_a_state_takes_the_place_of_the_one_before_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checkpoint.pt"
    keep_state(path, {"done": 1, "random": [torch.arange(3)]})

    def cut_off(_: object, file: Path) -> None:
        file.write_bytes(b"half")
        raise OSError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(torch, "save", cut_off)
        with pytest.raises(OSError, match="cut off"):
            keep_state(path, {"done": 2})
    found = torch.load(path, weights_only=True)
    assert (found["done"], found["random"][0].tolist()) == (1, [0, 1, 2])
    keep_state(path, {"done": 3})
    assert torch.load(path, weights_only=True) == {"done": 3}
