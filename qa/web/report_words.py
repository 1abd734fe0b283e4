"""The words of reports of evaluations in the language of the page; the reports are in English."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.wording import Wording
from qa.evaluate.reports.tables import Say

_TABLE = Path(__file__).parent / "report_words.tsv"


def reported(texts: Wording) -> Say:
    """What gives the words of a report in that language; words that are not known stay."""
    if texts.language == "en":
        return str
    words = _spanish()
    return lambda english: words.get(english, english)


@cache
def _spanish() -> Mapping[str, str]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["en"]: row["es"]
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
