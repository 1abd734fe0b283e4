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
        main([] if home is None else [str(tmp_path / home)])
    assert (PACKAGED / CALIBRATION_FILE).read_bytes() == before


def test_asked_for_help_the_command_says_what_it_takes_and_fits_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.tools.calibration.command.calibrate", None)
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert not caught.value.code
    assert "data folder with an index" in " ".join(capsys.readouterr().out.split())
