import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.settings import PassageSettings, Settings
from corpus.text.documents import Span
from corpus.text.numbers import numbers_of
from index.build.build import build
from qa.answering.claims import NO_TEXT, NONE_SUPPORTS, searched_claim, support
from qa.answering.engine import Engine
from tests.toys import ToyEncoder, plain_document, toy_source, write_library

CLAIM = "Mexico identified 740 victims (DOS, 2017) in 2016, and DOS (2017) calls this a decrease."


def _span(words: str) -> Span:
    start = CLAIM.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("references", "claim"),
    [
        ([], CLAIM.strip(".")),
        (
            ["(DOS, 2017)"],
            "Mexico identified 740 victims in 2016, and DOS (2017) calls this a decrease",
        ),
        (
            ["DOS (2017)", "(DOS, 2017)"],
            "Mexico identified 740 victims in 2016, and calls this a decrease",
        ),
        (
            ["(DOS, 2017)", "DOS, 2017"],
            "Mexico identified 740 victims in 2016, and DOS (2017) calls this a decrease",
        ),
    ],
)
def test_a_claim_is_searched_without_its_references(references: list[str], claim: str) -> None:
    document = plain_document(CLAIM)
    spans = [_span(words) for words in references]
    assert searched_claim(document, Span(0, len(CLAIM)), spans) == claim


def test_a_reference_outside_the_claim_takes_nothing_from_it() -> None:
    document = plain_document(f"Before (DOS, 2017). {CLAIM}")
    claim = Span(20, 20 + len(CLAIM))
    assert searched_claim(document, claim, [Span(7, 18), Span(15, 25)]) == CLAIM.strip(".")


def test_a_claim_of_hardly_any_words_is_not_searched() -> None:
    document = plain_document("See also (DOS, 2017).")
    assert searched_claim(document, Span(0, 21), [Span(9, 20)]) == ""


@pytest.mark.parametrize(
    ("claim", "passage", "worth", "expected"),
    [
        ("It says so", "It says 5 things", 0.8, 0.8),
        ("740 in 2016", "In 2016, 740 were identified", 0.8, 0.8),
        ("740 in 2016", "In 2016 many were identified", 0.8, 0.6),
        ("740 in 2016", "Many were identified", 0.8, 0.4),
        ("3.5 percent", "35 percent", 0.8, 0.4),
        ("35 percent", "3.5 percent", 0.8, 0.4),
        ("3.5 percent", "3.50 percent", 0.8, 0.8),
        ("1,200 of them", "1 200 of them", 0.8, 0.8),
        ("143 thousand", "143,000 people", 0.8, 0.8),
        ("the two countries", "both countries", 0.8, 0.8),
        ("2 countries", "two countries", 0.8, 0.8),
        ("It says so", "It does", -0.2, 0.0),
        ("It says so", "It does", 1.2, 1.0),
    ],
)
def test_support_falls_with_each_number_that_the_passage_lacks(
    claim: str, passage: str, worth: float, expected: float
) -> None:
    wanted = numbers_of(claim, "en", numerals=False)
    assert support(wanted, numbers_of(passage, "en"), worth) == pytest.approx(expected)


@given(st.text(max_size=40), st.text(max_size=40), st.floats(-1, 2))
def test_support_is_between_0_and_the_worth(claim: str, passage: str, worth: float) -> None:
    found = support(numbers_of(claim, "en"), numbers_of(passage, "en"), worth)
    assert 0 <= found <= max(0, min(1, worth))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An essay that cites a report twice, a book without a text, and nothing."""
    home = tmp_path_factory.mktemp("follow")
    essay = (
        "Inspectors counted 740 gulls over the harbor in spring (Roe, 2011). "
        "Bakers knead sourdough every quiet morning at home (Roe, 2011). "
        "Seals sleep on the warm rocks below (Poe, 1999).\n\n"
        "Nobody cites a source in this sentence."
    )
    report = "Inspectors counted 740 gulls over the harbor in spring. Ferries ran late that year."
    library = write_library(home / "packaged", {"essay": essay, "report": report})
    names = {"report": ("Roe", 2011), "book": ("Poe", 1999)}
    records = [toy_source("essay").record]
    records += [
        toy_source(key, author=[{"family": name}], issued={"date-parts": [[year]]}).record
        for key, (name, year) in names.items()
    ]
    (library / "sources.json").write_text(json.dumps(records))
    settings = Settings(home=home / "home", passages=PassageSettings(min_words=1, max_words=40))
    build(settings, ToyEncoder(), packaged=library)
    return Engine.open(settings, ToyEncoder())


def test_each_claim_gets_the_passage_that_says_it_or_the_reason_why_none(engine: Engine) -> None:
    rows = engine.follow_all("essay")
    told = [(row.key, row.quotation is not None, row.reason) for row in rows]
    assert told == [
        ("report", True, None),
        ("report", False, NONE_SUPPORTS),
        ("book", False, NO_TEXT),
    ]
    first = rows[0]
    assert first.quotation is not None
    assert first.quotation.text == "Inspectors counted 740 gulls over the harbor in spring."
    assert engine.document(engine.version, "essay").text[first.start : first.end] == first.claim
    assert (first.reference, first.inherited) == ("(Roe, 2011)", False)
    assert rows[2].score is None


def test_the_json_of_a_followed_claim_holds_claim_score_and_quotation(engine: Engine) -> None:
    rows = [row.to_json() for row in engine.follow_all("essay")]
    names = "claim start end key reference inherited supported score reason quote".split()
    assert all(list(row) == names for row in rows)
    assert [row["supported"] for row in rows] == [True, False, False]
    assert rows[0]["quote"]["source"] == "report"
    assert rows[0]["score"] >= 0.5 > rows[1]["score"]
