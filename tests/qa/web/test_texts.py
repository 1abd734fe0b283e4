"""The words of the page: both languages say the same things."""

import re
from typing import get_args

import pytest

from corpus.wording import wording
from qa.evaluate.data.gold import Kind
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.evaluate.measures.rankings import RANKING
from qa.evaluate.reports.pages import facts
from qa.evaluate.reports.plots import plots
from qa.evaluate.reports.tables import tables
from qa.web.report_words import _spanish, reported
from qa.web.texts import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de,es;q=0.5,en;q=0.4", "es"),
        ("en;q=0.2, ES-419;q=0.7", "es"),
        ("es;q=0, en", "en"),
        ("es;q=0", "en"),
        ("fr", "en"),
        ("es;q=x,en", "en"),
        (",;,=;", "en"),
    ],
)
def test_the_first_language_that_the_page_speaks_is_taken(
    header: str | None, language: str
) -> None:
    assert preferred(header).language == language


def test_numbers_and_lists_are_put_into_words() -> None:
    texts = wording("es")
    assert texts.count("sources", 1) == "1 fuente"
    assert texts.count("sources", 3) == "3 fuentes"
    assert texts.joined(["a", "b", "c"], "or") == "a, b o c"
    assert texts.joined(["a"], "or") == "a"
    assert texts.named("type", "treaty") == "Tratado"
    assert texts.named("type", "motion_picture") == "motion_picture"


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
            answered=True,
            right=bool(number % 2),
            confidence=0.5,
        )
        for number, kind in enumerate(get_args(Kind))
    )
    outcomes = tuple(Outcome(name, "all", cases, index_version="v") for name in ("1", "2"))
    return Evaluation("gold, half measure", 6, outcomes, ("a file",))


def test_all_that_a_report_says_has_its_spanish_words_with_the_same_values() -> None:
    said: list[str] = []

    def hear(words: str) -> str:
        said.append(words)
        return words

    found = _evaluation()
    list(plots(found, hear))
    list(tables(found, hear))
    list(facts(found, hear))
    spanish = _spanish()
    assert len(said) > 100
    assert sorted(set(said) - spanish.keys()) == []
    for english, words in spanish.items():
        assert re.findall(r"{[^}]+}", english) == re.findall(r"{[^}]+}", words), english


def test_a_report_speaks_the_language_of_the_page() -> None:
    spanish = reported(wording("es"))
    assert next(iter(facts(_evaluation(), spanish))).startswith("Documentos: 6.")
    assert "milisegundos" in list(plots(_evaluation(), spanish))[-1][1]
    assert reported(wording("en"))("milliseconds") == "milliseconds"
