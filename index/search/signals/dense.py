"""The signals of the main encoder: cosines of passages and of their sentences."""

from index.manifest import MAIN_VECTORS
from index.search.signals.encoded import EncodedSearcher, check_encoder, open_tables
from index.search.signals.signal import Opening, SignalFacts


def open_dense(opening: Opening) -> EncodedSearcher:
    """The signals of the main vectors, which every version has.

    They are computed where their stage is left out, too, and then rank nothing: the confidence is
    computed from them. Raises IndexStaleError where another encoder made the vectors.
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
