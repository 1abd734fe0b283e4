from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, assemble
from corpus.documents import Document
from corpus.languages import language_of, with_languages
from corpus.pinpoints import pinpoint
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain
from corpus.structure import announcers, label_paths, labels, provision, structured
from corpus.units import units

TREATY = """####A Protocol

Preamble The States Parties.
###I

####General
### Article  1

####Purpose

1.   Each State shall adopt:

a) Laws on:

(i) Ships;

(ii) Ports; and

b) Rules.
2.   Nothing in this shall bind.
### Article  2

####Terms

Words mean what they say.
### Article  3

####Force

It enters into force.
"""
LEY = """LEY DE PRUEBA
LIBRO PRIMERO
DE LO SUSTANTIVO
CAPÍTULO I
Generalidades
Artículo 1o. La presente Ley es de orden público y de interés social en toda la
República.
Artículo 2.- Se entiende por pena:
I. La prisión;
II. La multa, que será:
a) Alta, o
b) Baja.
CAPÍTULO II
De las Víctimas
Artículo 3 Bis. Las víctimas tienen derechos.
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("(a) In general", ("a",), id="brackets"),
        pytest.param("a) In general", ("a",), id="half a bracket"),
        pytest.param("b)``Illegal entry”", ("b",), id="no blank"),
        pytest.param("1. Each State", ("1",), id="number"),
        pytest.param("XII. La fracción", ("XII",), id="roman"),
        pytest.param("(ii) (I) who has not", ("ii", "I"), id="two"),
        pytest.param("(aa) has made", ("aa",), id="doubled"),
        pytest.param("3.5 million people", (), id="decimal"),
        pytest.param("(ICE, 2017) says", (), id="reference"),
        pytest.param("Artículo 10.- Toda", (), id="article"),
        pytest.param("In 2016, the hotline", (), id="prose"),
    ],
)
def test_labels_open_a_paragraph(text: str, found: tuple[str, ...]) -> None:
    assert labels(text) == found


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Article 3: Use of terms", "Art. 3"),
        ("§ 107. PROTECTION AND ASSISTANCE", "sec. 107"),
        ("Sec. 2001. Short title.", "sec. 2001"),
        ("Artículo 10.- Toda acción", "Artículo 10"),
        ("Artículo 1o. La presente", "Artículo 1"),
        ("Artículo Segundo.- Se reforma", "Artículo Segundo"),
        ("Article 3 of the Convention applies", None),
        ("Articles are read", None),
        ("§ x", None),
    ],
)
def test_a_provision_is_cited_in_the_manner_of_its_kind(text: str, cited: str | None) -> None:
    found = provision(text)
    assert (found.cited if found else None) == cited


@pytest.mark.parametrize(
    ("groups", "last"),
    [
        pytest.param("a 1 2 b", "b", id="back to the outer list"),
        pytest.param("a 1 A i I", "a 1 A i I", id="five deep"),
        pytest.param("h i j", "j", id="i after h"),
        pytest.param("h i ii", "h ii", id="i that begins a list"),
        pytest.param("1 a b 2 a", "2 a", id="treaty"),
        pytest.param("I II a b III", "III", id="fractions"),
        pytest.param("1 2 4", "4", id="a gap"),
    ],
)
def test_the_path_of_a_label_follows_the_lists_before_it(groups: str, last: str) -> None:
    paths = list(label_paths([label] for label in groups.split()))
    assert paths[-1] == tuple(last.split())


def _pinpoints(document: Document, *phrases: str) -> list[str]:
    return [pinpoint(document, document.text.index(phrase)) for phrase in phrases]


def test_a_treaty_whose_paragraphs_run_together_is_cited_by_article_and_item() -> None:
    document = read_markdown("k", TREATY.encode(), "en")
    phrases = ["Each State", "Laws on", "Ships", "Ports", "Rules", "Nothing", "Words", "It enters"]
    assert _pinpoints(document, *phrases) == [
        "Art. 1(1)", "Art. 1(1)(a)", "Art. 1(1)(a)(i)", "Art. 1(1)(a)(ii)", "Art. 1(1)(b)",
        "Art. 1(2)", "Art. 2", "Art. 3",
    ]  # fmt: skip
    assert document.sections[-1].path == ("I: General", "Article 3: Force")


def test_a_spanish_law_is_cited_by_article_fraction_and_clause() -> None:
    document = read_plain("k", LEY.encode(), "es")
    assert _pinpoints(document, "La presente", "La prisión", "Baja", "Las víctimas tienen") == [
        "Artículo 1", "Artículo 2, fracción I", "Artículo 2, fracción II, inciso b)",
        "Artículo 3 Bis",
    ]  # fmt: skip
    assert document.sections[-1].path == (
        "LIBRO PRIMERO: DE LO SUSTANTIVO", "CAPÍTULO II: De las Víctimas", "Artículo 3 Bis",
    )  # fmt: skip
    assert "toda la República." in document.text


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


def test_a_text_without_articles_keeps_its_headings() -> None:
    blocks = [Block("Title", 1), Block("I", 2), Block("1. One"), Block("Two")]
    assert structured(blocks) == blocks


def test_a_table_of_contents_opens_no_sections_where_provisions_have_headings() -> None:
    blocks = [Block(f"§ {n}. HEADING", 2) for n in (1, 2, 3)]
    blocks[1:1] = [Block("Sec. 2. Heading."), Block("TITLE I— OTHER")]
    document = assemble("k", structured(blocks), "en")
    assert len(document.sections) == 3


def test_a_label_without_words_joins_the_paragraph_after_it() -> None:
    blocks = [Block(f"§ {n}. H", 2) for n in (1, 2, 3)] + [Block("(ii)"), Block("(I) who has not")]
    assert structured(blocks)[-1].text == "(ii) (I) who has not"


def test_a_long_sentence_is_cut_at_its_clauses_and_a_short_one_is_not() -> None:
    preamble = "The States, " + "Recalling the many words, " * 40 + "Have agreed."
    found = [preamble[span.start : span.end] for span in units(preamble, "en")]
    assert found[1] == "Recalling the many words,"
    assert len(found) == 42
    assert len(units("A; b, Recalling c; d.", "en")) == 1


@given(st.text(alphabet="ab; ,.R\n", max_size=900).map(lambda t: t.replace("R", "Recalling ")))
def test_units_give_the_text_back(text: str) -> None:
    spans = units(text, "en")
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


def test_the_language_of_each_section_is_found() -> None:
    spanish = "Las víctimas de la trata de personas tienen derecho a la protección del Estado. " * 2
    english = "The victims of trafficking in persons have a right to the protection of the State. "
    data = f"## Uno\n\n{spanish}\n\n## Two\n\n{english}\n\n## 3\n\nOK.".encode()
    document = with_languages(read_markdown("k", data, "en"))
    assert [section.language for section in document.sections] == ["es", "en", "en"]
    assert document.language == "es"
    assert language_of("Sí.", "fr") == "fr"
