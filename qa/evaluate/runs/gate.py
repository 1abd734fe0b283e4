"""The gate of a build: a candidate must do no worse on labelled questions than what is in use."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import FootnoteError
from corpus.settings import Settings
from corpus.wording import Message
from index.manifest import ModelEntry, read_manifest
from index.models.encoder import Encoder
from index.models.models import Models, load_models
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.evaluate.data.gold import GoldQuestion, read_gold
from qa.evaluate.runs.gate_comparison import GateComparison, compare

Load = Callable[[ModelEntry], Models | Encoder]


@dataclass
class Gate:
    """Gives the reason why a candidate must not be published, or None; keeps the comparison."""

    settings: Settings
    questions: Sequence[GoldQuestion]
    load: Load
    comparison: GateComparison | None = field(default=None, init=False)

    def __call__(self, candidate: str) -> Message | None:
        """Compare the candidate of that id with the version in use."""
        current = Versions(self.settings.home).current()
        try:
            self.comparison = compare_versions(
                self.settings, current, candidate, self.questions, self.load
            )
        except FootnoteError as error:
            both = {"current": current, "candidate": candidate}
            return Message.of("gate.incomparable", error=error, **both)
        found, threshold = self.comparison, self.settings.gate.threshold
        if found.worse < threshold:
            return None
        before, after = found.means
        return Message.of(
            "gate.worse",
            n=len(found.rows),
            current=current,
            before=before,
            after=after,
            worse=found.worse,
            threshold=threshold,
            candidate=candidate,
        )


def compare_versions(
    settings: Settings, before: str, after: str, questions: Sequence[GoldQuestion], load: Load
) -> GateComparison:
    """Ask two versions the same questions, each with the model that made it."""
    versions = Versions(settings.home)
    models = [read_manifest(versions.folder(one)).model for one in (before, after)]
    encoders = [load(models[0])]
    encoders.append(encoders[0] if models[0] == models[1] else load(models[1]))
    with (
        closing(Engine.open(settings, encoders[0], before)) as old,
        closing(Engine.open(settings, encoders[1], after)) as new,
    ):
        return compare(old, new, questions)


def loader(settings: Settings) -> Load:
    """Loads the model of a version by its name."""
    return lambda model: load_models(model.name, settings.checked_models)


def gated(settings: Settings, gold: Path) -> Gate:
    """A gate with the labelled questions of a file. Raises LibraryError for a bad row."""
    return Gate(settings, read_gold(gold), loader(settings))
