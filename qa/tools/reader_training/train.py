"""Train the reader: `python -m qa.tools.reader_training.train SET OUT`, resumable at any moment.

`SET` is a training set (see `collect`), `OUT` the folder that holds what a cut-off run goes on
with, the trained weights, their `tokenizer.json` and `figures.jsonl`. `--public` adds public rows,
`--words` words of another language (see `spanish_words`).
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from corpus.errors import FootnoteError
from corpus.wording import Message
from index.build.progress import Progress
from qa.answering.pair_tokens import PairTokenizer
from qa.answering.reader import TOKENIZER_FILE
from qa.cli.console import errors, say
from qa.cli.main import run
from qa.cli.progress import build_progress
from qa.evaluate.data.gold import Split
from qa.tools.reader_training.epoch_order import epoch_order
from qa.tools.reader_training.groups import Group, learning_groups, read_groups
from qa.tools.reader_training.kept_state import keep_state
from qa.tools.reader_training.losses import loss_of
from qa.tools.reader_training.measures import (
    ReaderFigures,
    figures_over,
    question_readings,
)
from qa.tools.reader_training.network import read_by_length
from qa.tools.reader_training.public_rows import public_groups
from qa.tools.reader_training.random_states import go_on_from, random_states
from qa.tools.reader_training.rate_schedule import rate_factor
from qa.tools.reader_training.recipe import (
    TrainingRecipe,
    files_of,
    recipe_of,
    training_arguments,
)
from qa.tools.reader_training.run_start import BUNDLED, StartFiles, started
from qa.tools.reader_training.span_training import SpanRun, train_spans
from qa.tools.reader_training.tokens import labeled
from qa.tools.reader_training.training_set import read_passages, read_questions

_STEP = Message.of("step.training")
CHECKPOINT_FILE, SPANS_FILE = "checkpoint.pt", "spans.pt"
WEIGHTS_FILE, FIGURES_FILE = "reader.pt", "figures.jsonl"
_WARM_UP = 0.06
_CLIP = 1.0
_DECAY = 0.01


class TrainingRun:
    """A training run that begins, or goes on where it was cut off."""

    def __init__(
        self,
        recipe: TrainingRecipe,
        groups: Sequence[Group],
        out: Path,
        files: StartFiles = BUNDLED,
    ) -> None:
        self.recipe, self._groups, self._out = recipe, groups, out
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        earlier = self._earlier()
        torch.manual_seed(recipe.seed)
        self.network = started(files, recipe.layers, recipe.frozen, out).to(self.device)
        self.tokenizer = PairTokenizer(out / TOKENIZER_FILE)
        self._optimizer = torch.optim.AdamW(self._learned())
        self.steps = recipe.epochs * (len(groups) // recipe.groups)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._factor)
        self.done = self._resumed(earlier) if earlier else 0

    def train(self, progress: Progress, save_each: int, until: int | None = None) -> float:
        """Take the steps that are left; gives the mean loss of the last hundred."""
        losses: list[float] = []
        if self.done < self.steps:
            # Answering words that an earlier run learned were learned by other weights.
            (self._out / SPANS_FILE).unlink(missing_ok=True)
        for step in range(self.done, min(self.steps, until or self.steps)):
            progress(_STEP, step, self.steps)
            losses.append(self._step(self._batch(step)))
            self.done = step + 1
            if self.done % save_each == 0:
                self.save()
        self.save()
        return sum(losses[-100:]) / max(1, len(losses[-100:]))

    def train_spans(self, progress: Progress) -> float:
        """Train the answering words, after all steps; gives the mean loss at the end.

        The first pair of each group is learned from: the one that answers, if any does.
        """
        pairs = [labeled(self.tokenizer, group.pairs[0]) for group in self._groups]
        run = SpanRun(self.recipe.span_epochs, self.recipe.seed, self._out / SPANS_FILE)
        return train_spans(self.network, pairs, run, progress)

    def _step(self, groups: list[Group]) -> float:
        self.network.train()
        pairs = [labeled(self.tokenizer, one) for group in groups for one in group.pairs]
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            read = read_by_length(self.network, pairs, self.device)
        loss = loss_of(groups, read)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for learned in self._optimizer.param_groups:
            torch.nn.utils.clip_grad_norm_(learned["params"], _CLIP)
        self._optimizer.step()
        self._schedule.step()
        return float(loss.detach())

    def _learned(self) -> list[dict[str, Any]]:
        """What learns, and how fast: the vectors of added words, if there are any, by themselves.

        Each stands in few steps, so they learn faster, and decay would shrink them in all others.
        """
        words = self.network.learned_words()
        apart = set(map(id, words))
        learned = (one for one in self.network.parameters() if one.requires_grad)
        others = [one for one in learned if id(one) not in apart]
        found = [{"params": others, "lr": self.recipe.rate, "weight_decay": _DECAY}]
        if words:
            found.append({"params": words, "lr": self.recipe.word_rate, "weight_decay": 0.0})
        return found

    def _batch(self, step: int) -> list[Group]:
        """The groups of a step: every epoch has an order of its own, the same in each run."""
        a_pass = len(self._groups) // self.recipe.groups
        epoch, place = divmod(step, a_pass)
        first = place * self.recipe.groups
        order = epoch_order(len(self._groups), self.recipe.seed, epoch)
        return [self._groups[n] for n in order[first : first + self.recipe.groups]]

    def _factor(self, step: int) -> float:
        return rate_factor(step, self.steps, _WARM_UP)

    def save(self) -> None:
        """Write what a later run goes on with."""
        keep_state(
            self._out / CHECKPOINT_FILE,
            {
                "recipe": json.dumps(asdict(self.recipe)),
                "network": self.network.state_dict(),
                "optimizer": self._optimizer.state_dict(),
                "schedule": self._schedule.state_dict(),
                "random": random_states(),
                "done": self.done,
            },
        )

    def _earlier(self) -> dict[str, Any] | None:
        """What an earlier run of the same recipe saved; None where there was none."""
        path = self._out / CHECKPOINT_FILE
        if not path.exists():
            return None
        state: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if state["recipe"] != json.dumps(asdict(self.recipe)):
            raise FootnoteError("training.other-recipe", path=path, recipe=state["recipe"])
        return state

    def _resumed(self, state: dict[str, Any]) -> int:
        """The steps that an earlier run took, whose state is gone on with."""
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        go_on_from(state["random"])
        return int(state["done"])


def groups_of(folder: Path, public: Path | None, recipe: TrainingRecipe) -> list[Group]:
    """What is learned from: the part `fit`, and so many public rows that their share is right."""
    passages = read_passages(folder)
    own = [one for one in read_questions(folder) if one.split == "fit"]
    groups = list(learning_groups(own, passages, recipe.wrong, recipe.seed))
    if public is None or not recipe.public:
        return groups
    most = int(len(groups) * recipe.public / (1 - recipe.public))
    return groups + list(public_groups(public, most, recipe.wrong, recipe.seed))


def part_figures(
    training: TrainingRun, folder: Path, split: Split
) -> Iterator[tuple[str, ReaderFigures]]:
    """The figures of a part, over all its questions and over those on each source."""
    passages = read_passages(folder)
    questions = [one for one in read_questions(folder) if one.split == split]
    asked = read_groups(questions, passages, training.recipe.read)
    readings = question_readings(training.network, training.tokenizer, asked, training.device)
    yield "all", figures_over(readings)
    for key in sorted({one.source for one in readings}):
        yield key, figures_over([one for one in readings if one.source == key])


def main(arguments: Sequence[str]) -> None:
    """Train, save the weights, and measure them on the part that choices are made by."""
    given = training_arguments(arguments, __doc__)
    recipe = recipe_of(given)
    given.out.mkdir(parents=True, exist_ok=True)
    groups = groups_of(given.set, given.public, recipe)
    training = TrainingRun(recipe, groups, given.out, files_of(given))
    with build_progress(errors()) as progress:
        training.train(progress, save_each=50)
        training.train_spans(progress)
    torch.save(training.network.state_dict(), given.out / WEIGHTS_FILE)
    with (given.out / FIGURES_FILE).open("a", encoding="utf-8") as file:
        for key, found in part_figures(training, given.set, given.split):
            row = {"split": given.split, "source": key} | found.row()
            file.write(json.dumps({"recipe": asdict(recipe)} | row) + "\n")
            say(
                f"{given.split} {key}: " + ", ".join(f"{k} {v:.3f}" for k, v in found.row().items())
            )


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
