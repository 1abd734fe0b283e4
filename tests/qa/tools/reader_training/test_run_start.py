"""What a run begins with: which weights, which tokenizer, which words."""

from pathlib import Path

import pytest
import torch

from corpus.errors import FootnoteError
from qa.answering.pair_tokens import PairTokenizer
from qa.answering.reader import TOKENIZER_FILE
from qa.tools.reader_training import run_start
from qa.tools.reader_training.run_start import StartFiles, started, tokenizer_beside
from qa.tools.reader_training.starting_weights import WORD_VECTORS, bundled_tokenizer
from tests.qa.tools.reader_training.tiny import WORDS, write_reader, write_tokenizer


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    return write_reader(tmp_path / "trained")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.tsv"
    path.write_text("redes\tnets\npie\tfeet\n", encoding="utf-8")
    return path


def test_the_tokenizer_beside_the_weights_is_theirs_else_the_bundled_one(reader: Path) -> None:
    assert tokenizer_beside(reader) == reader.with_name(TOKENIZER_FILE)
    reader.with_name(TOKENIZER_FILE).unlink()
    assert tokenizer_beside(reader) == bundled_tokenizer()


def test_without_words_weights_and_tokenizer_stay_as_they_are(reader: Path, out: Path) -> None:
    network = started(StartFiles(reader), (0,), 0, out)
    for name, one in torch.load(reader, weights_only=True).items():
        assert torch.equal(network.state_dict()[name], one), name
    own = reader.with_name(TOKENIZER_FILE)
    assert (out / TOKENIZER_FILE).read_bytes() == own.read_bytes()
    assert network.learned_words() == []


def test_added_words_are_read_as_one_token_and_learn(reader: Path, out: Path, words: Path) -> None:
    network = started(StartFiles(reader, words=words), (0,), 1, out)
    pair = PairTokenizer(out / TOKENIZER_FILE).pair("who", "", "redes pie")
    assert pair.ids[3:5] == [13, WORDS.index("pie")]
    vectors = network.state_dict()[WORD_VECTORS]
    before = torch.load(reader, weights_only=True)[WORD_VECTORS]
    assert torch.equal(vectors[13], before[WORDS.index("nets")])
    feet = before[[WORDS.index("fe"), WORDS.index("##et")]].mean(0)
    torch.testing.assert_close(vectors[WORDS.index("pie")], feet)
    (learned,) = network.learned_words()
    assert learned.requires_grad
    assert torch.equal(learned, vectors[[WORDS.index("pie"), 13]])


def test_weights_with_added_words_are_trained_on_with_their_vectors(
    reader: Path, out: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_start, "CROSS_ENCODER_WORDS", len(WORDS))
    first = started(StartFiles(reader, words=words), (0,), 1, out)
    with torch.no_grad():
        first.learned_words()[0].add_(1)
    torch.save(first.state_dict(), out / "reader.pt")
    (tmp_path / "next").mkdir()
    again = started(StartFiles(out / "reader.pt", words=words), (0,), 1, tmp_path / "next")
    assert torch.equal(again.state_dict()[WORD_VECTORS], first.state_dict()[WORD_VECTORS])
    assert torch.equal(again.learned_words()[0], first.learned_words()[0])
    assert (tmp_path / "next" / TOKENIZER_FILE).read_bytes() == (out / TOKENIZER_FILE).read_bytes()


def test_a_tokenizer_that_is_named_counts_and_must_fit_the_weights(
    reader: Path, out: Path, tmp_path: Path
) -> None:
    reader.with_name(TOKENIZER_FILE).unlink()
    with pytest.raises(FootnoteError, match="30,522 words, but the weights know 13"):
        started(StartFiles(reader), (0,), 0, out)
    assert not (out / TOKENIZER_FILE).exists()
    named = write_tokenizer(tmp_path / "named.json")
    started(StartFiles(reader, named), (0,), 0, out)
    assert (out / TOKENIZER_FILE).read_bytes() == named.read_bytes()
