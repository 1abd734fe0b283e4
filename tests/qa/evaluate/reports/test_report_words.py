"""The words of reports: each name of a figure has them, in the language of the reader."""

from typing import get_args

from corpus.wording import Message, wording
from qa.evaluate.data.gold import SPLITS, QuestionKind
from qa.evaluate.measures.answers import ANSWER_MEASURES
from qa.evaluate.measures.cases import TOGETHER, Case
from qa.evaluate.measures.costs import COSTS
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.evaluate.measures.rankings import RANKING
from qa.evaluate.reports.pages import run_facts
from qa.evaluate.reports.plots import plots
from qa.evaluate.reports.tables import tables

GROUPS = ("all", "article", "library", "follow-ups", "library follow-ups")
NAMES = {
    "report.data": tuple(f"gold, part {one}" for one in SPLITS),
    "report.group": (*GROUPS, *get_args(QuestionKind)),
    "report.cost": COSTS,
    "report.measure": (
        *map(str, RANKING),
        *(f"passage {one}" for one in RANKING),
        *ANSWER_MEASURES,
        *TOGETHER,
    ),
}


def _evaluation() -> Evaluation:
    """Two set-ups, every group and kind, every measure of an answer."""
    shown = "first quotation|one of three|exact match|token F1|exact slices|right decision"
    shown += "".join(
        f"|{of} {what}"
        for of in ("source", "pinpoint", "reference")
        for what in ("precision", "recall")
    )
    names = [*map(str, RANKING), *(f"passage {one}" for one in RANKING), *shown.split("|")]
    groups = ("article", "library", "follow-ups", "library follow-ups", "English on Spanish")
    cases = tuple(
        Case(
            id=f"q{number}",
            group=groups[number % len(groups)],
            kind=kind,
            answerable=True,
            scores=dict.fromkeys(names, number % 2),
            milliseconds=10.0,
            certainty="sure",
            right=bool(number % 2),
            confidence=0.5,
        )
        for number, kind in enumerate(get_args(QuestionKind))
    )
    outcomes = tuple(Outcome(name, "all", cases, index_version="v") for name in ("1", "2"))
    return Evaluation("gold, part measure", 6, outcomes, (Message("a file"),))


def test_each_group_measure_and_cost_has_words() -> None:
    words = wording("es").words
    for kind, names in NAMES.items():
        assert [name for name in names if f"{kind}.{name}" not in words] == []


def test_a_report_speaks_the_language_of_its_reader() -> None:
    found, spanish = _evaluation(), wording("es")
    assert next(iter(run_facts(found, spanish))).startswith("Documentos: 6.")
    assert "milisegundos" in list(plots(found, spanish))[-1][1]
    shown = list(tables(found, spanish))
    assert shown[0].title == "preguntas etiquetadas, parte para medir, configuración 1"
    assert shown[0].heads[:2] == ("medida", "artículo (4 + 0)")
    assert shown[0].rows[0][0] == "nDCG@10"
    assert "primera cita" in [row[0] for row in shown[0].rows]


def test_without_a_language_a_report_is_in_english() -> None:
    found = _evaluation()
    assert "milliseconds" in list(plots(found))[-1][1]
    assert list(run_facts(found))[-1] == "Left out: a file."
