"""Leave out of a vocabulary what no text in Latin letters needs: a smaller file says the same."""

import json
import re
import unicodedata
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from corpus.errors import EvaluationError
from qa.tools.reader_training.added_words import vocabulary_of

_UNUSED = re.compile(r"\[unused\d+\]")
_TOLD = 5


class KeptWords(NamedTuple):
    """A vocabulary without some of its words: the text of its `tokenizer.json`, whose ids are
    counted anew, and the ids that the kept words had before, in order."""

    tokenizer: str
    ids: tuple[int, ...]


def latin_words(tokenizer: Path, without: Container[str] = frozenset()) -> KeptWords:
    """The vocabulary without words that hold a letter of another script, reserved places, and those
    of `without`.

    What is in another script becomes the unknown token; the signs of ordinals (`1º`) are read as
    letters.
    """
    described = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = described["model"]["vocab"]
    kept = sorted(
        (number, word)
        for word, number in vocabulary.items()
        if _is_kept(word) and word not in without
    )
    new = {number: place for place, (number, _) in enumerate(kept)}
    described["model"]["vocab"] = {word: new[number] for number, word in kept}
    described["normalizer"] = _with_ordinals(described.get("normalizer"))
    for token in described["added_tokens"]:
        token["id"] = new[token["id"]]
    special = (described.get("post_processor") or {}).get("special_tokens", {})
    for token in special.values():
        token["ids"] = [new[number] for number in token["ids"]]
    text = json.dumps(described, ensure_ascii=False)
    return KeptWords(text, tuple(number for number, _ in kept))


def words_to_leave_out(path: Path, tokenizer: Path) -> frozenset[str]:
    """The words of a file, one a line, as the vocabulary of a tokenizer has them.

    Raises EvaluationError for a file that is no text, or that holds what the vocabulary lacks or
    needs, such as `[UNK]`; ModelError where the tokenizer is missing or broken.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise EvaluationError("data.not-utf8", path=path) from None
    words = frozenset(filter(None, map(str.strip, lines)))
    described = json.loads(tokenizer.read_text(encoding="utf-8"))
    needed = {token["content"] for token in described["added_tokens"]}
    needed |= {described["model"].get("unk_token")}
    others = sorted(words - (vocabulary_of(tokenizer).keys() - needed))
    if others:
        raise EvaluationError("training.not-left-out", path=path, words=others[:_TOLD])
    return words


def _with_ordinals(normalizer: object) -> dict[str, object]:
    replaced = [
        {"type": "Replace", "pattern": {"String": sign}, "content": letter}
        for sign, letter in (("º", "o"), ("ª", "a"))
    ]
    others = [] if normalizer is None else [normalizer]
    return {"type": "Sequence", "normalizers": [*replaced, *others]}


def _is_kept(word: str) -> bool:
    return not _UNUSED.fullmatch(word) and all(map(_is_latin, filter(str.isalpha, word)))


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
