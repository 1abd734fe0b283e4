"""The parts of a search, each of which can be left out."""

from dataclasses import dataclass, fields, replace

from corpus.errors import ConfigurationError


@dataclass(frozen=True)
class Stages:
    """Which parts of a search run, where the version and the installed models allow them.

    `lexical` is BM25, `dense` the main encoder, `multilingual` the encoder of many languages,
    `tokens` the interaction of tokens, `read` the reader. `question` is what is read out
    of a question beside its words: typing errors, other words for them, numbers, the sources and
    provisions that it names, whether it asks for a definition, and what it takes from those before
    it. The main encoder finds passages even alone where nothing else would.
    """

    lexical: bool = True
    dense: bool = True
    multilingual: bool = True
    tokens: bool = True
    read: bool = True
    question: bool = True

    @classmethod
    def named(cls, names: str) -> "Stages":
        """The stages of a list such as `lexical, dense`; all of them for `all`.

        A name after a minus is left out of all: `-read`. Raises ConfigurationError for an
        unknown name, or where nothing that finds passages is left.
        """
        known = [field.name for field in fields(cls)]
        wanted = [name.strip() for name in names.split(",") if name.strip()]
        unknown = [name for name in wanted if name.removeprefix("-") not in {*known, "all"}]
        if unknown or not wanted:
            raise ConfigurationError("stages.unknown", names=names, known=known)
        whole = "all" in wanted or all(name.startswith("-") for name in wanted)
        start = cls() if whole else cls(*[False] * len(known))
        changed = {n.removeprefix("-"): not n.startswith("-") for n in wanted if n != "all"}
        stages = replace(start, **changed)
        if not (stages.lexical or stages.dense or stages.multilingual):
            raise ConfigurationError("stages.find-nothing", names=names)
        return stages

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts that run, in order."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


ALL_STAGES = Stages()
