"""The words of the page: both languages say the same things."""

import pytest

from corpus.wording import wording
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
