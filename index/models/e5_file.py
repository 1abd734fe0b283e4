"""multilingual-e5-small, whose weights a package carries in 4 bits, run by torch.

The package's own engine in C reads text by text and spins while others use the cores; the same
weights in torch give the same vectors (cosine above .999) several times as fast, and those of
every token besides.
"""

import math
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError, short_reason
from corpus.wording import Message
from index.models.encoder import Matrix

_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
"""32 numbers in 4 bits and their scale: the low halves of the bytes, then the high ones."""
_NUMBERS = 32
_LONGEST = 512
_BATCH = 8


class Tokens(NamedTuple):
    """Hidden states of the tokens of a text, and where in the text as given each token begins.

    Shapes: (tokens, 384), float32, and (tokens,), -1 for the marks at begin and end.
    """

    states: Matrix
    starts: tuple[int, ...]


class _Shape(NamedTuple):
    """The head of the file."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    kinds: int
    epsilon: float


class _Reader:
    """Reads numbers of the file one after the other."""

    def __init__(self, data: Any) -> None:
        self.data, self.at = data, 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def _weights(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """The numbers of blocks, in a new last axis."""
    scale = blocks["scale"].astype(np.float32)[..., None]
    low, high = blocks["pairs"] & 15, blocks["pairs"] >> 4
    return (np.concatenate([low, high], axis=-1).astype(np.float32) - 8) * scale


class E5Model:
    """The model with its tokenizer; may be shared by threads.

    Raises ModelError where the file is not one that it can read.
    """

    def __init__(self, path: Path) -> None:
        try:
            reader = _Reader(np.memmap(path, np.uint8, "r"))
            magic, form = reader.numbers("4sI")
            if (magic, form) != (b"E5S1", 1):
                raise ValueError(Message.of("model.e5-form", magic=magic, form=form))
            shape = _Shape(*reader.numbers("7if"))
            if reader.numbers("i") != (_NUMBERS,):
                raise ValueError(Message.of("model.e5-blocks"))
            self._tokenizer = self._read_tokenizer(reader)
            self._model = self._read_model(reader, shape)
        except (OSError, ValueError, KeyError, struct.error, RuntimeError) as error:
            raise ModelError("model.e5", path=path, reason=short_reason(error)) from None
        self._width = shape.width
        self._lock = threading.Lock()
        self._last: dict[str, Tokens] = {}
        # A question is asked of the passages and of their tokens.
        self.question = lru_cache(maxsize=16)(self._question)

    def texts(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text; those of the call before are known, if they are asked again.

        A build asks for the vector of each text and for those of its tokens.
        """
        known = self._last
        new = [text for text in dict.fromkeys(texts) if text not in known]
        found = known | dict(zip(new, self._read(new), strict=True))
        self._last = {text: found[text] for text in texts}
        return [found[text] for text in texts]

    def _read(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text; texts of like length are read together."""
        encoded = [self._encode(text) for text in texts]
        found: dict[int, Matrix] = {}
        order = sorted(range(len(texts)), key=lambda n: (len(encoded[n][0]), n))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found |= zip(rows, self._run([encoded[n][0] for n in rows]), strict=True)
        return [Tokens(found[n], encoded[n][1]) for n in range(len(texts))]

    def _question(self, text: str) -> Tokens:
        ids, starts = self._encode(text)
        (states,) = self._run([ids])
        return Tokens(states, starts)

    def _encode(self, text: str) -> tuple[list[int], tuple[int, ...]]:
        plain, origins = _normal(text, self._normal)
        with self._lock:
            one = self._tokenizer.encode(plain, add_special_tokens=False)
        most = _LONGEST - 2
        starts = (origins[start] for start, _ in one.offsets[:most])
        return [self._begin, *one.ids[:most], self._end], (-1, *starts, -1)

    def _run(self, texts: list[list[int]]) -> Iterator[Matrix]:
        import torch  # noqa: PLC0415

        longest = max(map(len, texts))
        states = np.zeros((len(texts), longest, self._width), np.float32)
        mask = np.zeros((len(texts), longest), np.int64)
        for row, ids in enumerate(texts):
            states[row, : len(ids)] = _weights(self._words[ids]).reshape(len(ids), -1)
            mask[row, : len(ids)] = 1
        with torch.inference_mode():
            found = self._model(
                inputs_embeds=torch.from_numpy(states), attention_mask=torch.from_numpy(mask)
            ).last_hidden_state.numpy()
        for row, ids in enumerate(texts):
            yield found[row, : len(ids)]

    def _read_tokenizer(self, reader: _Reader) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415
        from tokenizers.models import Unigram  # noqa: PLC0415
        from tokenizers.pre_tokenizers import Metaspace  # noqa: PLC0415

        count, self._begin, self._end, _, unknown = reader.numbers("5i")
        (length,) = reader.numbers("Q")
        edges = reader.array("<u4", count + 1).tolist()
        scores = reader.array("<f4", count).tolist()
        pieces = reader.array("u1", length).tobytes()
        vocabulary = [
            (pieces[start:end].decode(errors="replace"), score)
            for (start, end), score in zip(pairwise(edges), scores, strict=True)
        ]
        self._normal = dict(_replacements(reader))
        tokenizer = Tokenizer(Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
        tokenizer.pre_tokenizer = Metaspace(prepend_scheme="always")
        return tokenizer

    def _read_model(self, reader: _Reader, shape: _Shape) -> Any:
        import torch  # noqa: PLC0415
        from transformers import BertConfig, BertModel  # noqa: PLC0415

        config = BertConfig(
            vocab_size=1,  # the words are looked up in their blocks
            hidden_size=shape.width,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.inner,
            max_position_embeddings=shape.longest,
            type_vocab_size=1,
            layer_norm_eps=shape.epsilon,
        )
        tensors = _directory(reader)
        self._words = tensors["emb.word"].reshape(-1, shape.width // _NUMBERS)
        model: Any = BertModel(config, add_pooling_layer=False)
        model.eval()
        state = {
            name: torch.from_numpy(_tensor(tensors, name, tuple(one.shape)))
            for name, one in model.state_dict().items()
            if name != "embeddings.word_embeddings.weight"
        }
        model.load_state_dict(state, strict=False)
        return model


def _normal(text: str, replacements: Mapping[str, str]) -> tuple[str, list[int]]:
    """The text as the tokenizer reads it, and for each of its characters where it comes from."""
    kept: list[str] = []
    origins: list[int] = []
    whole = text.encode(errors="replace").decode()  # half a character is none
    for at, character in enumerate(whole):
        for one in replacements.get(character, character):
            if one != " " or not kept or kept[-1] != " ":
                kept.append(one)
                origins.append(at)
    return "".join(kept), [*origins, len(text)]


def _replacements(reader: _Reader) -> Iterator[tuple[str, str]]:
    """What the tokenizer reads in the place of a character."""
    count, _ = reader.numbers("iI")
    for _ in range(count):
        code, length = reader.numbers("IB")
        yield chr(code), "".join(map(chr, reader.numbers(f"{length}I")))


def _directory(reader: _Reader) -> dict[str, NDArray[Any]]:
    """The tensors by name: blocks, or numbers as they are."""
    found = {}
    for _ in range(reader.numbers("i")[0]):
        (length,) = reader.numbers("H")
        name = reader.numbers(f"{length}s")[0].decode()
        _, count, offset, size = reader.numbers("BIQQ")
        kind = np.dtype("<f4") if size == 4 * count else _BLOCK
        found[name] = np.frombuffer(reader.data, kind, size // kind.itemsize, offset)
    return found


_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
"""Parts of a layer: name in transformers → name in the file."""
_EMBEDDINGS = {
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
}


def _tensor(
    tensors: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]
) -> NDArray[np.float32]:
    """A tensor by its name in transformers. Raises KeyError or ValueError where it is not there."""
    if name in _EMBEDDINGS:
        key = _EMBEDDINGS[name]
    else:
        _, _, layer, rest = name.split(".", 3)  # encoder.layer.0.output.dense.weight
        part, kind = rest.rsplit(".", 1)
        key = f"l{layer}.{_NAMES[part]}.{kind[0]}"
    found = tensors[key]
    numbers = _weights(found) if found.dtype == _BLOCK else found
    return np.array(numbers.reshape(-1)[: math.prod(shape)].reshape(shape), np.float32)
