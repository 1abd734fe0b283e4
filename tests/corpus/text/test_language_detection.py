"""The language of a text and of its sections."""

from corpus.readers.markdown import read_markdown
from corpus.text.language_detection import language_of, with_languages


def test_the_language_of_each_section_is_found() -> None:
    spanish = "Las víctimas de la trata de personas tienen derecho a la protección del Estado. " * 2
    english = "The victims of trafficking in persons have a right to the protection of the State. "
    data = f"## Uno\n\n{spanish}\n\n## Two\n\n{english}\n\n## 3\n\nOK.".encode()
    document = with_languages(read_markdown("k", data, "en"))
    assert [section.language for section in document.sections] == ["es", "en", "en"]
    assert document.language == "es"
    assert language_of("Sí.", "fr") == "fr"
