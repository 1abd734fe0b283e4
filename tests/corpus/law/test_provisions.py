"""Articles and sections, and how each is cited."""

import pytest

from corpus.law.provisions import provision


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Article 3: Use of terms", "Art. 3"),
        ("§ 107. PROTECTION AND ASSISTANCE", "sec. 107"),
        ("Sec. 2001. Short title.", "sec. 2001"),
        ("Artículo 10.- Toda acción", "Artículo 10"),
        ("Artículo 1o. La presente", "Artículo 1"),
        ("Artículo 3o. Bis.- Las víctimas", "Artículo 3 Bis"),
        ("ARTÍCULO 4 TER. Los", "Artículo 4 Ter"),
        ("Artículo Sexagésimo Séptimo.- Se reforma", "Artículo Sexagésimo Séptimo"),
        ("“§ 1589. Forced labor", "sec. 1589"),
        ("Artículo Segundo.- Se reforma", "Artículo Segundo"),
        ("Article 3 of the Convention applies", None),
        ("Articles are read", None),
        ("§ x", None),
    ],
)
def test_a_provision_is_cited_in_the_manner_of_its_kind(text: str, cited: str | None) -> None:
    found = provision(text)
    assert (found.cited if found else None) == cited
