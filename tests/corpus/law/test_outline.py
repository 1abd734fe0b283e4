"""What announces a list or an inserted text."""

from corpus.law.outline import announcement, announcers, section_at
from corpus.readers.markdown import read_markdown
from tests.corpus.law.texts import ACT


def test_text_inserted_into_another_law_knows_what_inserts_it() -> None:
    document = read_markdown("k", ACT.encode(), "en")
    at = document.text.index("(1) Fast")
    words = announcement(document, section_at(document, at))(at)
    assert words.startswith("(a) In general Title 18 is amended— (1) by adding at the end:")


def test_a_note_on_a_reform_does_not_part_a_list_from_its_announcement() -> None:
    found = announcers(["Son deberes:", "Párrafo reformado DOF 02-03-2015", "I. Cuidar."])
    assert found[2] == "Son deberes:"


def test_the_words_above_a_list_announce_its_items() -> None:
    paragraphs = [
        "A person shall:",
        "(a) pay:",
        "(i) cash, or",
        "(ii) gold;",
        "(b) go.",
        "The end.",
    ]
    assert announcers(paragraphs) == [
        "", "A person shall:", "A person shall: (a) pay:", "A person shall: (a) pay:",
        "A person shall:", "",
    ]  # fmt: skip
