"""The main encoder over passages and over their sentences."""

from index.manifest import MAIN_VECTORS
from index.search.signals.encoded import EncodedSearcher, check_encoder, open_tables
from index.search.signals.signal import Opening, SignalFacts


def open_dense(opening: Opening) -> EncodedSearcher:
    """The main vectors, which every version has.

    Stages that are left out are computed all the same and count nowhere: the confidence is told
    them. Raises IndexStaleError where the encoder is not the one that made the vectors.
    """
    encoder, stages = opening.models.main, opening.stages
    check_encoder(opening.manifest, MAIN_VECTORS, encoder)
    languages = encoder.languages
    return EncodedSearcher(
        *open_tables(opening, MAIN_VECTORS),
        encoder,
        SignalFacts("dense", "passages", languages, stages.dense, shown="dense"),
        SignalFacts("sentence", "sentences", languages, stages.sentence, shown="sentence"),
    )
