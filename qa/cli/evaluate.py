"""`footnote evaluate`: how well questions are answered, measured on labelled data."""

import typer

from qa.cli.evaluate_data_sets import evaluate_beir, evaluate_squad
from qa.cli.evaluate_gold import evaluate_gold

app = typer.Typer(
    name="evaluate", help="Measure on labelled data.", no_args_is_help=True, add_completion=False
)
app.command(
    "gold",
    epilog="Example: `footnote evaluate gold --stages all --stages lexical --html report.html`",
)(evaluate_gold)
app.command(
    "beir",
    epilog="Example: `footnote evaluate beir scifact --split train --stages lexical --stages all`",
)(evaluate_beir)
app.command(
    "squad",
    epilog="Example: `footnote evaluate squad xquad.en.json --corpus xquad.es.json --language es`",
)(evaluate_squad)
