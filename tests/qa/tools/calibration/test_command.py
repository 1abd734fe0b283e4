"""What `make calibrate` does from the first step to the file."""

from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from corpus.sources.library import CALIBRATION_FILE, PACKAGED
from qa.tools.calibration.command import main


@pytest.mark.parametrize("home", [None, "home"])
def test_nothing_is_fitted_where_the_bundled_reader_should_be_there_and_is_not(
    home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr("qa.tools.calibration.command.build_index", None)
    before = (PACKAGED / CALIBRATION_FILE).read_bytes()
    with pytest.raises(EvaluationError, match="reader cannot be had"):
        main(None if home is None else tmp_path / home)
    assert (PACKAGED / CALIBRATION_FILE).read_bytes() == before
