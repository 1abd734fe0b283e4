"""References: a golden table written by reading the article, and forms worked out by hand."""

import pytest

from corpus.passages.references import ReferenceFinder
from corpus.readers import read_document
from corpus.sources.library import PACKAGED, Library
from corpus.sources.registry import Source
from corpus.text.documents import Document
from corpus.text.sentences import sentences
from qa.answering.engine import Engine
from qa.request import Request
from tests.toys import plain_document, toy_source

# Each with some words before it, so that the same reference in two places is told apart.
EXPLICIT = [
    ("Honduras (22,381) (ICE, 2017)", "ice2017", "(ICE, 2017)"),
    ("labour or prostitution (Garza, 2011)", "garza2011", "(Garza, 2011)"),
    ("permanent resident” (UN, 2000a, p. 2)", "un2000a", "(UN, 2000a, p. 2)"),
    ("forms of exploitation (UN, 2000b)", "un2000b", "(UN, 2000b)"),
    ("to be exploited (Garza, 2011)", "garza2011", "(Garza, 2011)"),
    ("Crime’s Protocol (UNODC, 2008)", "unodc2008", "(UNODC, 2008)"),
    ("should be irrelevant (UNODC, 2008)", "unodc2008", "(UNODC, 2008)"),
    (
        "U.S., the Trafficking Victims Protection Act of 2000",
        "tvpa2000",
        "Trafficking Victims Protection Act of 2000",
    ),
    (
        "In addition, the Trafficking Survivors Relief Act (2017)",
        "congress2017",
        "Trafficking Survivors Relief Act (2017)",
    ),
    (
        "Mexico, the general anti-trafficking law of 2012",
        "camara2014",
        "general anti-trafficking law of 2012",
    ),
    (
        "30 years imprisonment (Camara de Diputados, 2014)",
        "camara2014",
        "(Camara de Diputados, 2014)",
    ),
    ("into the U.S. (Pope, 2012)", "pope2012", "(Pope, 2012)"),
    ("victims of trafficking (DOJ, 2017b)", "doj2017b", "(DOJ, 2017b)"),
    ("According to Pope (2012)", "pope2012", "Pope (2012)"),
    ("the U.S. and Mexico (DOJ, 2017a)", "doj2017a", "(DOJ, 2017a)"),
    ("by the U.S. Department of State (DOS, 2017)", "dos2017", "(DOS, 2017)"),
    (
        "despite the Trafficking Survivors Relief Act (2017)",
        "congress2017",
        "Trafficking Survivors Relief Act (2017)",
    ),
    ("According to DOS (2017), the U.S. also", "dos2017", "DOS (2017)"),
    (
        "State’s 2017 Trafficking in Persons Report also",
        "dos2017",
        "2017 Trafficking in Persons Report",
    ),
    ("On the other hand, DOS (2017)", "dos2017", "DOS (2017)"),
    ("Department of State (DOS, 2017) classifies", "dos2017", "(DOS, 2017)"),
    ("Protection Act (TVPA, 2000) minimum", "tvpa2000", "(TVPA, 2000)"),
    ("According to DOS (2017), the United States", "dos2017", "DOS (2017)"),
    ("In contrast, DOS (2017)", "dos2017", "DOS (2017)"),
]
# First words of the sentences that speak for an earlier reference of their paragraph.
INHERITED = {
    "dos2017": """First, the U.S. government granted | The T non-immigrant visa allows |
Victims are then entitled | Second, federal funding for victim | Victim assistance
includes | Nonetheless, even with these efforts | Additionally, reports reveal | First,
the U.S. Health | In 2016, the hotline received | Second, the government updated | Third,
the United States Department | DHS and DOJ collaborated | Fourth, the government continued
its | As opposed to the U.S., | First, the government recognised | Second, the government
offered | In 2016, the Executive Commission | Third, victim services were | For instance,
the Special Prosecutor | Although the State of Mexico | Fourth, case management | A high
number of victims were afraid | Even though the Mexican law | First, the Mexico City
government | The hotline received 646 | Second, the National Human | Third, the Secretary
of Labour | The protocol provides | Fourth, in order to improve | Such a system could |
Tier 1 comprises | Tier 2 includes | In Tier 3 are | During 2016, the government | In
addition, the government provided | Nonetheless, the government of the U.S. | Even so, the
government demonstrated | Still, complicity | The government identified fewer | Finally,
in order to increase""",
}


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return Library((PACKAGED,)).sources


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document("delgado", PACKAGED / "delgado.md", "en")


def test_the_explicit_references_of_the_article_are_those_of_the_golden_table(
    document: Document, sources: dict[str, Source]
) -> None:
    found = ReferenceFinder(sources).find(document)
    expected = []
    for words, key, cited in EXPLICIT:
        assert document.text.count(words) == 1, words
        start = document.text.index(words) + words.index(cited)
        expected.append((start, start + len(cited), key))
    assert [(*one.span, one.key) for one in found] == expected


def test_inherited_references_of_the_article_reach_precision_and_recall_of_95_percent(
    document: Document, sources: dict[str, Source]
) -> None:
    references = ReferenceFinder(sources).find(document)
    spans = sentences(document.text, "en")
    found, expected = set(), set()
    for span in spans:
        for one in references:
            if one.key and one.span.end <= span.start < one.governs:
                found.add((span.start, one.key))
    for key, openings in INHERITED.items():
        for opening in openings.split("|"):
            words = " ".join(opening.split())
            (start,) = [s.start for s in spans if document.cut(s).startswith(words)]
            expected.add((start, key))
    right = len(found & expected)
    assert right / len(found) >= 0.95, found - expected
    assert right / len(expected) >= 0.95, expected - found


def _sources() -> dict[str, Source]:
    people = {
        "doe2010": ("Doe", 2010, ""),
        "roe2011a": ("Roe", 2011, "a"),
        "roe2011b": ("Roe", 2011, "b"),
    }
    return {
        key: toy_source(
            key,
            f"A title that nobody writes out {key}",
            author=[{"family": name, "given": "J."}],
            issued={"date-parts": [[year]]},
            **({"year-suffix": letter} if letter else {}),
        )
        for key, (name, year, letter) in people.items()
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("So it is (Doe, 2010).", [("doe2010", "(Doe, 2010)", "")], id="in brackets"),
        pytest.param("So says Doe (2010).", [("doe2010", "Doe (2010)", "")], id="narrative"),
        pytest.param(
            "It is (Doe, 2010, p. 5; Roe, 2011b).",
            [("doe2010", "Doe, 2010, p. 5", "p. 5"), ("roe2011b", "Roe, 2011b", "")],
            id="two in one bracket",
        ),
        pytest.param("It is (see Doe, 2010).", [("doe2010", "(see Doe, 2010)", "")], id="see"),
        pytest.param("It is (DOÉ, 2010).", [("doe2010", "(DOÉ, 2010)", "")], id="accent and case"),
        pytest.param("It is (Roe, 2011).", [(None, "(Roe, 2011)", "")], id="letter missing"),
        pytest.param("It is (Poe, 1999).", [(None, "(Poe, 1999)", "")], id="unknown"),
        pytest.param("It rose (in 2010) again.", [], id="a year alone"),
        pytest.param("It began (then; May 2, 1966).", [], id="a date"),
        pytest.param("It is known [3, 4].", [(None, "[3, 4]", "")], id="numbered"),
        pytest.param("Nothing is cited.", [], id="none"),
    ],
)
def test_a_reference_is_resolved_with_its_locator(
    text: str, found: list[tuple[str | None, str, str]]
) -> None:
    document = plain_document(text)
    references = ReferenceFinder(_sources()).find(document)
    assert [(one.key, document.cut(one.span), one.locator) for one in references] == found


def test_an_attribution_governs_its_paragraph_to_the_next_one() -> None:
    text = (
        "According to Doe (2010), cats purr. First, dogs bark. According to Roe (2011a), bees fly. "
        "Then ships sail.\n\nTrains roll."
    )
    document = plain_document(text)
    doe, roe = ReferenceFinder(_sources()).find(document)
    assert text[doe.span.end : doe.governs].endswith("First, dogs bark.")
    assert text[roe.span.end : roe.governs].endswith("Then ships sail.")


def test_a_document_does_not_cite_itself() -> None:
    document = plain_document("So says Doe (2010).", "doe2010")
    assert ReferenceFinder(_sources()).find(document) == ()


def test_a_quotation_names_what_it_cites_and_what_it_inherits(engine: Engine) -> None:
    first = engine.ask(Request("How many trafficking victims did Mexico identify in 2016?")).quotes[
        0
    ]
    (cited,) = first.references
    assert (cited.key, cited.text, cited.inherited) == (
        "dos2017",
        "2017 Trafficking in Persons Report",
        True,
    )
    assert cited.reference.startswith("U.S. Department of State. (2017).")
    smuggling = engine.ask(Request("How is smuggling of migrants defined?")).quotes[0]
    assert [(one.key, one.inherited) for one in smuggling.references] == [("un2000a", False)]
