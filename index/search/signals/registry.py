"""All search signals in the order in which they are asked, and what they need: models, words."""

from collections.abc import Mapping
from pathlib import Path

from index.manifest import Manifest
from index.models.models import Models, load_models
from index.search.signals.dense import open_dense
from index.search.signals.lexical import open_lexical, open_vocabulary
from index.search.signals.multilingual import holds_multilingual, open_multilingual
from index.search.signals.signal import Opener, Opening, Searcher
from index.search.signals.tokens import holds_tokens, open_multilingual_tokens, open_tokens

OPENERS: tuple[Opener, ...] = (
    open_lexical,
    open_dense,
    open_multilingual,
    open_tokens,
    open_multilingual_tokens,
)
"""Of several that could tell the same, such as how well a sentence fits, the first that knows the
languages is asked."""


def open_searchers(opening: Opening) -> tuple[Searcher, ...]:
    """Open every signal that the version holds, the models support and the stages include."""
    found = (open_one(opening) for open_one in OPENERS)
    return tuple(one for one in found if one is not None)


def models_of_version(manifest: Manifest, stamps: Path | None = None) -> Models:
    """Load the models by which the signals of a version search, as far as they are installed.

    `stamps` is the file that remembers which bundled weights were checked, see `load_encoder`.
    """
    return load_models(
        manifest.model.name,
        stamps,
        multilingual=holds_multilingual(manifest),
        tokens=holds_tokens(manifest),
    )


def vocabulary_of_version(folder: Path, manifest: Manifest) -> Mapping[str, int]:
    """How often each word stands in the version in `folder`, whatever the stages include.

    Empty where no signal of the version counts words. Raises IndexDamagedError where it cannot be
    read.
    """
    return open_vocabulary(folder, manifest)
