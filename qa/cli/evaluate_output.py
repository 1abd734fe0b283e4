"""What the commands of `footnote evaluate` print, write and exit with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corpus.errors import EvaluationError
from qa.cli import console
from qa.cli.progress import build_progress

if TYPE_CHECKING:
    from index.build.progress import Progress
    from qa.evaluate.measures.evaluation import Evaluation
    from qa.evaluate.reports.thresholds import Limit
    from qa.evaluate.runs.rows import CaseRows


@dataclass(frozen=True)
class OutputOptions:
    """Where results go and what they must hold."""

    as_json: bool = False
    markdown: Path | None = None
    html: Path | None = None
    fail_under: Sequence[str] = ()
    no_worse_than: Path | None = None
    gate: Path | None = None

    def limits(self) -> "list[Limit]":
        """The limits of `--fail-under`; all is read first, so that a wrong one costs no run."""
        from qa.evaluate.reports.thresholds import parsed, read_earlier  # noqa: PLC0415

        for path in (self.markdown, self.html):
            if path is not None and not path.absolute().parent.is_dir():
                raise EvaluationError("evaluate.no-folder", path=path)
        if self.no_worse_than is not None:
            read_earlier(self.no_worse_than)
        return [parsed(one) for one in self.fail_under]


@contextmanager
def recording(path: Path | None) -> "Iterator[tuple[CaseRows, Progress]]":
    """The rows of a run and what tells how far it is; rows of other runs are told of at the end."""
    from qa.evaluate.runs.rows import CaseRows  # noqa: PLC0415

    err = console.errors()
    with CaseRows(path) as rows, build_progress(err) as progress:
        yield rows, progress
        if rows.others:
            err.print(
                f"{path}: {rows.others:,} rows of other runs (other data, index, program or "
                "set-up) were not used",
                markup=False,
                soft_wrap=True,
            )


def finish(evaluation: "Evaluation", wanted: OutputOptions, limits: "Sequence[Limit]") -> None:
    """Print and write the evaluation; exit with 1 where it does not hold what it must."""
    from qa.evaluate.measures.evaluation import to_json  # noqa: PLC0415
    from qa.evaluate.reports.pages import html, markdown  # noqa: PLC0415
    from qa.evaluate.reports.tables import rich_table, tables  # noqa: PLC0415

    if wanted.as_json:
        console.print_json(to_json(evaluation))
    else:
        for one in tables(evaluation):
            console.output().print(rich_table(one))
        for what in evaluation.left_out:
            console.output().print(f"left out: {what}", markup=False, soft_wrap=True)
    if wanted.markdown is not None:
        _write(wanted.markdown, markdown(evaluation))
    if wanted.html is not None:
        _write(wanted.html, html(evaluation))
    broken = _broken(evaluation, wanted, limits)
    for line in broken:
        console.errors().print(f"does not hold: {line}", markup=False, soft_wrap=True)
    if broken:
        raise typer.Exit(1)


def _broken(
    evaluation: "Evaluation", wanted: OutputOptions, limits: "Sequence[Limit]"
) -> list[str]:
    from qa.evaluate.reports.thresholds import held, read_thresholds, worse  # noqa: PLC0415

    broken = list(held(evaluation, limits).broken)
    if wanted.gate is not None:
        found = held(evaluation, read_thresholds(wanted.gate), all_asked=False)
        for line in found.unasked:
            console.errors().print(line, markup=False, soft_wrap=True)
        broken += found.broken
    if wanted.no_worse_than is not None:
        broken += worse(evaluation, wanted.no_worse_than)
    return broken


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvaluationError("evaluate.not-written", path=path, reason=error.strerror) from None
