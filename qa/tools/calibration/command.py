"""Fit the confidence on labelled questions: `make calibrate` writes it beside them."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import FootnoteError
from corpus.settings import Settings, load_settings
from corpus.sources.library import CALIBRATION_FILE, Library
from qa.answering.confidence import UNFITTED, Calibration
from qa.answering.confidence_features import FEATURES
from qa.answering.engine import Engine
from qa.answering.reader import BUNDLED_READER
from qa.cli.console import errors
from qa.cli.progress import build_progress
from qa.evaluate.runs.gold import gold_of
from qa.evaluate.runs.shipped_reader import need_reader
from qa.library.indexing import build_index
from qa.tools.calibration.fitting import fit_parts
from qa.tools.calibration.observation import observed
from qa.tools.calibration.report import report_parts


def calibrate(home: Path | None = None) -> None:
    """Fit on a part of the questions, choose thresholds, measure each part; print that as JSON.

    Asked is the index of the data folder `home`, by default one of the packaged library, built
    aside. That of the packaged library with all its texts gives the calibration that is shipped.
    Raises EvaluationError where the library of that folder has no labelled questions, or the reader
    that ships cannot be had.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder)) if home is None else load_settings(home)
        opened = need_reader(settings)
        library = Library.of(settings)
        gold_of(library)
        if home is None:
            build_index(settings)
        engine = Engine.open(settings, fitted=UNFITTED, opened=opened)
        with build_progress(errors()) as progress:
            found = observed(engine, library, progress)
        engine.close()
    fitted = fit_parts(found, engine.models.main.name)
    target = (library.gold_home or library.own) / CALIBRATION_FILE
    _write(target, fitted, settings.reader or BUNDLED_READER)
    told = {"data": fitted.data, "threshold": fitted.threshold, "sure": fitted.sure}
    sys.stdout.write(json.dumps({**told, **report_parts(found, fitted)}, indent=2) + "\n")


def _write(target: Path, fitted: Calibration, reader: str) -> None:
    """Write the file that `calibration` reads; `reader` is the name of the one that read."""
    written: dict[str, object] = {
        "data": fitted.data,
        "model": fitted.model,
        "reader": reader,
        **_numbers(fitted),
    }
    if fitted.unread is not None:
        written["unread"] = _numbers(fitted.unread)
    target.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


def _numbers(fitted: Calibration) -> dict[str, object]:
    return {
        "weights": dict(zip(FEATURES, fitted.weights, strict=True)),
        "intercept": fitted.intercept,
        "means": dict(zip(FEATURES, fitted.means, strict=True)),
        "threshold": fitted.threshold,
        "sure": fitted.sure,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Calibrate on the folder that is named. Raises FootnoteError children as `calibrate` does."""
    parser = argparse.ArgumentParser("calibrate", description=__doc__)
    parser.add_argument(
        "data",
        type=Path,
        nargs="?",
        help="data folder with an index; without it the packaged library is indexed aside",
    )
    calibrate(parser.parse_args(arguments).data)


if __name__ == "__main__":
    try:
        main()
    except FootnoteError as error:
        sys.exit(f"calibrate: {error}")
