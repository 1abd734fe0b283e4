"""Set-ups: how the same questions are asked of the same documents."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import ConfigurationError, reason_of, refused
from corpus.settings import PassageSettings
from index.search.stages import Stages


class Setup(BaseModel):
    """A set-up: stages as in `Stages.named`, and what the index of the documents is built with.

    `encoder` is the name of the main model, None for that in use; `passages` their sizes, None for
    those of the settings. Either of them asks an index of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    stages: str = "all"
    encoder: str | None = Field(default=None, min_length=1)
    passages: PassageSettings | None = None

    @field_validator("stages")
    @classmethod
    def _known(cls, stages: str) -> str:
        try:
            Stages.named(stages)
        except ConfigurationError as error:
            raise ValueError(error.message) from None
        return stages

    @property
    def own_index(self) -> bool:
        """Whether it asks another index than the one in use."""
        return self.encoder is not None or self.passages is not None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    setup: tuple[Setup, ...] = Field(min_length=1)


def setups(stages: Sequence[str] | None, config: Path | None) -> tuple[Setup, ...]:
    """The set-ups of a file, else one for each list of stages, else all stages.

    Raises ConfigurationError for both, an unknown stage or a file that `read_setups` refuses.
    """
    if config is not None:
        if stages:
            raise ConfigurationError("evaluate.both")
        return read_setups(config)
    names = list(dict.fromkeys(stages or ["all"]))
    for one in names:
        Stages.named(one)
    return tuple(Setup(name=one, stages=one) for one in names)


def read_setups(path: Path) -> tuple[Setup, ...]:
    """The set-ups of a TOML file of `[[setup]]` tables with the fields of `Setup`.

    Raises ConfigurationError naming the file and the field that cannot be used.
    """
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).setup
    except ValidationError as error:
        place, reason, received = refused(error)
        raise ConfigurationError(
            "evaluate.setup", path=path, place=place, reason=reason, value=repr(received)[:80]
        ) from None
    except (OSError, ValueError) as error:
        raise ConfigurationError("settings.not-toml", path=path, reason=reason_of(error)) from None
    names = [one.name for one in found]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ConfigurationError("evaluate.setup-twice", path=path, name=twice[0])
    return found
