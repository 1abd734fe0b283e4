"""What an evaluation must reach: given one by one, by an earlier run, or by the shipped file."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import ConfigurationError, EvaluationError
from qa.evaluate.cases import LESS_IS_BETTER
from qa.evaluate.outcome import ALL, Evaluation

THRESHOLDS = Path(__file__).with_name("thresholds.toml")
_SLACK = 1e-9
"""Figures are read back from JSON in full; only the last bit of a sum may differ."""


class Limit(BaseModel):
    """A figure that the first set-up must reach in a group of questions, with the reason for it.

    `value` is the least, or the most of a measure of which less is better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str = Field(min_length=1)
    value: float = Field(ge=0, le=1)
    group: str = ALL
    reason: str = ""


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
    group, _, measure = name.rpartition("/")
    try:
        return Limit(measure=measure.strip(), value=float(value), group=group.strip() or ALL)
    except (ValueError, ValidationError):
        raise ConfigurationError(
            f"--fail-under '{text}': expected measure=value or group/measure=value with a value of "
            "0 to 1, such as 'first quotation=0.6'"
        ) from None


def read_thresholds(path: Path = THRESHOLDS) -> tuple[Limit, ...]:
    """The limits of a file, each with a reason. Raises ConfigurationError where it is not right."""
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).threshold
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"{path}: {where}: {first['msg']}: mend the threshold") from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: not readable as TOML ({error}): mend it") from None
    bare = [one.measure for one in found if not one.reason.strip()]
    if bare:
        raise ConfigurationError(f"{path}: the threshold of '{bare[0]}' has no reason: give one")
    return found


def held(evaluation: Evaluation, limits: Sequence[Limit], *, all_asked: bool = True) -> Held:
    """Whether the first set-up reaches the limits.

    Raises ConfigurationError for an unknown measure, and for a group that was not asked unless
    `all_asked` is false.
    """
    figures, broken, unasked = evaluation.outcomes[0].figures, [], []
    for one in limits:
        if one.group not in figures:
            if all_asked:
                raise ConfigurationError(
                    f"no questions '{one.group}' were asked: name one of {', '.join(figures)}"
                )
            unasked.append(f"{one.group}: not asked, so {one.measure} is not held")
            continue
        own = figures[one.group]
        if one.measure not in own:
            raise ConfigurationError(f"no measure '{one.measure}': name one of {', '.join(own)}")
        value, less = own[one.measure].value, one.measure in LESS_IS_BETTER
        if not (value <= one.value + _SLACK if less else value >= one.value - _SLACK):
            wanted = f"{'at most' if less else 'at least'} {one.value:g}"
            broken.append(f"{one.group}: {one.measure} is {value:.4f}, wanted {wanted}")
    return Held(tuple(broken), tuple(unasked))


def worse(evaluation: Evaluation, earlier: Path) -> tuple[str, ...]:
    """A line for each figure over all questions that is worse than in an earlier run.

    Compared are set-ups of the same name; times and memory are not. Raises EvaluationError where
    the earlier run is none, or asked other questions.
    """
    before = _read(earlier)
    if before["data"] != evaluation.data:
        raise EvaluationError(
            f"{earlier}: asked {before['data']}, not {evaluation.data}: give a run on the same data"
        )
    known = {one["name"]: one for one in before["setups"]}
    shared = [one for one in evaluation.outcomes if one.setup in known]
    if not shared:
        raise EvaluationError(
            f"{earlier}: has no set-up '{evaluation.outcomes[0].setup}' but {', '.join(known)}: "
            "name the set-ups alike"
        )
    lines = []
    for one in shared:
        old = known[one.setup]
        if old["questions"] != len(one.cases):
            raise EvaluationError(
                f"{earlier}: asked {old['questions']} questions under '{one.setup}', not "
                f"{len(one.cases)}: give a run on the same questions"
            )
        for name, figure in one.figures[ALL].items():
            was = old["figures"][ALL].get(name, {}).get("value")
            change = 0.0 if was is None else figure.value - was
            if (change if name in LESS_IS_BETTER else -change) > _SLACK:
                lines.append(f"{one.setup}: {name} is {figure.value:.4f}, was {was:.4f}")
    return tuple(lines)


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for one in found["setups"]:
            if not {"name", "questions"} <= set(one) or not isinstance(one["figures"][ALL], dict):
                raise KeyError("figures")
        return {"data": found["data"], "setups": found["setups"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path}: no run ({error!r}): give what 'footnote evaluate … --json' printed"
        ) from None
