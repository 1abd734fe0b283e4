"""BM25 over passages, by stems that carry the code of their language."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from corpus.languages import with_spoken
from corpus.text.words import stems_of, unaccented, words_of
from corpus.wording import Message

LEXICAL_FILES = (
    "lexical.data.npy",
    "lexical.indices.npy",
    "lexical.indptr.npy",
    "lexical.vocabulary.json",
    "lexical.parameters.json",
)
_ARGUMENTS = ("data_name", "indices_name", "indptr_name", "vocab_name", "params_name")
_NAMES = dict(zip(_ARGUMENTS, LEXICAL_FILES, strict=True))


VOCABULARY_FILE = "lexical.words.json"
LEXICAL = "lexical"
"""Name of this part of a version."""


def tokens_of(context: str, text: str, language: str) -> list[str]:
    """The stems of a passage, each with the code of its language: `en:victim`.

    So each language has frequencies of its own, and a question matches a passage in another
    language by translated words alone, never by words that look the same. The context, which holds
    names, is stemmed in the language of the passage and in every language that the page speaks.
    """
    names = [token for one in with_spoken(language) for token in question_tokens(context, one)]
    return [*names, *question_tokens(text, language)]


def write_vocabulary(folder: Path, texts: Iterable[str]) -> None:
    """Write how often each word of the texts stands there, in lower case without accents."""
    counts = Counter(unaccented(word) for text in texts for word in words_of(text))
    plain = json.dumps(dict(sorted(counts.items())), ensure_ascii=False)
    (folder / VOCABULARY_FILE).write_text(plain, encoding="utf-8")


def read_vocabulary(folder: Path) -> dict[str, int]:
    """What `write_vocabulary` wrote. Raises IndexDamagedError where it cannot be read."""
    try:
        found: dict[str, int] = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        path = folder / VOCABULARY_FILE
        problem = Message.of("index.vocabulary", path=path, reason=str(error))
        raise IndexDamagedError.of(problem) from None
    return found


def question_tokens(text: str, language: str) -> list[str]:
    """The stems of a text in one language, with its code: `en:victim`."""
    return [f"{language}:{stem}" for stem in stems_of(text, language)]


class Lexical:
    """BM25 (Robertson's formula as Lucene computes it, k1 1.5, b .75) over numbered passages."""

    def __init__(self, model: bm25s.BM25, rows: int) -> None:
        self._model, self._rows = model, rows

    @classmethod
    def build(cls, passages: Iterable[list[str]]) -> "Lexical":
        """Index the tokens of each passage, in order of rows."""
        corpus = [tokens or [""] for tokens in passages]
        model = bm25s.BM25()
        model.index(corpus, show_progress=False)
        return cls(model, len(corpus))

    @classmethod
    def load(cls, folder: Path) -> "Lexical":
        """What `save` wrote. Raises IndexDamagedError where it cannot be read."""
        try:
            model = bm25s.BM25.load(folder, mmap=True, show_progress=False, **_NAMES)
            return cls(model, int(model.scores["num_docs"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            problem = Message.of("index.lexical", folder=folder, reason=str(error))
            raise IndexDamagedError.of(problem) from None

    def save(self, folder: Path) -> None:
        """Write the files `LEXICAL_FILES` into a folder."""
        self._model.save(folder, show_progress=False, **_NAMES)

    def __len__(self) -> int:
        return self._rows

    def scores(self, tokens: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of every passage for the tokens of a question. Shape: (rows,), 0 without a match."""
        known = [token for token in tokens if token in self._model.vocab_dict]
        if not known:
            return np.zeros(self._rows, np.float32)
        found: NDArray[np.float32] = self._model.get_scores(known)
        return found
