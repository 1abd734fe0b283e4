"""The numbers of articles and sections: those a question cites, those a passage stands in."""

import pytest

from index.search.provisions import provisions_cited, provisions_of


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        pytest.param("What does Article 6 of the protocol say?", {"6"}, id="article"),
        pytest.param("articles 3 and 5 of the protocol", {"3", "5"}, id="two"),
        pytest.param("Compare arts. 9, 10 and 11", {"9", "10", "11"}, id="three"),
        pytest.param("What is in section 107A(b)?", {"107a"}, id="letter"),
        pytest.param("§ 1589 of title 18", {"1589"}, id="sign"),
        pytest.param("¿Qué dice el artículo 10?", {"10"}, id="Spanish"),
        pytest.param("artículos 7 o 12", {"7", "12"}, id="two in Spanish"),
        pytest.param("How many victims in 2015?", set(), id="a year is none"),
        pytest.param("the article of 2017", set(), id="number apart from the word"),
        pytest.param("state 5 aims of the party 3", set(), id="inside of other words"),
    ],
)
def test_the_provisions_that_a_question_cites_are_known(question: str, numbers: set[str]) -> None:
    assert provisions_cited(question) == numbers


@pytest.mark.parametrize(
    ("context", "numbers"),
    [
        pytest.param("Palermo Protocol › Article 6. Assistance › Paragraph", {"6"}, id="article"),
        pytest.param("TVPA › SEC. 107A. RESEARCH", {"107a"}, id="section"),
        pytest.param("Ley › Artículo 10.", {"10"}, id="Spanish"),
        pytest.param("An article › 6 Findings", set(), id="a numbered heading is none"),
        pytest.param("", set(), id="no context"),
    ],
)
def test_the_provisions_of_a_passage_are_those_of_its_context(
    context: str, numbers: set[str]
) -> None:
    assert provisions_of(context) == numbers
