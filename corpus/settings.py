"""Settings of a library and where its data lie; unknown names are refused."""

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import ConfigurationError, reason_of, refused
from corpus.wording import Message

DEFAULT_HOME = "footnote_data"
SETTINGS_FILE = "settings.toml"
_RENAMED = {"reranker": "reader"}
"""Names of settings in earlier editions → those of now."""


class PassageSettings(BaseModel):
    """How sentences are packed into passages, in words; a change needs a new build.

    Laws and treaties have sizes of their own: their items are short, and an article with all its
    items says more than a part of them (docs/quality.md). `title_words` is how much of a title is
    searched with each passage: the names of laws are long.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_words: int = Field(default=30, ge=1, le=1000)
    max_words: int = Field(default=80, ge=1, le=2000)
    law_min_words: int = Field(default=40, ge=1, le=1000)
    law_max_words: int = Field(default=120, ge=1, le=2000)
    title_words: int = Field(default=16, ge=1, le=2000)

    @model_validator(mode="after")
    def _ordered(self) -> "PassageSettings":
        for kind in ("", "law_"):
            least, most = getattr(self, f"{kind}min_words"), getattr(self, f"{kind}max_words")
            if least > most:
                raise ValueError(
                    Message.of(
                        "settings.rising",
                        least_name=f"{kind}min_words",
                        least=least,
                        most_name=f"{kind}max_words",
                        most=most,
                    )
                )
        return self

    def for_laws(self) -> "PassageSettings":
        """The settings with the sizes of laws in the place of the others."""
        sizes = {"min_words": self.law_min_words, "max_words": self.law_max_words}
        return self.model_copy(update=sizes)


SearchKind = Literal["exact", "hnsw", "ivf"]
"""How passages are searched: every vector compared, a graph (HNSW), or cells (IVF)."""


class KindRow(BaseModel):
    """The kind of search for libraries of up to so many passages; None: of any size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    up_to: int | None = Field(default=None, ge=1)
    kind: SearchKind


class VectorSettings(BaseModel):
    """Which kind of search serves which size, and how much an approximate kind must find.

    `recall` (0 to 1) is the least recall@10 against exact search on the sample of a build; a kind
    that cannot reach it is not used. Where the default rows come from: docs/benchmarks.md.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[KindRow, ...] = (
        KindRow(up_to=50_000, kind="exact"),
        KindRow(up_to=1_000_000, kind="hnsw"),
        KindRow(kind="ivf"),
    )
    recall: float = Field(default=0.95, gt=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> "VectorSettings":
        sizes = [row.up_to for row in self.kinds]
        limits = [size for size in sizes if size is not None]
        if not sizes or sizes != [*limits, None] or limits != sorted(set(limits)):
            raise ValueError(Message.of("settings.kinds"))
        return self

    def kind(self, passages: int) -> SearchKind:
        """The kind for a number of passages."""
        return next(row.kind for row in self.kinds if row.up_to is None or passages <= row.up_to)


class GateSettings(BaseModel):
    """When `build --gate` holds a version back.

    `threshold` (0 to 1): the probability, by paired bootstrap over the questions, that the new
    version does worse than the one in use, from which on it is not published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(default=0.8, gt=0, le=1)


class Settings(BaseModel):
    """What a user can set in `settings.toml` of the data folder.

    `encoder` names the model of the next build; None keeps the one of the index, or the default.
    `reader` names the model that reads the best candidates; None takes the bundled one, `none` does
    without. `threshold` (0 to 1) is the confidence under which a question is refused;
    None takes the fitted one. `feedback` says whether readers may judge quotations on the page;
    `upload_mb` is the most that a file may have that is uploaded there, in megabytes.
    `behind_proxy` says that a proxy on this machine tells by `X-Forwarded-For` who asks: without
    one anybody could write that line. `packaged`
    says whether the library that comes with Footnote is part of the user's; without it nothing is
    searched but the user's own texts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    encoder: str | None = Field(default=None, min_length=1)
    passages: PassageSettings = PassageSettings()
    vectors: VectorSettings = VectorSettings()
    gate: GateSettings = GateSettings()
    reader: str | None = Field(default=None, min_length=1)
    threshold: float | None = Field(default=None, ge=0, le=1)
    feedback: bool = True
    upload_mb: int = Field(default=50, ge=1, le=2000)
    behind_proxy: bool = False
    packaged: bool = True

    @property
    def library(self) -> Path:
        """Folder of the sources that the user added."""
        return self.home / "library"

    @property
    def checked_models(self) -> Path:
        """File that remembers which bundled weights were checked, so that they are hashed once."""
        return self.home / "checked.json"


def load_settings(home: Path | None = None) -> Settings:
    """The settings of the data folder `home`, by default `FOOTNOTE_HOME` or `footnote_data`.

    Raises ConfigurationError where `settings.toml` there cannot be used.
    """
    if home is None:
        home = Path(os.environ.get("FOOTNOTE_HOME") or DEFAULT_HOME)
    home = home.expanduser()
    path = home / SETTINGS_FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if "home" in given:
            raise ConfigurationError("settings.home", path=path)
        for old, new in _RENAMED.items():
            if old in given:
                raise ConfigurationError("settings.renamed", path=path, old=old, new=new)
        return Settings(home=home, **given)
    except ValidationError as error:
        place, reason, received = refused(error)
        name = place or Message.of("settings.all")
        raise ConfigurationError(
            "settings.value", path=path, name=name, reason=reason, value=received
        ) from None
    except (OSError, ValueError) as error:
        raise ConfigurationError("settings.not-toml", path=path, reason=reason_of(error)) from None
