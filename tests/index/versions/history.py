"""Two versions of a small library, for tests of what is done with them."""

import shutil
from pathlib import Path

from corpus.settings import Settings
from index.build.build import build
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "alpha": "# Alpha\n\nThe red fox runs. It sleeps at night.",
    "beta": "# Beta\n\nThe cat sat on the mat. Nobody saw the cat.",
    "gamma": "# Gamma\n\nGulls cry over the sea.",
}


SECOND = {
    "alpha": "# Alpha\n\nThe red fox runs. It sleeps at noon.",
    "beta": TEXTS["beta"],
    "delta": "# Delta\n\nDeer graze.",
}


def rebuild(settings: Settings, texts: dict[str, str]) -> str:
    library = settings.home.parent / "packaged"
    shutil.rmtree(library, ignore_errors=True)
    write_library(library, texts)
    return build(settings, ToyEncoder(), packaged=library).version


def edition(n: int) -> dict[str, str]:
    return {"alpha": f"# Alpha\n\nThe fox runs {n} times."}


def flip_a_bit(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-3] ^= 1
    path.write_bytes(raw)
