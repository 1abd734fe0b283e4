"""Choose Spanish words to add to an English reader, each with its English words.

`python -m qa.tools.reader_training.spanish_words SET OUT.tsv`: `SET` is a training set (see
`collect`), `OUT.tsv` gets a row a word, `word<TAB>english words`, the word in lower case without
accents, as the tokenizer of the reader sees it. `train --words` adds them. The rows come from the
dictionary of Apertium, which is under the GPL: they are no part of this project.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.errors import FootnoteError
from corpus.text.words import unaccented
from qa.cli.console import say
from qa.cli.main import run
from qa.tools.reader_training.added_words import (
    WordTranslation,
    tokenizer_with,
    vocabulary_of,
    write_words,
)
from qa.tools.reader_training.starting_weights import bundled_tokenizer
from qa.tools.reader_training.training_set import read_passages, read_questions
from qa.tools.reader_training.word_translations import corrections, english_of

COUNT = 14_700
"""New words, usual: 384 numbers of 8 bits each in the exported reader, 6 MB together."""
_FREQUENT = 30_000
_FREQUENT_ENGLISH = 60_000
_TEN_TIMES = 1.0
"""The step of the Zipf scale, log10 of the uses in a thousand million words (van Heuven et al.
2014), from a word to one that is used ten times as often."""
_WORD = re.compile(r"[^\W\d_]+")


class WordFrequencies(NamedTuple):
    """How often words are used: the words of each language, most frequent first, and of a word in a
    language (`es`, `en`) its frequency on the Zipf scale, 0 to 8."""

    frequent: Sequence[str]
    english: Sequence[str]
    zipf: Callable[[str, str], float]


def wordfreq_frequencies() -> WordFrequencies:
    """The frequencies of the package wordfreq. Raises FootnoteError where it is not installed."""
    try:
        from wordfreq import top_n_list, zipf_frequency  # noqa: PLC0415
    except ImportError:
        raise FootnoteError("training.no-wordfreq") from None
    english = top_n_list("en", _FREQUENT_ENGLISH)
    return WordFrequencies(top_n_list("es", _FREQUENT), english, zipf_frequency)


def spanish_texts(folder: Path) -> Iterator[str]:
    """The Spanish texts of a training set: passages, and the questions that are learned from."""
    for passage in read_passages(folder).values():
        if passage.language == "es":
            yield f"{passage.context} {passage.text}"
    for question in read_questions(folder):
        if question.language == "es" and question.split == "fit":
            yield question.text


def word_forms(frequent: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """Words by their form without accents, in the spelling that is most frequent.

    Those of the texts come first, in each part the more frequent ones; `frequent` is in that order.
    """
    counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    often = sorted(counts, key=lambda word: (-counts[word], word))
    spellings: dict[str, str] = {}
    for word in (*filter(_WORD.fullmatch, frequent), *often):
        spellings.setdefault(unaccented(word), word)
    own = set(map(unaccented, counts))
    order = sorted(spellings, key=lambda plain: plain not in own)
    return {plain: spellings[plain] for plain in order}


def chosen_words(
    forms: Mapping[str, str],
    english: Mapping[str, str],
    vocabulary: Container[str],
    zipf: Callable[[str, str], float],
    count: int,
) -> Iterator[WordTranslation]:
    """The first `count` words that the vocabulary lacks, and those it has that are Spanish first.

    Spanish first is a word that is used ten times as often in Spanish as in English: it gets
    another meaning, as `pie` (foot) does not. Words without English ones are left out.
    """
    new = 0
    for plain, form in forms.items():
        if plain not in english:
            continue
        if plain in vocabulary:
            if zipf(form, "es") >= zipf(plain, "en") + _TEN_TIMES:
                yield WordTranslation(plain, english[plain])
        elif new < count:
            new += 1
            yield WordTranslation(plain, english[plain])


def parting_words(
    new: Mapping[str, str], tokenizer: Path, frequencies: WordFrequencies
) -> set[str]:
    """Those of new words, given with their spelling, that would part a more frequent English word
    in another way, as `haras` (stud) does `harassing`.

    A tokenizer takes the longest word that a word begins with.
    """
    grown = tokenizer_with(tokenizer, sorted(new))
    found = set()
    for word in frequencies.english:
        tokens = grown.encode(word, add_special_tokens=False).tokens
        often = frequencies.zipf(word, "en") if len(tokens) > 1 else 0.0
        found |= {one for one in tokens if one in new and frequencies.zipf(new[one], "es") < often}
    return found


def main(arguments: Sequence[str]) -> None:
    """Choose the words, translate them and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=COUNT, help="words that are new")
    given = parser.parse_args(arguments)
    frequencies = wordfreq_frequencies()
    forms = word_forms(frequencies.frequent, spanish_texts(given.set))
    vocabulary = vocabulary_of(bundled_tokenizer())
    english = english_of(forms, corrections())
    new = {word: form for word, form in forms.items() if word in english and word not in vocabulary}
    parting = parting_words(new, bundled_tokenizer(), frequencies)
    forms = {word: form for word, form in forms.items() if word not in parting}
    rows = list(chosen_words(forms, english, vocabulary, frequencies.zipf, given.count))
    write_words(given.out, rows)
    known = sum(one.word in vocabulary for one in rows)
    say(f"{len(rows):,} words, {known:,} of which the vocabulary has with another meaning")


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
