"""The signal of the main encoder: cosines of passages."""

from index.manifest import MAIN_VECTORS
from index.search.signals.encoded import EncodedSearcher, check_encoder
from index.search.signals.signal import Opening, SignalFacts


def open_dense(opening: Opening) -> EncodedSearcher:
    """The signal of the main vectors, which every version has.

    It is computed where its stage is left out, too, and then ranks nothing: the confidence is
    computed from it. Raises IndexStaleError where another encoder made the vectors.
    """
    encoder, counted = opening.models.main, opening.stages.dense
    check_encoder(opening.manifest, MAIN_VECTORS, encoder)
    facts = SignalFacts("dense", "passages", encoder.languages, counted, shown="dense")
    return EncodedSearcher.opened(opening, MAIN_VECTORS, encoder, facts)
