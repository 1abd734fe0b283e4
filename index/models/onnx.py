"""Models in ONNX form, on the processor."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError, short_reason
from index.models.tokenizer import load_tokenizer


class OnnxNetwork:
    """A BERT-like network of a file, one call at a time.

    Raises ModelError where the file is missing or broken.
    """

    def __init__(self, file: Path) -> None:
        # Imported here, since it takes a moment that `--help` should not cost.
        import onnxruntime  # noqa: PLC0415

        try:
            options = onnxruntime.SessionOptions()
            # Its threads would wait for work by spinning, and starve those of the other models.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session: Any = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001
            # The library raises bare Exceptions for a missing or broken file.
            raise ModelError("model.folder", folder=file, reason=short_reason(error)) from None
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._lock = threading.Lock()

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of its outputs, in their order."""
        return tuple(one.name for one in self._session.get_outputs())

    @property
    def notes(self) -> Mapping[str, str]:
        """What its file says of it: whatever who exported it wrote there, by name."""
        found: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        return found

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64], types: Any = None) -> Any:
        """The first output for tokens. Shapes of `ids`, `mask` and `types`: (texts, tokens)."""
        return self.outputs(ids, mask, types)[0]

    def outputs(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], types: Any = None
    ) -> list[Any]:
        """All outputs for tokens. Shapes as for `run`."""
        arrays = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids) if types is None else types,
        }
        feed = {name: array for name, array in arrays.items() if name in self._inputs}
        with self._lock:
            found: list[Any] = self._session.run(None, feed)
        return found


class OnnxModel(OnnxNetwork):
    """A network with its tokenizer; `folder` holds `model.onnx` and `tokenizer.json`.

    Texts are cut after `longest` tokens. Raises ModelError where a file is missing or broken.
    """

    def __init__(self, folder: Path, longest: int) -> None:
        super().__init__(folder / "model.onnx")
        self.tokenizer = load_tokenizer(
            folder / "tokenizer.json",
            lambda reason: ModelError("model.folder", folder=folder, reason=reason),
        )
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.enable_padding()

    def encode(self, texts: Sequence[Any]) -> list[Any]:
        """The tokens of texts, or of pairs of texts, padded to the longest."""
        # Threads may encode with one tokenizer as long as none changes its padding or truncation.
        encoded: list[Any] = self.tokenizer.encode_batch(list(texts))
        return encoded
