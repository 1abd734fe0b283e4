"""Whether the settings ask for the index that is there."""

from corpus.errors import IndexStaleError
from corpus.settings import PassageSettings, Settings
from corpus.wording import Message
from index.manifest import Manifest


def check_settings(manifest: Manifest, settings: Settings) -> None:
    """Raises IndexStaleError, which names what differs, where they ask for another index."""
    if settings.encoder not in {None, manifest.model.name}:
        raise IndexStaleError(
            "index.other-model",
            version=manifest.id,
            model=manifest.model.name,
            named=settings.encoder,
        )
    differences = _differences(manifest.settings, settings.passages)
    if differences:
        raise IndexStaleError("index.other-settings", version=manifest.id, differences=differences)


def _differences(made: PassageSettings, asked: PassageSettings) -> tuple[Message, ...]:
    """Each setting with another value than that which the passages were made with."""
    old, new = made.model_dump(), asked.model_dump()
    return tuple(
        Message.of("index.other-setting", name=name, old=old[name], new=new[name])
        for name in old
        if old[name] != new[name]
    )
