"""Which words of a vocabulary are left out, and that what is left is read as before."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from qa.tools.reader_training.kept_words import latin_words
from qa.tools.reader_training.network import ReaderNetwork
from tests.toys import toy_tokenizer

WORDS = ["[PAD]", "[unused0]", "[UNK]", "red", "龍", "##ж", "##s", "5", "nº", "niño", "vaca", "##o"]

KEPT = ["[PAD]", "[UNK]", "red", "##s", "5", "niño", "##o"]


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    path = tmp_path / "tokenizer.json"
    toy = toy_tokenizer(WORDS)
    toy.add_special_tokens(["[UNK]"])
    toy.save(str(path))
    return path


def test_words_of_other_scripts_and_reserved_places_are_left_out(tokenizer: Path) -> None:
    kept = latin_words(tokenizer, {"vaca"})
    assert [WORDS[number] for number in kept.ids] == KEPT
    found = Tokenizer.from_str(kept.tokenizer)
    assert found.get_vocab() == {word: place for place, word in enumerate(KEPT)}
    assert json.loads(kept.tokenizer)["added_tokens"][0]["id"] == 1
    assert found.encode("reds 龍").tokens == ["red", "##s", "[UNK]"]
    ordinal = found.encode("red 5º")
    assert ordinal.tokens == ["red", "5", "##o"]
    assert ordinal.offsets == [(0, 3), (4, 5), (5, 6)]


def test_what_is_left_is_read_as_before(tokenizer: Path) -> None:
    network = ReaderNetwork(1, len(WORDS)).eval()
    kept = latin_words(tokenizer)

    def logit(file: str) -> float:
        ids = torch.tensor([Tokenizer.from_str(file).encode("reds 5 niño").ids])
        with torch.inference_mode():
            return float(network(ids, torch.zeros_like(ids), torch.ones_like(ids))[0])

    before = logit(tokenizer.read_text(encoding="utf-8"))
    network.keep_words(kept.ids)
    assert logit(kept.tokenizer) == pytest.approx(before, abs=1e-6)
