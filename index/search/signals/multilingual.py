"""The signal of the multilingual encoder: cosines of passages."""

from index.manifest import Manifest
from index.models.multilingual import MULTILINGUAL
from index.search.signals.encoded import EncodedSearcher, check_encoder
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
    facts = SignalFacts(MULTILINGUAL, "passages", encoder.languages, shown=MULTILINGUAL)
    return EncodedSearcher.opened(opening, MULTILINGUAL, encoder, facts)


def holds_multilingual(manifest: Manifest) -> bool:
    """Whether a version has vectors of that encoder."""
    return MULTILINGUAL in manifest.vectors
