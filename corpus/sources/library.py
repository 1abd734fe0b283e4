"""A library: the records and texts of its folders, and the data files that are true of it alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from corpus.errors import LibraryError
from corpus.settings import Settings
from corpus.sources.glossary import GLOSSARY_FILE, THESAURUS_FILE, Glossary, Thesaurus
from corpus.sources.library_file import LIBRARY_FILE, GoldFile, LibraryFile, read_library_file
from corpus.sources.registry import REGISTRY_FILE, Source, leads_out, preference, read_registry
from corpus.text.documents import Document
from corpus.wording import Message

PACKAGED = Path(__file__).parents[1] / "library"
"""The library that comes with Footnote."""
GOLD_FOLDER = "gold"
TRAINING_FOLDER = "training"
THRESHOLDS_FILE = "thresholds.toml"
CALIBRATION_FILE = "calibration.json"
_NO_SOURCES = frozenset({"readme"})
"""Stems of files that tell about a library; nobody means them as a text of it."""


@dataclass(frozen=True)
class Library:
    """The folders of a library; of records and files of one name that of the last folder counts.

    What is read is kept: after a change a new object is made.
    """

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, settings: Settings, packaged: Path | None = None) -> Self:
        """The library of a data folder: that of the user, on the packaged one unless it is off.

        `packaged` is another folder in the place of the library that comes with Footnote.
        """
        first = packaged or (PACKAGED if settings.packaged else None)
        return cls((settings.library,) if first is None else (first, settings.library))

    @property
    def own(self) -> Path:
        """The last folder: that of the user, which is the only one that is written to."""
        return self.folders[-1]

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources of all folders, in order of their keys.

        The folder that comes with Footnote needs a `sources.json`, others do not. Raises
        LibraryError as `read_registry` does.
        """
        found: dict[str, Source] = {}
        for folder in self.folders:
            path = folder / REGISTRY_FILE
            if folder == PACKAGED or not _missing(path):
                found |= read_registry(path)
        return dict(sorted(found.items()))

    @property
    def files(self) -> dict[str, Path]:
        """The text file of each source that has one, by key.

        A file belongs to the source whose key is its stem. A later folder's file wins; of two in
        one folder the one that `preference` puts first.
        """
        return self._texts[0]

    @property
    def problems(self) -> tuple[Message, ...]:
        """A line for each file that is left out.

        Those are files of no source, second files of a key, files of a source in a format that has
        no reader, and links that lead out of a folder of the user.
        """
        return self._texts[1]

    def read(self, key: str) -> Document:
        """The document of a source that has a file. Raises DocumentError if it cannot be read."""
        from corpus.readers import read_document  # noqa: PLC0415

        return read_document(key, self.files[key], self.sources[key].language)

    def data_file(self, name: str) -> Path | None:
        """The last folder's file of that name, such as `glossary.tsv`; None where there is none."""
        found = [folder / name for folder in self.folders if not _missing(folder / name)]
        return found[-1] if found else None

    @cached_property
    def file(self) -> LibraryFile:
        """What `library.toml` says. Raises LibraryError where that cannot be used."""
        return read_library_file(self.data_file(LIBRARY_FILE))

    @property
    def base(self) -> "Library":
        """The folders up to the one whose `library.toml` counts: what that file speaks of."""
        path = self.data_file(LIBRARY_FILE)
        if path is None:
            return self
        return Library(self.folders[: self.folders.index(path.parent) + 1])

    def examples(self, language: str) -> tuple[str, ...]:
        """Questions to begin with in a language, else in the first that has some."""
        found = self.file.examples
        return found.get(language) or next(iter(found.values()), ())

    @cached_property
    def glossary(self) -> Glossary:
        """Terms of the field in English and Spanish; empty where there is no `glossary.tsv`."""
        return Glossary.read(self.data_file(GLOSSARY_FILE))

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """What texts say for words of questions; empty where there is no `thesaurus.tsv`."""
        return Thesaurus.read(self.data_file(THESAURUS_FILE))

    @cached_property
    def gold_home(self) -> Path | None:
        """The last folder that has labelled questions: files `*.jsonl` in its folder `gold`."""
        found = [one for one in self.folders if any((one / GOLD_FOLDER).glob("*.jsonl"))]
        return found[-1] if found else None

    @cached_property
    def gold(self) -> tuple[tuple[Path, GoldFile], ...]:
        """The files of labelled questions with what `library.toml` beside them says of each.

        Where that says nothing, all files in order of their names, each a group of its own.
        """
        home = self.gold_home
        if home is None:
            return ()
        told = home / LIBRARY_FILE
        described = read_library_file(None if _missing(told) else told).gold or tuple(
            GoldFile(file=path.name, group=path.stem)
            for path in sorted((home / GOLD_FOLDER).glob("*.jsonl"))
        )
        return tuple((home / GOLD_FOLDER / one.file, one) for one in described)

    @property
    def thresholds(self) -> Path | None:
        """The file of what an evaluation must reach, beside the labelled questions."""
        path = None if self.gold_home is None else self.gold_home / THRESHOLDS_FILE
        return None if path is None or _missing(path) else path

    @property
    def calibration(self) -> Path | None:
        """The file of the confidence fitted on labelled questions of this library."""
        return self.data_file(CALIBRATION_FILE)

    @cached_property
    def places(self) -> tuple[frozenset[str], ...]:
        """The words that name each state, in lower case without accents."""
        return tuple(state.words for state in self.file.states)

    def states_in(self, text: str) -> frozenset[str]:
        """The states that a text names, in lower case, as records of laws name them."""
        return frozenset(one.name.casefold() for one in self.file.states if one.named_in(text))

    @cached_property
    def _texts(self) -> tuple[dict[str, Path], tuple[Message, ...]]:
        files: dict[str, Path] = {}
        problems: list[Message] = []
        for folder in self.folders:
            here, left_out = texts_in(folder, self.sources)
            files |= here
            problems += left_out
        return dict(sorted(files.items())), tuple(problems)


NO_LIBRARY = Library(())
"""No folders: nothing is known, and all rules that need data are off."""


def suffixes() -> frozenset[str]:
    """The endings of files that can be read, in lower case with their dot."""
    # What reads files takes a second to load, which not every command needs.
    from corpus.readers import READERS  # noqa: PLC0415

    return frozenset(READERS)


def texts_in(folder: Path, keys: Collection[str]) -> tuple[dict[str, Path], tuple[Message, ...]]:
    """The text files of one folder by key, and a line for each file left out."""
    files: dict[str, Path] = {}
    problems: list[Message] = []
    for path in sorted(_candidates(folder, keys), key=preference):
        problem = _problem(path, folder, keys, files)
        if problem is None:
            files[path.stem] = path
        else:
            problems.append(Message.of("library.stray", path=path, problem=problem))
    return files, tuple(problems)


def _problem(
    path: Path, folder: Path, keys: Collection[str], taken: Mapping[str, Path]
) -> Message | None:
    key = path.stem
    if key not in keys:
        return Message.of("library.no-record", key=key, registry=folder / REGISTRY_FILE)
    if path.suffix.lower() not in suffixes():
        return Message.of("library.no-reader", suffix=path.suffix, known=sorted(suffixes()))
    # An installation may link its own files from elsewhere; a folder of the user must hold them.
    if folder != PACKAGED and leads_out(path, folder):
        return Message.of("library.link-out")
    if key in taken:
        return Message.of("library.taken", name=taken[key].name, key=key)
    return None


def _candidates(folder: Path, keys: Collection[str]) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if path.is_file() or path.is_symlink()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError("library.folder-closed", folder=folder, reason=error.strerror) from None
    shown = [path for path in files if not _hidden(path)]
    return [path for path in shown if path.suffix.lower() in suffixes() or path.stem in keys]


def _missing(path: Path) -> bool:
    # Path.exists raises where a folder is closed to us; reading the file will say so better.
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.stem.lower() in _NO_SOURCES
