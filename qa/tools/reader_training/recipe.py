"""What decides the weights that training gives, from the arguments of its command."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.manifest import file_entry
from qa.tools.reader_training.run_start import StartFiles


@dataclass(frozen=True)
class TrainingRecipe:
    """What decides the weights that come out, besides the data.

    `layers` are those of the starting weights that are kept; the embeddings and the first `frozen`
    layers stay as they are (0: nothing does); `wrong` passages stand beside one that answers;
    `public` is the share of groups that are public rows; `read` candidates are measured;
    `span_epochs` are the passes over the answering words after the last step; `start`
    is the sha256 of trained weights that are trained on, empty: the bundled cross-encoder is;
    `tokenizer` that of the tokenizer named for them, empty: theirs is taken; `words` that of the
    file of words that are added, empty: none are. Of the vectors of words theirs alone learn then,
    at `word_rate`.
    """

    layers: tuple[int, ...] = tuple(range(12))
    frozen: int = 0
    epochs: int = 2
    groups: int = 4
    wrong: int = 3
    public: float = 0.0
    rate: float = 3e-5
    read: int = 12
    span_epochs: int = 2
    seed: int = 0
    start: str = ""
    tokenizer: str = ""
    words: str = ""
    word_rate: float = 3e-4


def training_arguments(arguments: Sequence[str], about: str | None) -> argparse.Namespace:
    """The arguments of the command, of which `recipe_of` and `files_of` read theirs."""
    usual = TrainingRecipe()
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("set", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--public", type=Path, help="folder of the public rows")
    parser.add_argument("--share", type=float, default=0.5, help="their share of the groups")
    parser.add_argument("--start", type=Path, help="trained weights (reader.pt) to train on")
    parser.add_argument("--tokenizer", type=Path, help="theirs, where it is not beside them")
    parser.add_argument("--words", type=Path, help="words to add (see spanish_words)")
    parser.add_argument(
        "--word-rate", type=float, default=usual.word_rate, help="for their vectors"
    )
    parser.add_argument("--layers", default="all", help="numbers, such as 1,3,5,7,9,11")
    parser.add_argument("--frozen", type=int, default=usual.frozen, help="layers that stay")
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--groups", type=int, default=usual.groups, help="questions a step")
    parser.add_argument("--wrong", type=int, default=usual.wrong, help="wrong passages a question")
    parser.add_argument("--rate", type=float, default=usual.rate)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--split", default="tune", choices=("tune", "measure"))
    return parser.parse_args(arguments)


def files_of(given: argparse.Namespace) -> StartFiles:
    """The files that a run begins with."""
    return StartFiles(given.start, given.tokenizer, given.words)


def recipe_of(given: argparse.Namespace) -> TrainingRecipe:
    """The recipe of arguments. Raises OSError where a file that they name is not readable."""
    usual = TrainingRecipe()
    every = given.layers == "all"
    return TrainingRecipe(
        layers=usual.layers if every else tuple(map(int, given.layers.split(","))),
        frozen=given.frozen,
        epochs=given.epochs,
        groups=given.groups,
        wrong=given.wrong,
        public=given.share if given.public else 0.0,
        rate=given.rate,
        seed=given.seed,
        start=_sha256(given.start),
        tokenizer=_sha256(given.tokenizer),
        words=_sha256(given.words),
        word_rate=given.word_rate,
    )


def _sha256(path: Path | None) -> str:
    return file_entry(path).sha256 if path else ""
