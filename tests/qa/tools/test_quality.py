"""`make quality`: figures written between the marks of a document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from index.search.stages import Stages
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.evaluate.runs.setups import read_setups
from qa.tools.quality import (
    ABLATIONS,
    BEGIN,
    DOCUMENT,
    END,
    bench_section,
    gold_section,
    main,
    write_between,
)


def _case(number: int, group: str, first: float, **more: object) -> Case:
    given = {"answerable": True, "certainty": "sure", "right": bool(first), "confidence": first}
    return Case(
        id=f"q{number}",
        group=group,
        kind="fact",
        scores={"first quotation": first, "R@1": first},
        milliseconds=10.0 * number,
        **{**given, **more},  # type: ignore[arg-type]
    )


def test_each_group_has_a_table_with_a_row_a_set_up() -> None:
    cases = (_case(1, "article", 1.0), _case(2, "article", 0.0), _case(3, "library", 1.0))
    found = Evaluation("gold", 6, (Outcome("all", "all", cases), Outcome("less", "-tokens", cases)))
    lines = list(gold_section(found))
    assert "*article*: 2 answerable, 0 not" in lines
    rows = [line for line in lines if line.startswith("| less | ")]
    assert len(rows) == 3  # article, library, all
    # Of 1 and 0 the mean is .5, and samples of two have means of 0 to 1; times are 10, 20, 30.
    assert rows[0].startswith("| less | 0.500 (0.00–1.00) |")
    assert rows[0].endswith("| 20 / 29 |")
    assert "| all | – | 0.667 (0.00–1.00) | – | 20 / 29 |" in list(bench_section("b", found))


def test_figures_stand_between_the_marks_and_the_rest_stays(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write_between(document, "new\n")
    write_between(document, "newer\n")
    assert document.read_text() == f"before\n{BEGIN}\nnewer\n{END}\nafter\n"
    document.write_text("no marks")
    with pytest.raises(LibraryError, match="no marks"):
        write_between(document, "new")
    assert document.read_text() == "no marks"


def test_the_document_has_marks_and_every_stage_is_left_out_once() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.index(BEGIN) < text.index(END)
    every = set(Stages().names)
    left_out = [every - set(Stages.named(one.stages).names) for one in read_setups(ABLATIONS)]
    assert {next(iter(one)) for one in left_out if len(one) == 1} == every


def test_nothing_is_measured_where_the_bundled_reader_should_be_there_and_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.answering.reader.READER_FOLDER", tmp_path / "nowhere")
    document = tmp_path / "quality.md"
    document.write_text(f"{BEGIN}\nold\n{END}\n")
    assert main([str(tmp_path / "home"), "--document", str(document)]) == 1
    assert "reader cannot be had" in " ".join(capsys.readouterr().err.split())
    assert "old" in document.read_text()


def test_what_was_measured_before_a_run_was_cut_off_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "quality.md"
    document.write_text(f"{BEGIN}\nold\n{END}\n", encoding="utf-8")

    def sections(*_: object) -> Iterator[Iterator[str]]:
        yield iter(["### One", "measured"])
        raise LibraryError("evaluate.no-canard", file="two")

    monkeypatch.setattr("qa.tools.quality._sections", sections)
    assert main([str(tmp_path), "--document", str(document)]) == 1
    assert document.read_text(encoding="utf-8") == f"{BEGIN}\n### One\nmeasured\n{END}\n"
