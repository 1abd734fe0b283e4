"""Words added to the vocabulary of a network, each with the mean vector of its English words."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EvaluationError, FootnoteError, ModelError
from corpus.wording import Message
from index.models.tokenizer import load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class WordTranslation(NamedTuple):
    """A word as the tokenizer sees it, lower case without accents, and its English words."""

    word: str
    english: str


class GrownVocabulary(NamedTuple):
    """A vocabulary with words added: the text of its `tokenizer.json`, a vector for each word, and
    the ids of the vectors that learn."""

    tokenizer: str
    vectors: NDArray[np.float32]
    learning: tuple[int, ...]


def read_words(path: Path) -> tuple[WordTranslation, ...]:
    """The rows of a file, a word and its English words apart by a tab.

    Raises EvaluationError naming file and line of a row of another form.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, english = line.partition("\t")
        if not word or not any(map(str.isalpha, english)) or "\t" in english:
            reason = Message.of("training.word-row")
            raise EvaluationError("data.row", path=path, line=number, reason=reason)
        rows.append(WordTranslation(word, english))
    return tuple(rows)


def write_words(path: Path, rows: Iterable[WordTranslation]) -> None:
    """Write what `read_words` reads."""
    path.write_text("".join(f"{one.word}\t{one.english}\n" for one in rows), encoding="utf-8")


def vocabulary_of(tokenizer: Path) -> dict[str, int]:
    """The id of each word of a tokenizer. Raises ModelError where the file is missing or broken."""
    found: dict[str, int] = _opened(tokenizer).get_vocab()
    return found


def grown(
    tokenizer: Path,
    vectors: NDArray[np.float32],
    rows: Sequence[WordTranslation],
    base: int,
) -> GrownVocabulary:
    """The vocabulary of a tokenizer with the words of rows, and with their vectors.

    `vectors` has shape (words, width). A new word is put at the end; its vector is the mean of the
    vectors of the tokens of its English words. So becomes that of a word that the vocabulary has
    with another meaning. A vocabulary of more than `base` words was grown before: what it has keeps
    its vectors, and those of rows learn on. Of rows of one word the last counts. Raises
    FootnoteError where the tokenizer has another number of words than vectors, or would part a word
    of the rows.
    """
    opened = _opened(tokenizer)
    vocabulary: dict[str, int] = opened.get_vocab()
    if len(vocabulary) != len(vectors):
        raise FootnoteError(
            "training.other-tokenizer", path=tokenizer, words=len(vocabulary), rows=len(vectors)
        )
    text = tokenizer.read_text(encoding="utf-8")
    english = {one.word: one.english for one in rows}
    new = [word for word in english if word not in vocabulary]
    ids = vocabulary | {word: len(vocabulary) + place for place, word in enumerate(new)}
    found = np.concatenate([vectors, np.empty((len(new), vectors.shape[1]), np.float32)])
    for word in new if len(vocabulary) > base else english:
        pieces = opened.encode(english[word], add_special_tokens=False).ids
        found[ids[word]] = vectors[pieces].mean(0)
    if new:
        text = _with_words(text, {word: ids[word] for word in new})
        _check_whole(text, new)
    return GrownVocabulary(text, found, tuple(sorted(ids[word] for word in english)))


def tokenizer_with(tokenizer: Path, words: Sequence[str]) -> "Tokenizer":
    """A tokenizer of the library `tokenizers` that knows further words, which it did not know."""
    count = len(vocabulary_of(tokenizer))
    ids = {word: count + place for place, word in enumerate(words)}
    return _of_text(_with_words(tokenizer.read_text(encoding="utf-8"), ids))


def _opened(path: Path) -> "Tokenizer":
    def refused(reason: Message | str) -> ModelError:
        return ModelError("model.tokenizer", path=path, reason=reason)

    return load_tokenizer(path, refused)


def _with_words(tokenizer: str, ids: dict[str, int]) -> str:
    described = json.loads(tokenizer)
    described["model"]["vocab"] |= ids
    return json.dumps(described, ensure_ascii=False)


def _of_text(tokenizer: str) -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415

    opened = Tokenizer.from_str(tokenizer)
    opened.no_padding()
    opened.no_truncation()
    return opened


def _check_whole(tokenizer: str, words: Sequence[str]) -> None:
    """Raise FootnoteError for a word that never comes out of the tokenizer, such as `niño`."""
    opened = _of_text(tokenizer)
    for word in words:
        if opened.encode(word, add_special_tokens=False).tokens != [word]:
            raise FootnoteError("training.parted-word", word=word)
