"""The file that ships says what the trained network says."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from corpus.errors import FootnoteError
from qa.answering.pair_tokens import PairTokenizer
from qa.answering.reader import MODEL_FILE, TOKENIZER_FILE, OnnxReader
from qa.tools.reader_training.export import export, main, trained_network
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.network import batch_of, network_from
from qa.tools.reader_training.starting_weights import bundled_cross_encoder, with_layers
from qa.tools.reader_training.tokens import labeled
from qa.tools.reader_training.train import WEIGHTS_FILE
from tests.qa.tools.reader_training.tiny import WORDS, write_reader


@pytest.mark.slow
def test_the_exported_network_gives_the_logits_of_the_trained_one(tmp_path: Path) -> None:
    weights, tokenizer = bundled_cross_encoder()
    network = network_from(with_layers(weights, tuple(range(12))))
    torch.save(network.state_dict(), tmp_path / WEIGHTS_FILE)
    hashes = export(trained_network(tmp_path / WEIGHTS_FILE), tokenizer, tmp_path / "to")
    assert hashes.keys() == {MODEL_FILE, TOKENIZER_FILE}
    assert (tmp_path / "to" / TOKENIZER_FILE).read_bytes() == tokenizer.read_bytes()
    pairs = [
        ReadingPair("How many people live in Berlin?", "", text, False)
        for text in ("Berlin has 3,520,031 inhabitants.", "New York is famous for a museum.")
    ]
    batch = batch_of([labeled(PairTokenizer(tokenizer), one) for one in pairs], torch.device("cpu"))
    network.eval()
    with torch.inference_mode():
        wanted, _ = network(batch.ids, batch.kinds, batch.mask)
    session = onnxruntime.InferenceSession(str(tmp_path / "to" / MODEL_FILE))
    answers, spans = session.run(
        None,
        {
            "input_ids": batch.ids.numpy(),
            "token_type_ids": batch.kinds.numpy(),
            "attention_mask": batch.mask.numpy(),
        },
    )
    np.testing.assert_allclose(answers, wanted.numpy(), atol=1.5)
    assert answers[0] > 5 > -5 > answers[1]
    assert spans.shape == (*batch.ids.shape, 2)


def test_missing_weights_name_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match="train SET OUT"):
        trained_network(tmp_path / WEIGHTS_FILE)


def test_the_command_ships_the_tokenizer_that_the_run_wrote(tmp_path: Path) -> None:
    own = write_reader(tmp_path / "run").with_name(TOKENIZER_FILE)
    main([str(tmp_path / "run"), str(tmp_path / "to")])
    shipped = Tokenizer.from_file(str(tmp_path / "to" / TOKENIZER_FILE))
    assert shipped.get_vocab() == Tokenizer.from_file(str(own)).get_vocab()
    assert OnnxReader(tmp_path / "to").languages == {"en"}


def test_words_of_a_file_are_left_out_of_what_ships(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_reader(tmp_path / "run")
    rare = tmp_path / "rare.txt"
    rare.write_text("pie\n\n  ##et \n", encoding="utf-8")
    main([str(tmp_path / "run"), str(tmp_path / "to"), "--without", str(rare)])
    shipped = Tokenizer.from_file(str(tmp_path / "to" / TOKENIZER_FILE))
    kept = [word for word in WORDS if word not in {"pie", "##et"}]
    assert shipped.get_vocab() == {word: place for place, word in enumerate(kept)}
    session = onnxruntime.InferenceSession(str(tmp_path / "to" / MODEL_FILE))
    ids = np.array([[len(kept) - 1]], np.int64)
    given = {"input_ids": ids, "token_type_ids": ids * 0, "attention_mask": ids * 0 + 1}
    assert session.run(None, given)[1].shape == (1, 1, 2)
    assert "2 words left out" in capsys.readouterr().err


def test_a_word_to_leave_out_that_the_vocabulary_lacks_is_named(tmp_path: Path) -> None:
    write_reader(tmp_path / "run")
    rare = tmp_path / "rare.txt"
    rare.write_text("pie\nnieve\n[UNK]\n", encoding="utf-8")
    with pytest.raises(FootnoteError, match=r"rare\.txt.*\[UNK\] and nieve"):
        main([str(tmp_path / "run"), str(tmp_path / "to"), "--without", str(rare)])
    assert not (tmp_path / "to").exists()


def test_a_file_of_words_to_leave_out_that_is_no_text_is_named(tmp_path: Path) -> None:
    write_reader(tmp_path / "run")
    rare = tmp_path / "rare.txt"
    rare.write_bytes(b"pie\n\xff\xfe")
    with pytest.raises(FootnoteError, match=r"rare\.txt"):
        main([str(tmp_path / "run"), str(tmp_path / "to"), "--without", str(rare)])


def test_the_exported_file_names_the_languages_that_were_given(tmp_path: Path) -> None:
    write_reader(tmp_path / "run")
    main([str(tmp_path / "run"), str(tmp_path / "to"), "--languages", "es", "en"])
    assert OnnxReader(tmp_path / "to").languages == {"en", "es"}
    session = onnxruntime.InferenceSession(str(tmp_path / "to" / MODEL_FILE))
    ids = np.array([[2, 4, 3, 12, 3]], np.int64)
    given = {"input_ids": ids, "token_type_ids": ids * 0, "attention_mask": ids * 0 + 1}
    answers, spans = session.run(None, given)
    assert (answers.shape, spans.shape) == ((1,), (1, 5, 2))
