"""A reader of one layer that knows thirteen words, and its tokenizer."""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from qa.answering.reader import TOKENIZER_FILE
from qa.tools.reader_training.network import ReaderNetwork
from qa.tools.reader_training.train import WEIGHTS_FILE

WORDS = "[PAD] [UNK] [CLS] [SEP] who mends nets widows painted boats pie fe ##et".split()


def write_tokenizer(path: Path) -> Path:
    """A tokenizer of WORDS, the ids of which are their places."""
    model = WordPiece({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]")
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    # As that of the reader does: what encodes single words must switch it off.
    tokenizer.enable_padding(length=32)
    tokenizer.save(str(path))
    return path


def write_reader(folder: Path) -> Path:
    """Weights of a network of WORDS in a new folder, the tokenizer beside them."""
    folder.mkdir(parents=True)
    torch.manual_seed(3)
    torch.save(ReaderNetwork(1, len(WORDS)).state_dict(), folder / WEIGHTS_FILE)
    write_tokenizer(folder / TOKENIZER_FILE)
    return folder / WEIGHTS_FILE
