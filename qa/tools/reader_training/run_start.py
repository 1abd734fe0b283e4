"""What a training run begins with: weights, the tokenizer that fits them, words that are added."""

from pathlib import Path
from typing import NamedTuple

import torch

from qa.answering.reader import TOKENIZER_FILE
from qa.tools.reader_training.added_words import grown, read_words
from qa.tools.reader_training.network import ReaderNetwork, network_from
from qa.tools.reader_training.starting_weights import (
    CROSS_ENCODER_WORDS,
    WORD_VECTORS,
    StartWeights,
    bundled_cross_encoder,
    bundled_tokenizer,
    with_layers,
)


class StartFiles(NamedTuple):
    """Trained weights, the tokenizer they were trained with, words that are added to it.

    Without weights the bundled cross-encoder is trained on; without a tokenizer it is the one that
    stands beside the weights.
    """

    weights: Path | None = None
    tokenizer: Path | None = None
    words: Path | None = None


BUNDLED = StartFiles()
"""The bundled cross-encoder as it is."""


def tokenizer_beside(weights: Path) -> Path:
    """The tokenizer of trained weights: the file in their folder, where none is the bundled one."""
    own = weights.with_name(TOKENIZER_FILE)
    return own if own.exists() else bundled_tokenizer()


def started(files: StartFiles, layers: tuple[int, ...], frozen: int, out: Path) -> ReaderNetwork:
    """The network that a run begins with; its tokenizer is written into `out`.

    It has the given layers of the weights. The first `frozen` layers and the embeddings stay as
    they are; where words are added, their vectors learn. Raises FootnoteError as `grown` does.
    """
    weights, tokenizer = _starting(files)
    words = read_words(files.words) if files.words else ()
    vocabulary = grown(
        files.tokenizer or tokenizer, weights[WORD_VECTORS], words, CROSS_ENCODER_WORDS
    )
    (out / TOKENIZER_FILE).write_text(vocabulary.tokenizer, encoding="utf-8")
    network = network_from(with_layers(weights | {WORD_VECTORS: vocabulary.vectors}, layers))
    network.freeze(frozen)
    if vocabulary.learning:
        network.learn_words(vocabulary.learning)
    return network


def _starting(files: StartFiles) -> tuple[StartWeights, Path]:
    if files.weights is None:
        return bundled_cross_encoder()
    state = torch.load(files.weights, map_location="cpu", weights_only=True)
    return {name: one.numpy() for name, one in state.items()}, tokenizer_beside(files.weights)
