"""English words of Spanish ones: a table of corrections, and the translator Apertium."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.errors import FootnoteError
from corpus.wording import Message
from qa.tools.reader_training.added_words import read_words

CORRECTIONS = Path(__file__).with_name("spanish_corrections.tsv")
"""What Apertium does not know or takes in a meaning that laws seldom have, such as `este` (east).

Where a word has several meanings, its English words stand side by side.
"""
_PROGRAM, _DIRECTION = "apertium", "spa-eng"
_UNKNOWN = re.compile("[*@#]")
"""Marks of a word that the dictionaries lack, or that could not be translated or inflected."""
_PRONOUN = re.compile(r"^(?:i|you|he|she|it|we|they) (?=.)")


def corrections() -> dict[str, str]:
    """The English words of the table, by the Spanish word without accents."""
    return dict(read_words(CORRECTIONS))


def english_of(words: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """English words of those that have any: from `known`, else by Apertium.

    `words` holds the usual spelling of each word by its form without accents, which is the key of
    `known` and of what is given, too. Raises FootnoteError as `translated` does.
    """
    asked = [plain for plain in words if plain not in known]
    found = dict(zip(asked, translated([words[plain] for plain in asked]), strict=True))
    every = {plain: known.get(plain) or found[plain] for plain in words}
    return {plain: english for plain, english in every.items() if english}


def translated(words: Sequence[str]) -> list[str]:
    """What Apertium gives for each word, in lower case, without the pronoun before a verb.

    Empty where it knows none. Raises FootnoteError where Apertium does not run.
    """
    # With a full stop each is a sentence of its own, which the words around it do not change.
    given = "".join(f"{word} .\n" for word in words)
    lines = _run(given).splitlines()
    if len(lines) != len(words):
        reason = Message.of("training.apertium-lines", given=len(words), found=len(lines))
        raise FootnoteError("training.apertium", reason=reason)
    return [_plain(line) for line in lines]


def _run(text: str) -> str:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise FootnoteError("training.apertium", reason=Message.of("training.apertium-missing"))
    done = subprocess.run(  # noqa: S603
        [program, "-f", "line", _DIRECTION],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        reason = " ".join(done.stderr.split())[:200]
        raise FootnoteError("training.apertium", reason=reason)
    return done.stdout


def _plain(line: str) -> str:
    if _UNKNOWN.search(line):
        return ""
    return _PRONOUN.sub("", line.strip().rstrip(".").strip().lower())
