"""How build and search grow: `make growth` writes the table and the drawing of docs/benchmarks.md.

Synthetic texts and a fast toy encoder of 384 numbers, so that what is measured is all but the
model. Every build and its searches run in a process of their own, whose peak memory is told.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.settings import KindRow, SearchKind, Settings, VectorSettings
from index.build.build import build
from index.manifest import MAIN_VECTORS, read_manifest
from index.models.encoder import Matrix
from index.models.known_languages import ENGLISH_ALONE
from index.search.search import Index
from index.versions.published import Versions
from qa.tools.growth_report import write_report

SIZES = (1_000, 10_000, 100_000)
KINDS: tuple[SearchKind, ...] = ("exact", "hnsw", "ivf")
_DIMENSION = 384
_PARAGRAPHS = 50  # a document; a paragraph is a passage of two sentences
_QUESTIONS = 300
_GLUE = "the of and to in a that is was for it with as on by this from are be not".split()


class FastEncoder:
    """The mean of fixed random vectors of the words of a text; what is often counts little."""

    name, fingerprint, dimension = "toy", "growth-1", _DIMENSION
    languages, cosine_range = ENGLISH_ALONE, None

    def __init__(self) -> None:
        table = np.random.default_rng(0).standard_normal((1 << 15, _DIMENSION))
        self._table = (table / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32)
        self._glue = frozenset(_GLUE)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts that are searched. Shape: (texts, 384), float32."""
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Matrix:
        """Vector of a question. Shape: (384,), float32."""
        words = [word for word in text.lower().replace(".", " ").split() if word not in self._glue]
        rows = [zlib.crc32(word.encode()) & 0x7FFF for word in words] or [0]
        vector: Matrix = self._table[rows].sum(axis=0)
        length: Matrix = vector / np.linalg.norm(vector)
        return length


def write_texts(folder: Path, passages: int) -> None:
    """A library of as many passages, in documents of 50, each about topics of its own."""
    chance = random.Random(passages)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    vocabulary = ["".join(chance.choices(syllables, k=3)) for _ in range(20_000)]
    records = []
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(-(-passages // _PARAGRAPHS)):
        key = f"doc{number:05}"
        topic = chance.sample(vocabulary, 120)
        paragraphs = [
            _paragraph(chance, chance.sample(topic, 12), vocabulary)
            for _ in range(min(_PARAGRAPHS, passages - number * _PARAGRAPHS))
        ]
        (folder / f"{key}.md").write_text("# About\n\n" + "\n\n".join(paragraphs), "utf-8")
        title = " ".join(topic[:4])
        records.append({"id": key, "type": "report", "title": title, "language": "en"})
    (folder / "sources.json").write_text(json.dumps(records), encoding="utf-8")


def _paragraph(chance: random.Random, topic: list[str], vocabulary: list[str]) -> str:
    return " ".join(_sentence(chance, topic, vocabulary) for _ in range(2))


def _sentence(chance: random.Random, topic: list[str], vocabulary: list[str]) -> str:
    words = [
        chance.choice(_GLUE if draw < 0.45 else topic if draw < 0.8 else vocabulary)
        for draw in (chance.random() for _ in range(18))
    ]
    return " ".join(words).capitalize() + "."


def measure(folder: Path, kind: SearchKind) -> dict[str, Any]:
    """Build the library in `folder` with one kind of search, then search it.

    Where a version is there, its vectors are reused and `encoded` is 0.
    """
    table = VectorSettings(kinds=(KindRow(kind=kind),))
    settings = Settings(home=folder / "home", vectors=table)
    started = time.perf_counter()
    report = build(settings, FastEncoder(), packaged=folder / "library")
    seconds = time.perf_counter() - started
    peak = _peak_mb()
    path = Versions(settings.home).path(report.version)
    manifest = read_manifest(path)
    fast = manifest.vectors[MAIN_VECTORS].passages.approximate
    times = _search(settings, folder / "library")
    return {
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "kind": kind,
        "encoded": report.encoded,
        "build_s": seconds,
        "peak_mb": peak,
        "disk_mb": manifest.size / 1e6,
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
        "recall": fast.recall if fast else None if kind != "exact" else 1.0,
        "effort": fast.effort if fast else None,
    }


def _peak_mb() -> float:
    """Peak memory of this process alone; ru_maxrss begins with that of the process before exec."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _search(settings: Settings, library: Path) -> list[float]:
    """Milliseconds of each of 300 questions, after twenty uncounted: words out of sentences."""
    chance = random.Random(1)
    files = sorted(library.glob("*.md"))
    questions = []
    for _ in range(_QUESTIONS + 20):
        words = chance.choice(chance.choice(files).read_text("utf-8").split("\n\n")[1:]).split()
        start = chance.randrange(len(words) - 8)
        questions.append(" ".join(words[start : start + 8]))
    index = Index.open(settings, FastEncoder())
    times = []
    for question in questions:
        started = time.perf_counter()
        index.candidates(question, 10)
        times.append(1000 * (time.perf_counter() - started))
    index.close()
    return times[20:]


def main(arguments: list[str]) -> int:
    """Measure all sizes, or those given, and write the report."""
    if arguments[:1] == ["one"]:
        folder, kind = arguments[1:]
        found = next(one for one in KINDS if one == kind)
        sys.stdout.write(json.dumps(measure(Path(folder), found)) + "\n")
        return 0
    rows = []
    for passages in [int(size) for size in arguments] or SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            write_texts(Path(temporary) / "library", passages)
            for kind in KINDS:
                command = [sys.executable, "-m", __spec__.name, "one", temporary, kind]
                done = subprocess.run(  # noqa: S603
                    command, check=True, stdout=subprocess.PIPE, text=True
                )
                rows.append(json.loads(done.stdout))
                sys.stderr.write(f"{rows[-1]}\n")
    write_report(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
