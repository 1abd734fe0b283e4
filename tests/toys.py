"""Small parts for tests where the model does not matter."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from corpus.sources.registry import Source, source_from_record
from corpus.text.documents import Document, Section, Span
from index.models.encoder import Matrix
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.models.token_encoder import TokenVectors
from qa.answering.reader import PassageInContext, PassageReading

_AXES = (("row", 1), ("last", 2))
SHARED = Path(__file__).parents[2] / "shared"


class ToyEncoder:
    """Each word of a text adds 1 to a number that its hash chooses; then length 1."""

    cosine_range = None

    def __init__(
        self,
        name: str = "toy",
        dimension: int = 64,
        fingerprint: str = "f" * 8,
        languages: Languages = ENGLISH_ALONE,
    ) -> None:
        self.name, self.dimension, self.fingerprint = name, dimension, fingerprint
        self.languages = languages
        self.encoded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.encoded.extend(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Matrix:
        vector = np.zeros(self.dimension, np.float32)
        for word in text.lower().split():
            digest = hashlib.sha256(word.strip(".,;:?!()“”\"'").encode()).digest()
            vector[int.from_bytes(digest[:4]) % self.dimension] += 1
        vector[0] += 1e-3  # no text is without a direction
        length: Matrix = vector / np.linalg.norm(vector)
        return length


class ToyTokens:
    """The vector of a token is that of its word; `encoded` keeps what was asked for."""

    name, fingerprint, dimension = "toy tokens", "t" * 8, 64
    match_range = (0.0, 1.0)

    def __init__(self, languages: Languages = EVERY_LANGUAGE) -> None:
        self.languages = languages
        self.encoded: list[str] = []
        self._words = ToyEncoder()

    def passages(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.encoded += texts
        return [self._tokens(text) for text in texts]

    def query(self, text: str) -> TokenVectors:
        return self._tokens(text)

    def _tokens(self, text: str) -> TokenVectors:
        words = text.split()
        starts, at = [], 0
        for word in words:
            at = text.index(word, at)
            starts.append(at)
            at += len(word)
        return TokenVectors(np.stack([self._words.query(word) for word in words]), tuple(starts))


class PhraseReader:
    """A passage answers where it holds the phrase, and the phrase is what answers.

    `questions` keeps what was asked, in order.
    """

    name, languages, sufficient_logit = "toy reader", EVERY_LANGUAGE, math.inf

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase
        self.questions: list[str] = []

    def read(self, question: str, passages: Sequence[PassageInContext]) -> list[PassageReading]:
        self.questions.append(question)
        return [self._reading(one.text) for one in passages]

    def _reading(self, text: str) -> PassageReading:
        begin = text.find(self._phrase)
        words = None if begin < 0 else (begin, begin + len(self._phrase))
        return PassageReading(2.0 if words else -2.0, words)


def toy_source(key: str = "toy", title: str = "A toy", **fields: Any) -> Source:
    record = {
        "id": key,
        "type": "report",
        "title": title,
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2020]]},
        "language": "en",
    }
    return source_from_record(record | fields)


def plain_document(text: str, key: str = "toy") -> Document:
    """One section without a heading over the whole text."""
    return Document(key, text, (Section(0, len(text), (), 0),))


def headed_document(*parts: tuple[str, str], key: str = "toy") -> Document:
    """A document of (heading, body) parts."""
    text, sections = "", []
    for heading, body in parts:
        start = len(text)
        text += f"{heading}\n\n{body}\n\n"
        span = Span(start, start + len(heading))
        sections.append(Section(start, len(text), (heading,), 2, span))
    return Document(key, text, tuple(sections))


def write_library(
    folder: Path, texts: dict[str, str], languages: Mapping[str, str] | None = None
) -> Path:
    """A library folder with a record for each text, which is English unless `languages` say so."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {key: (languages or {}).get(key, "en") for key in sorted(texts)}
    sources = [toy_source(key, f"Title of {key}", language=own) for key, own in known.items()]
    records = [json.loads(one.csl) for one in sources]
    (folder / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    for key, text in texts.items():
        (folder / f"{key}.md").write_text(text, encoding="utf-8")
    return folder


def traced_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL statements that connections run that are opened from now on."""
    run: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(run.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return run


TOY_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "net", "torn", "##s", "boat", "mend", ":")
"""The tokens of the toy reader: the number of each is its place."""


def toy_tokenizer(pieces: Sequence[str] = TOY_PIECES) -> Tokenizer:
    """A tokenizer of these word pieces."""
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def write_toy_reader(
    folder: Path,
    outputs: tuple[str, str] = ("answers", "spans"),
    notes: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """A folder as `make train` writes it, with notes in the file of the model.

    The logit of a pair is the sum of its token numbers over the largest of all pairs given at once,
    as networks in 8 bits round by the largest number; each token begins and ends an answer by its
    number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "tokens"])
        for name in ("input_ids", "token_type_ids", "attention_mask")
    ]
    shapes: tuple[list[str | int | None], ...] = (["pairs"], ["pairs", "tokens", 2])
    given = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in zip(outputs, shapes, strict=True)
    ]
    axes = {name: helper.make_tensor(name, TensorProto.INT64, [1], [n]) for name, n in _AXES}
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["x"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["x"], ["largest"], keepdims=0),
        helper.make_node("ReduceSum", ["x", "row"], ["sums"], keepdims=0),
        helper.make_node("Div", ["sums", "largest"], [outputs[0]]),
        helper.make_node("Unsqueeze", ["x", "last"], ["column"]),
        helper.make_node("Concat", ["column", "column"], [outputs[1]], axis=2),
    ]
    graph = helper.make_graph(nodes, "toy", inputs, given, list(axes.values()))
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    helper.set_model_props(model, dict(notes))
    onnx.save(model, folder / "model.onnx")
    toy_tokenizer().save(str(folder / "tokenizer.json"))
    return folder
