"""An evaluation as Markdown, and as a page of HTML that needs nothing from outside."""

from collections.abc import Iterator
from html import escape

from corpus.wording import Wording
from index.search.weights import WEIGHTS
from qa.evaluate.measures.evaluation import Evaluation
from qa.evaluate.measures.intervals import RESAMPLES, RESAMPLES_OF_ALL, RESAMPLING_SEED
from qa.evaluate.reports.tables import ENGLISH_WORDING, Rows, tables


def markdown(evaluation: Evaluation) -> str:
    """The tables in Markdown, with data, machine and what was left out."""
    lines = [f"# {_cell(evaluation.data)}", ""]
    lines += [f"{_cell(line)}  " for line in run_facts(evaluation)]
    for one in tables(evaluation):
        lines += ["", f"## {_cell(one.title)}", "", _row(one.heads)]
        lines.append("|---|" + "---:|" * (len(one.heads) - 1))
        lines += map(_row, one.rows)
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return escape(" ".join(text.split()), quote=False).replace("|", "\\|")


def run_facts(evaluation: Evaluation, texts: Wording = ENGLISH_WORDING) -> Iterator[str]:
    """What was asked, where and how long, a line each."""
    yield texts("report.documents", documents=evaluation.documents, seconds=evaluation.seconds)
    yield texts("report.machine", machine=evaluation.machine)
    for one in evaluation.outcomes:
        yield texts(
            "report.setup-facts",
            name=one.setup,
            stages=one.stages,
            model=one.model,
            version=one.index_version,
            n=len(one.cases),
        )
    yield texts(
        "report.intervals",
        seed=RESAMPLING_SEED,
        means=RESAMPLES,
        others=RESAMPLES_OF_ALL,
        depth=WEIGHTS.looked_at,
    )
    for line in evaluation.left_out:
        yield texts("report.left-out", what=line)


def html(evaluation: Evaluation) -> str:
    """The page: facts, tables and plots, readable in light and dark."""
    from qa.evaluate.reports.plots import plots  # noqa: PLC0415

    parts = [f"<h1>{escape(evaluation.data)}</h1>"]
    parts += [f"<p>{escape(line)}</p>" for line in run_facts(evaluation)]
    parts += [
        f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"
        for caption, svg in plots(evaluation)
    ]
    parts += (f'<div class="wide">{table(one)}</div>' for one in tables(evaluation))
    return _PAGE.format(title=escape(evaluation.data), style=_STYLE, body="\n".join(parts))


def table(rows: Rows) -> str:
    """A table of HTML, with a head for each column and row."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in rows.heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows.rows
    )
    return (
        f"<table><caption>{escape(rows.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


_STYLE = """
:root { color-scheme: light dark; --ground: #fdfcf9; --ink: #1f1d1a; --line: #c9c4b8; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17191c; --ink: #e8e4da; --line: #4a4d52; }
}
body { background: var(--ground); color: var(--ink); font: 16px/1.5 Georgia, serif;
  max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; }
p { margin: .3rem 0; max-width: 45rem; }
figure { display: inline-block; width: min(33rem, 100%); margin: 1rem .5rem 1rem 0;
  vertical-align: top; }
figure svg { width: 100%; height: auto; }
figcaption { font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: .3rem; }
th, td { padding: .15rem .7rem .15rem 0; text-align: right; vertical-align: top;
  border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; font-weight: normal; white-space: nowrap; }
thead th, thead th:first-child { font-weight: bold; }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
