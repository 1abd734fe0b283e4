"""What `footnote evaluate` tells beside its results."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from qa.cli.evaluate_output import recording
from qa.evaluate.measures.cases import Case


def test_rows_of_other_runs_are_told_in_one_line_however_long_the_path_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / ("long-" * 20)
    folder.mkdir()
    path = folder / "rows.jsonl"
    case = Case("q1", "g", "fact", answerable=True, scores={}, milliseconds=1.0)
    path.write_text(json.dumps({"run": "another", "setup": "whole", **asdict(case)}) + "\n")
    with recording(path) as (rows, _):
        assert rows.of("this") == {}
    told = capsys.readouterr().err
    assert told.startswith(f"{path}: 1 rows of other runs (other data, index, program or set-up)")
    assert told.count("\n") == 1
