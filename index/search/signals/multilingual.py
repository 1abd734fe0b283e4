"""The signals of the multilingual encoder: cosines of passages and of their sentences."""

from index.manifest import Manifest
from index.models.multilingual import MULTILINGUAL
from index.search.signals.encoded import EncodedSearcher, check_encoder, open_tables
from index.search.signals.signal import Opening, SignalFacts


def open_multilingual(opening: Opening) -> EncodedSearcher | None:
    """The vectors of that encoder; None where the version, the machine or the stages lack it.

    Raises IndexStaleError where the encoder is not the one that made them.
    """
    encoder = opening.models.multilingual
    there = holds_multilingual(opening.manifest) and opening.stages.multilingual
    if encoder is None or not there:
        return None
    check_encoder(opening.manifest, MULTILINGUAL, encoder)
    languages = encoder.languages
    return EncodedSearcher(
        *open_tables(opening, MULTILINGUAL),
        encoder,
        SignalFacts(MULTILINGUAL, "passages", languages, shown=MULTILINGUAL),
        SignalFacts(f"{MULTILINGUAL} sentence", "sentences", languages),
    )


def holds_multilingual(manifest: Manifest) -> bool:
    """Whether a version has vectors of that encoder."""
    return MULTILINGUAL in manifest.vectors
