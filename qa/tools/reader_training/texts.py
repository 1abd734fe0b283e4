"""Bring the texts that the reader learns from into a data folder, and index them.

`python -m qa.tools.reader_training.texts HOME TEXTS`: `TEXTS` is a folder with the cited sources,
named by their keys, and `extra/` with those that `corpus/library/training/texts.toml` lists.
"""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.settings import Settings, load_settings
from corpus.sources.library import PACKAGED, Library
from corpus.sources.user_library import import_folder
from qa.cli.console import errors
from qa.cli.main import run
from qa.cli.progress import build_progress
from qa.library.add import add_file
from qa.library.indexing import build_index

TEXTS = PACKAGED / "training" / "texts.toml"
EXTRA = "extra"


def listed() -> dict[str, dict[str, Any]]:
    """By key of the source: `file`, `title`, `type` and `year`."""
    with TEXTS.open("rb") as file:
        return tomllib.load(file)


def add_texts(settings: Settings, texts: Path) -> None:
    """Bring the cited sources and the listed texts of a folder into the library, once."""
    import_folder(texts, Library.of(settings))
    there = Library.of(settings).files
    for key, one in listed().items():
        if key in there:
            continue
        issued = {"date-parts": [[one["year"]]]}
        record = {"id": key, "type": one["type"], "title": one["title"], "language": "en"}
        add_file(settings, texts / EXTRA / one["file"], record | {"issued": issued})


def main(arguments: Sequence[str]) -> None:
    """Add the texts and build the index."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="data folder, new or there")
    parser.add_argument("texts", type=Path, help="folder with the texts")
    given = parser.parse_args(arguments)
    settings = load_settings(given.home)
    add_texts(settings, given.texts)
    with build_progress(errors()) as progress:
        build_index(settings, progress=progress)


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
