"""A small library of its own making: an essay that cites a report, a law and a lost text."""

import json
from pathlib import Path
from typing import Any

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from qa.answering.engine import Engine
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "reed2019": (
        "# Bees of the meadow\n\n"
        "## Honey\n\n"
        "Bees of the northern meadow make honey in 12 wooden hives each summer (Moss, 2015).\n\n"
        "## Shade\n\n"
        "Wasps build paper nests under old roofs (Stone, 2016).\n\n"
        "## Feeding\n\n"
        "Keepers feed the bees sugar in 7 cold winters (Moss, 2015)."
    ),
    "moss2015": (
        "# Counting hives\n\n"
        "Bees of the northern meadow make honey in 12 wooden hives each summer.\n\n"
        "Nobody counted anything else."
    ),
    "ley2014": "# Ley\n\nArtículo 1. Las abejas del prado hacen miel en verano.",
}
_RECORDS: dict[str, dict[str, Any]] = {
    "reed2019": {"type": "post-weblog", "title": "Bees of the meadow", "family": "Reed"},
    "moss2015": {"type": "report", "title": "Counting hives", "family": "Moss"},
    "ley2014": {"type": "legislation", "title": "Ley de abejas", "family": "Prado"},
    "stone2016": {"type": "book", "title": "Wasps", "family": "Stone"},
}


def open_meadow(folder: Path, *, threshold: float = 0.0) -> Engine:
    """An engine on the meadow under the toy encoder; `threshold` 0 answers everything."""
    packaged = write_library(folder / "packaged", TEXTS)
    records = []
    for key, given in _RECORDS.items():
        record = {
            "id": key,
            "type": given["type"],
            "title": given["title"],
            "author": [{"family": given["family"], "given": "Ann"}],
            "issued": {"date-parts": [[int(key[-4:])]]},
            "language": "es" if key == "ley2014" else "en",
            "URL": f"https://meadow.example/{key}",
        }
        records.append(record)
    (packaged / "sources.json").write_text(json.dumps(records))
    settings = Settings(
        home=folder / "home",
        threshold=threshold,
        passages=PassageSettings(min_words=1, max_words=30),
    )
    build(settings, ToyEncoder(), packaged=packaged)
    return Engine.open(settings, ToyEncoder())
