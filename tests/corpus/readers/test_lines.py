"""Lines of a printed page joined to paragraphs."""

from corpus.readers.lines import hyphenated_words, joined_lines


def test_notes_on_reforms_stand_alone_though_no_line_is_short() -> None:
    lines = [
        "Las autoridades deberán cumplir con todo lo que la ley les pide y manda.",
        "Párrafo reformado DOF 19-01-2018",
        "Los particulares podrán denunciar los hechos ante las mismas autoridades",
        "de la Federación, en los términos que para ello señala y dispone el",
        "Artículo 5o. Constitucional.",
    ]
    assert list(joined_lines(lines)) == [*lines[:2], " ".join(lines[2:])]


def test_a_broken_word_keeps_its_hyphen_where_the_text_writes_it_so() -> None:
    words = hyphenated_words("a long-term plan and a country")
    lines = ["this is a long-", "term goal of the coun-", "try and of José-", "María"]
    assert list(joined_lines(lines, words)) == [
        "this is a long-term goal of the country and of José-María"
    ]
