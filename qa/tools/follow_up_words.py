"""What follow-ups take from earlier questions, measured on CANARD: `qa.tools.follow_up_words`."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus.errors import LibraryError, reason_of
from corpus.text.words import stems_of
from qa.cli.console import say
from qa.cli.main import run
from qa.question.followup import standalone

_SECTION = 1
"""In a history of CANARD the title of a page, its section, questions and answers follow each other.
"""
_LANGUAGE = "en"


class FollowUp(NamedTuple):
    """A question, what was said before it, and the same question as one that stands alone.

    `earlier` is the title of the page, which all questions are on, then the questions.
    """

    question: str
    earlier: tuple[str, ...]
    alone: str


@dataclass(frozen=True)
class AddedWords:
    """How near questions come to those that stand alone, by their stems, 0 to 1.

    `before` and `after` are the means over questions of the F1 without and with the words that
    `standalone` adds. `recall` and `precision` are those of added stems, over all questions,
    against the stems that the question lacks.
    """

    questions: int
    before: float
    after: float
    recall: float
    precision: float

    def __str__(self) -> str:
        return (
            f"{self.questions:,} questions: F1 {self.before:.3f} as asked, {self.after:.3f} with"
            f" added words; of these recall {self.recall:.3f}, precision {self.precision:.3f}"
        )


def read_canard(path: Path) -> list[FollowUp]:
    """The questions of a file of CANARD (Elgohary et al. 2019).

    Raises LibraryError where it cannot be read as one.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = [
            FollowUp(row["Question"], _earlier(row["History"]), row["Rewrite"]) for row in rows
        ]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise LibraryError("library.unreadable", file=path, why=reason_of(error)) from None
    if not found:
        raise LibraryError("evaluate.no-canard", file=path)
    return found


def _earlier(history: Sequence[str]) -> tuple[str, ...]:
    return (history[0], *history[_SECTION + 1 :: 2])


def added_words(questions: Iterable[FollowUp]) -> AddedWords:
    """The figures over questions, of which there is at least one."""
    before, after = list[float](), list[float]()
    right = added = wanted = 0
    for one in questions:
        asked, alone = _stems(one.question), _stems(one.alone)
        found = _stems(standalone(one.question, one.earlier))
        before.append(_f1(asked, alone))
        after.append(_f1(found, alone))
        right += len((found - asked) & alone)
        added += len(found - asked)
        wanted += len(alone - asked)
    return AddedWords(
        len(before),
        sum(before) / len(before),
        sum(after) / len(after),
        right / max(1, wanted),
        right / max(1, added),
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(stems_of(text, _LANGUAGE))


def _f1(found: frozenset[str], wanted: frozenset[str]) -> float:
    """F1 of two sets; 1 where both are empty."""
    both = len(found) + len(wanted)
    return 2 * len(found & wanted) / both if both else 1.0


def main(arguments: Sequence[str]) -> None:
    """Measure the file that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="questions of CANARD, such as dev.json")
    say(str(added_words(read_canard(parser.parse_args(arguments).file))))


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
