"""Readers read question and passage together: whether it answers, and which words do."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np

from corpus.errors import ModelError, short_reason
from corpus.wording import Message
from index.models.encoder import check_weights
from index.models.known_languages import ENGLISH_ALONE, EVERY_LANGUAGE, Languages
from index.models.onnx import OnnxNetwork
from qa.answering.answering_words import answering_words
from qa.answering.pair_tokens import PairTokenizer

BUNDLED_READER = "footnote-reader"
NO_READER = "none"
READER_FOLDER = Path(__file__).parent / "reader_model"
MODEL_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
# The hashes of both files in READER_FOLDER; MODEL.md there says what the model was trained on.
READER_SHA256 = "5a58ad67dfb05b98aceee3dc1730ef4e430d4ab20217b906156a27d4f66ece6c"
TOKENIZER_SHA256 = "559758499fb9affdac9c06ce695b35335096bf1d67873121e8fe9a80dbe750f9"
WORDS_FROM = 0.14
"""The usual probability from which on answering words are named: of right passages of the part
`tune` .40 reach it, and the words touch the labeled ones in .91 of these (MODEL.md)."""
LANGUAGES_NOTE = "languages"
"""In a file of ONNX, the name of the note with the codes of its languages, parted by spaces."""
_OUTPUTS = ("answers", "spans")
"""What `make train` calls the outputs of a reader."""
_OF_TRANSFORMERS = "config.json"
"""A folder with this file holds a model of that library, though it may have one in ONNX, too."""


class PassageInContext(NamedTuple):
    """A passage as it is read: what stands above it, and its text."""

    context: str
    text: str


class PassageReading(NamedTuple):
    """What a reader says of a passage.

    `logit` is above 0 where it more likely answers than not; `words` are begin and end, in its
    text, of the words that answer best, None where the reader names none.
    """

    logit: float
    words: tuple[int, int] | None


class AnswerReader(Protocol):
    """Reads passages for what answers a question."""

    @property
    def name(self) -> str:
        """The name under which `load_reader` gives this reader again."""

    @property
    def languages(self) -> Languages:
        """The languages that it knows; empty: all, or nobody knows."""

    @property
    def sufficient_logit(self) -> float:
        """The logit from which on no other passage needs to be read; infinite: never."""

    def read(self, question: str, passages: Sequence[PassageInContext]) -> list[PassageReading]:
        """What it says of each passage, in their order."""


class OnnxReader:
    """A reader made by `make train`; `folder` holds model and tokenizer.

    `languages` are those that its file names under `LANGUAGES_NOTE`, English where it names none.
    Words are named where their probability reaches `words_from` and the passage more likely answers
    than not. `trusted` files, whose hashes are known, are not tried on each other, which takes a
    moment. Raises ModelError where a file is missing, broken or that of another kind of model.
    """

    sufficient_logit = 0.0

    def __init__(
        self,
        folder: Path,
        name: str = BUNDLED_READER,
        *,
        words_from: float = WORDS_FROM,
        trusted: bool = False,
    ) -> None:
        self.name, self._words_from = name, words_from
        file = folder / MODEL_FILE
        self._network = OnnxNetwork(file)
        if self._network.output_names != _OUTPUTS:
            found = self._network.output_names
            reason = Message.of("model.outputs", found=found, expected=_OUTPUTS)
            raise ModelError("model.folder", folder=file, reason=reason)
        named = self._network.notes.get(LANGUAGES_NOTE)
        self.languages: Languages = frozenset(named.split()) if named else ENGLISH_ALONE
        self._tokenizer = PairTokenizer(folder / TOKENIZER_FILE)
        if not trusted:
            self._check(folder)

    def _check(self, folder: Path) -> None:
        """Read the last word of the tokenizer: that of another model may have more words."""
        ids = np.array([[self._tokenizer.highest]], np.int64)
        try:
            self._network.outputs(ids, np.ones_like(ids))
        except Exception as error:  # noqa: BLE001
            # The library raises exceptions of its own, some of them bare ones.
            reason = Message.of("model.other-words", why=short_reason(error))
            raise ModelError("model.folder", folder=folder, reason=reason) from None

    def read(self, question: str, passages: Sequence[PassageInContext]) -> list[PassageReading]:
        """What it says of each passage, in their order."""
        return [self._reading(question, one) for one in passages]

    def _reading(self, question: str, passage: PassageInContext) -> PassageReading:
        # One pair at a time: a network in 8 bits rounds by the largest number of all pairs that it
        # is given, padding included, so others beside it would change what it says of this one.
        tokens = self._tokenizer.pair(question, *passage)
        ids, kinds = (np.array([one], np.int64) for one in (tokens.ids, tokens.kinds))
        answers, spans = self._network.outputs(ids, np.ones_like(ids), kinds)
        words = answering_words(tokens, spans[0], passage.text)
        logit = float(answers[0])
        # In a passage that does not answer some words are always the likeliest.
        sure = words is not None and logit >= 0 and words.probability >= self._words_from
        return PassageReading(logit, words[:2] if words and sure else None)


class CrossEncoderReader:
    """Any cross-encoder of sentence-transformers, by folder or hub id; it names no words.

    What languages it knows is not known, so it reads every one; nor is the scale of its logits, so
    none suffices. Raises ModelError where it cannot be loaded or gives several numbers a
    pair.
    """

    languages = EVERY_LANGUAGE
    sufficient_logit = math.inf

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        self.name = name
        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            raise _not_loaded(name, short_reason(error)) from None
        labels = self._model.num_labels
        if labels != 1:
            raise _not_loaded(name, Message.of("model.labels", n=labels))
        # Its tokenizer is set anew for each call, which two threads cannot do at once.
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[PassageInContext]) -> list[PassageReading]:
        """A logit for each passage."""
        from torch.nn import Identity  # noqa: PLC0415

        pairs = [(question, ": ".join(filter(None, one))) for one in passages]
        with self._lock:
            logits = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        return [PassageReading(float(logit), None) for logit in logits]


def _not_loaded(name: str, reason: Message | str) -> ModelError:
    return ModelError(
        "model.reader", name=name, reason=reason, default=BUNDLED_READER, none=NO_READER
    )


def _bundled(stamps: Path | None) -> AnswerReader:
    check_weights(READER_FOLDER / MODEL_FILE, READER_SHA256, stamps)
    check_weights(READER_FOLDER / TOKENIZER_FILE, TOKENIZER_SHA256, stamps)
    return OnnxReader(READER_FOLDER, trusted=True)


BUNDLED_READERS: Mapping[str, Callable[[Path | None], AnswerReader | None]] = MappingProxyType(
    {BUNDLED_READER: _bundled, NO_READER: lambda _: None}
)


class OpenedReader(NamedTuple):
    """A reader, or none; `problem` says why the bundled one could not be loaded.

    There is no problem where a reader was loaded or none was wanted.
    """

    reader: AnswerReader | None
    problem: Message | None = None


WITHOUT_READER = OpenedReader(None)


def reader_in_use(named: str | None) -> str | None:
    """The name of the reader that the settings call for; None where they do without."""
    return None if named == NO_READER else named or BUNDLED_READER


def load_reader(name: str | None = None, stamps: Path | None = None) -> AnswerReader | None:
    """The reader of that name, by default the bundled one; None for `NO_READER`.

    Others are folders that `make train` wrote, or cross-encoders. Raises ModelError where the model
    is missing, damaged or cannot be loaded.
    """
    name = name or BUNDLED_READER
    bundled = BUNDLED_READERS.get(name)
    if bundled:
        return bundled(stamps)
    return OnnxReader(Path(name), name) if _trained(Path(name)) else CrossEncoderReader(name)


def _trained(folder: Path) -> bool:
    """Whether a folder is one that `make train` wrote, and none of another library."""
    files = (folder / MODEL_FILE, folder / TOKENIZER_FILE)
    return all(one.is_file() for one in files) and not (folder / _OF_TRANSFORMERS).exists()


def open_reader(name: str | None = None, stamps: Path | None = None) -> OpenedReader:
    """The reader of that name; where the bundled one cannot be had, none, and why.

    Passages are found without it, too, only less surely. Raises ModelError for another one.
    """
    try:
        return OpenedReader(load_reader(name, stamps))
    except ModelError as error:
        if name not in {None, BUNDLED_READER}:
            raise
        return OpenedReader(None, Message.of("reader.missing", reason=error.message))
