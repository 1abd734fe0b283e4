"""A small library of animals and labelled questions on it."""

import json
import shutil
from pathlib import Path

from corpus.settings import Settings
from index.build.build import BuildReport, build
from index.build.work import Options
from qa.evaluate.runs.gate import Gate
from tests.toys import ToyEncoder, write_library

ANIMALS = {"fox": "runs", "cat": "sleeps", "gull": "cries", "deer": "grazes", "bee": "hums",
           "owl": "hoots"}  # fmt: skip


TEXTS = {name: f"# About\n\nThe {name} {verb} all day." for name, verb in ANIMALS.items()}


def gold_file(folder: Path) -> Path:
    rows = [
        {
            "id": f"q{n}",
            "question": f"What about the {name}, which {verb}?",
            "kind": "fact",
            "split": "measure",
            "answers": [
                {"source": name, "pinpoint": "para. 1", "phrase": f"{name} {verb} all day"}
            ],
        }
        for n, (name, verb) in enumerate(ANIMALS.items())
    ]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def replace_texts(settings: Settings, texts: dict[str, str]) -> None:
    library = settings.home.parent / "packaged"
    shutil.rmtree(library)
    write_library(library, texts)


def rebuild(settings: Settings, gate: Gate | None = None) -> BuildReport:
    library = settings.home.parent / "packaged"
    return build(settings, ToyEncoder(), packaged=library, options=Options(gate=gate))
