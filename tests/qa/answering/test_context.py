import pytest

from qa.answering.context import announces, item_style, needs_previous_sentence


@pytest.mark.parametrize(
    ("sentence", "before", "language", "expected"),
    [
        ("It received 646 calls.", "A hotline was opened.", "en", True),
        ("First, the government recognized fewer victims.", "It did less.", "en", True),
        ("“They were arrested”, it said.", "Traffickers fled.", "en", True),
        ("The hotline received 646 calls.", "NGOs ran an anti-trafficking hotline.", "en", True),
        ("The hotline received 646 calls.", "The hotline is run by NGOs.", "en", False),
        ("The government spent more.", "A hotline was opened.", "en", False),
        ("Mexico identified 740 victims.", "It did less.", "en", False),
        ("Items are listed.", "A hotline was opened.", "en", False),
        ("Asimismo, se sancionará a quien oculte.", "Se castiga.", "es", True),
        ("Dicha comisión se reunirá cada año.", "Se crea una comisión.", "es", True),
        ("La comisión se reunirá cada año.", "Se crea una comisión especial.", "es", True),
        ("Esteban fue detenido.", "Se crea una comisión.", "es", False),
        ("Die Kommission tagt.", "Es gibt eine.", "de", False),
    ],
)
def test_a_sentence_that_speaks_of_the_one_before_cannot_stand_alone(
    sentence: str, before: str, language: str, expected: bool
) -> None:
    assert needs_previous_sentence(sentence, before, language) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("(a) To board the vessel;", "letter"),
        ("b) search", "letter"),
        ("(ii) In part", "roman"),
        ("IV. La pena", "Roman"),
        ("(B) the motion", "Letter"),
        ("2. The State", "number"),
        ("A State may", None),
        ("In 2016 it did", None),
        ("I saw it", None),
    ],
)
def test_items_are_known_by_their_labels(sentence: str, expected: str | None) -> None:
    assert item_style(sentence) == expected


def test_a_colon_or_a_dash_announces() -> None:
    assert announces("The State may: ")
    assert announces("is amended by adding—")
    assert not announces("The State may act.")
