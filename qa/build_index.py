"""A build with the encoder that settings, index or default name."""

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.settings import Settings
from index.build import BuildReport, build
from index.encoder import DEFAULT_ENCODER, load_encoder
from index.manifest import read_manifest
from index.progress import Progress
from index.search import stamps_file
from index.versions import Versions


def build_index(settings: Settings, progress: Progress) -> BuildReport:
    """Build with the model of the settings, else of the version in use, else the default."""
    progress("loading the model", 0, 1)
    encoder = load_encoder(settings.encoder or _model_in_use(settings), stamps_file(settings))
    return build(settings, encoder, progress)


def _model_in_use(settings: Settings) -> str:
    versions = Versions(settings.home)
    try:
        return read_manifest(versions.path(versions.current())).model.name
    except (IndexMissingError, IndexDamagedError):
        return DEFAULT_ENCODER
