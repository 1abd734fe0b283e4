"""Models in ONNX form, on the processor."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError, short_reason


class OnnxModel:
    """A BERT-like model with its tokenizer; `folder` holds `model.onnx` and `tokenizer.json`.

    One call at a time; texts are cut after `longest` tokens. Raises ModelError where a file is
    missing or broken.
    """

    def __init__(self, folder: Path, longest: int) -> None:
        # Imported here, since they take a moment that `--help` should not cost.
        import onnxruntime  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415

        try:
            self.tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            # Its threads would wait for work by spinning, and starve those of the other models.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001
            # Both libraries raise bare Exceptions for a missing or broken file.
            raise ModelError("model.folder", folder=folder, reason=short_reason(error)) from None
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[Any]) -> list[Any]:
        """The tokens of texts, or of pairs of texts, padded to the longest."""
        with self._lock:  # a fast tokenizer cannot be shared by two threads at once
            encoded: list[Any] = self.tokenizer.encode_batch(list(texts))
        return encoded

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64], types: Any = None) -> Any:
        """The first output for tokens. Shapes of `ids`, `mask` and `types`: (texts, tokens)."""
        arrays = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids) if types is None else types,
        }
        feed = {name: array for name, array in arrays.items() if name in self._inputs}
        with self._lock:
            return self._session.run(None, feed)[0]
