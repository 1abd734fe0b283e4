"""A build with the encoder that settings, index or default name."""

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.settings import Settings
from corpus.wording import Message
from index.build.build import BuildReport, build, plan_build
from index.build.extra_files import options_for
from index.build.plan import Plan
from index.build.progress import Progress, silent
from index.build.work import Options
from index.manifest import read_manifest
from index.models.encoder import DEFAULT_ENCODER
from index.models.models import Models, load_models
from index.versions.published import Versions


def build_index(
    settings: Settings, progress: Progress = silent, options: Options | None = None
) -> BuildReport:
    """Build with the model of the settings, else of the version in use, else the default."""
    models = _models(settings, progress)
    options = options_for(settings, models, options)
    return build(settings, models.main, progress, options=options)


def plan_index(
    settings: Settings, progress: Progress = silent, options: Options | None = None
) -> tuple[Plan, tuple[Message, ...]]:
    """The plan of such a build and the problems it would report; nothing is changed."""
    models = _models(settings, progress)
    return plan_build(settings, models.main, options=options_for(settings, models, options))


def model_in_use(settings: Settings) -> str:
    """The main model of the version in use.

    Raises IndexMissingError where there is none, IndexDamagedError where it cannot be read.
    """
    versions = Versions(settings.home)
    return read_manifest(versions.path(versions.current())).model.name


def _models(settings: Settings, progress: Progress) -> Models:
    progress(Message.of("step.models"), 0, 1)
    try:
        name = settings.encoder or model_in_use(settings)
    except (IndexMissingError, IndexDamagedError):
        name = DEFAULT_ENCODER
    return load_models(name, settings.checked_models)
