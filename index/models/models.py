"""The models of a build and of a search: the main encoder and those that help it."""

from dataclasses import dataclass
from pathlib import Path

from index.models.encoder import DEFAULT_ENCODER, Encoder, load_encoder
from index.models.multilingual import load_multilingual
from index.models.token_encoder import TokenEncoder, load_token_encoder


@dataclass(frozen=True)
class Models:
    """The main encoder, one that knows several languages, and one of tokens of each kind.

    None where the package that carries it is not installed, or the settings leave it out.
    """

    main: Encoder
    multilingual: Encoder | None = None
    tokens: TokenEncoder | None = None
    multilingual_tokens: TokenEncoder | None = None


def as_models(models: Models | Encoder) -> Models:
    """The models with this main encoder alone, unless they are models already."""
    return models if isinstance(models, Models) else Models(models)


def load_models(
    name: str = DEFAULT_ENCODER,
    stamps: Path | None = None,
    *,
    multilingual: bool = True,
    tokens: bool = True,
) -> Models:
    """The main encoder of that name, and those of the others that are asked for and installed."""
    more = load_multilingual(stamps) if multilingual else None
    return Models(
        load_encoder(name, stamps),
        more.texts if more else None,
        load_token_encoder(stamps) if tokens else None,
        more.tokens if more else None,
    )
