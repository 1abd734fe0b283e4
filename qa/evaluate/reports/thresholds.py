"""What an evaluation must reach: given one by one, by an earlier run, or by a file."""

import json
import math
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import ConfigurationError, EvaluationError, reason_of, refused
from corpus.wording import Message
from qa.evaluate.data.files import as_written
from qa.evaluate.measures.answers import ANSWER_MEASURES
from qa.evaluate.measures.cases import LESS_IS_BETTER, TOGETHER, Figure
from qa.evaluate.measures.costs import COSTS, MORE_IS_BETTER
from qa.evaluate.measures.evaluation import EVERY_GROUP, Evaluation
from qa.evaluate.measures.rankings import RANKING

_FOUND = tuple(map(str, RANKING))
KNOWN = (*_FOUND, *(f"passage {name}" for name in _FOUND), *ANSWER_MEASURES, *TOGETHER, *COSTS)
"""All measures that can be limited."""
_SLACK = 1e-9
"""Figures are read back from JSON in full; only the last bit of a sum may differ."""


class Limit(BaseModel):
    """A figure that the first set-up must reach in a group of questions, with the reason for it.

    `value` is the least, or the most of a measure of which less is better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str = Field(min_length=1)
    value: float = Field(ge=0)
    group: str = EVERY_GROUP
    reason: str = ""

    @model_validator(mode="after")
    def _known(self) -> "Limit":
        if self.measure not in KNOWN:
            raise ValueError(Message.of("limit.measure", measure=self.measure, known=KNOWN))
        if self.measure in COSTS:
            if self.group != EVERY_GROUP:
                raise ValueError(Message.of("limit.group"))
        elif self.value > 1:
            raise ValueError(Message.of("limit.range", measure=self.measure, value=self.value))
        return self

    @property
    def less(self) -> bool:
        """Whether less is better."""
        costs = self.measure in COSTS and self.measure != MORE_IS_BETTER
        return costs or self.measure in LESS_IS_BETTER


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: tuple[Limit, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Held:
    """Limits that do not hold, and those of groups that were not asked, a line each."""

    broken: tuple[str, ...]
    unasked: tuple[str, ...] = ()


def parsed(text: str) -> Limit:
    """The limit of `measure=value` or `group/measure=value`. Raises ConfigurationError."""
    name, _, value = text.rpartition("=")
    group, _, measure = ("", "", name) if name.strip() in KNOWN else name.rpartition("/")
    try:
        return Limit(
            measure=measure.strip(), value=float(value), group=group.strip() or EVERY_GROUP
        )
    except ValidationError as error:
        reason = refused(error).reason
    except ValueError:
        reason = Message.of("limit.number")
    raise ConfigurationError("limit.option", text=text, reason=reason)


def read_thresholds(path: Path) -> tuple[Limit, ...]:
    """The limits of a file, each with a reason. Raises ConfigurationError where it is not right."""
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).threshold
    except ValidationError as error:
        place, reason, _ = refused(error)
        raise ConfigurationError("limit.wrong", path=path, place=place, reason=reason) from None
    except (OSError, ValueError) as error:
        raise ConfigurationError("settings.not-toml", path=path, reason=reason_of(error)) from None
    bare = [one.measure for one in found if not one.reason.strip()]
    if bare:
        raise ConfigurationError("limit.reason", path=path, measure=bare[0])
    return found


def held(evaluation: Evaluation, limits: Sequence[Limit], *, all_asked: bool = True) -> Held:
    """Whether the first set-up reaches the limits; what was not measured reaches none.

    A group that was not asked breaks its limit, unless `all_asked` is false.
    """
    first = evaluation.outcomes[0]
    broken: list[str] = []
    unasked: list[str] = []
    costs = dict(zip(COSTS, astuple(first.cost), strict=True))
    for one in limits:
        if one.group not in first.figures:
            told = broken if all_asked else unasked
            named = ", ".join(first.figures)
            told.append(f"{one.group}: not asked, so {one.measure} is not held; asked: {named}")
            continue
        figure = first.figures[one.group].get(one.measure)
        value = costs.get(one.measure, figure.value if figure else float("nan"))
        if not (value <= one.value + _SLACK if one.less else value >= one.value - _SLACK):
            wanted = f"{'at most' if one.less else 'at least'} {one.value:g}"
            told_value = "not measured" if math.isnan(value) else f"{value:.4f}"
            broken.append(f"{one.group}: {one.measure} is {told_value}, wanted {wanted}")
    return Held(tuple(broken), tuple(unasked))


def worse(evaluation: Evaluation, earlier: Path) -> tuple[str, ...]:
    """A line for each figure of any group that is worse than in an earlier run, or is gone.

    Compared are set-ups of the same name; times and memory are not. Raises EvaluationError where
    the earlier run is none, or asked other questions.
    """
    before = read_earlier(earlier)
    if (before["data"], before["digest"]) != (evaluation.data, evaluation.digest):
        raise EvaluationError(
            "evaluate.other-data",
            path=earlier,
            before=before["data"],
            old=before["digest"],
            data=evaluation.data,
            new=evaluation.digest,
        )
    known = {one["name"]: one for one in before["setups"]}
    shared = [one for one in evaluation.outcomes if one.setup in known]
    if not shared:
        setup = evaluation.outcomes[0].setup
        raise EvaluationError("evaluate.other-setups", path=earlier, setup=setup, known=[*known])
    lines = []
    for one in shared:
        for group, figures in known[one.setup]["figures"].items():
            now = one.figures.get(group, {})
            for name, figure in figures.items():
                was = figure["value"]
                if was is not None and (told := _loss(name, now.get(name), was)):
                    lines.append(f"{one.setup}, {group}: {name} is {told}, was {was:.4f}")
    return tuple(lines)


def _loss(name: str, figure: Figure | None, was: float) -> str:
    """The figure where it is worse than it was, or no figure any more; else nothing."""
    if figure is None or math.isnan(figure.value):
        return "not measured"
    change = figure.value - was
    return f"{figure.value:.4f}" if (change if name in LESS_IS_BETTER else -change) > _SLACK else ""


def read_earlier(path: Path) -> dict[str, Any]:
    """What `--json` printed of a run. Raises EvaluationError where the file is none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for one in found["setups"]:
            values = [f["value"] for own in one["figures"].values() for f in own.values()]
            if not all(v is None or isinstance(v, float | int) for v in values) or not one["name"]:
                raise ValueError(Message.of("evaluate.figure"))
        return {name: found[name] for name in ("data", "digest", "setups")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError("evaluate.no-run", path=path, reason=as_written(error)) from None
