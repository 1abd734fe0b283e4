from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.law.labels import label_paths, labels
from corpus.law.outline import announcement, announcers, section_at
from corpus.law.pinpoints import pinpoint
from corpus.law.provisions import provision
from corpus.law.structure import structured
from corpus.passages.units import units
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document
from corpus.text.language_detection import language_of, with_languages

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
        pytest.param("“(1) by threats", ("1",), id="quoted"),
        pytest.param("“77. Peonage", (), id="quoted line of a table"),
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
        pytest.param("i 1 2 A i ii", "i 2 A ii", id="i that is a letter"),
    ],
)
def test_the_path_of_a_label_follows_the_lists_before_it(groups: str, last: str) -> None:
    paths = list(label_paths([label] for label in groups.split()))
    assert paths[-1] == tuple(last.split())


@pytest.mark.parametrize(
    ("groups", "paths"),
    [
        pytest.param("- I - II -", ["", "I", "I", "II", ""], id="second paragraph of an item"),
        pytest.param("I a b - II", ["I", "I a", "I b", "I", "II"], id="after an inner list"),
        pytest.param("I - a b", ["I", "I", "I a", "I b"], id="before an inner list"),
        pytest.param("a - c", ["a", "", "c"], id="before a gap in the list"),
    ],
)
def test_a_paragraph_without_labels_belongs_to_the_item_whose_list_goes_on(
    groups: str, paths: list[str]
) -> None:
    found = label_paths([] if label == "-" else [label] for label in groups.split())
    assert [" ".join(path) for path in found] == paths


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


ACT = """# An act

> An Act To mend other acts.

*Be it enacted by all,*

## § 1. SHORT TITLE.

This Act may be cited.

## § 2. AMENDMENTS.

- **(a)** *In general* Title 18 is amended—
  - **(1)** by adding at the end:
    > ## § 90. Ships
    >
    > - **(a)** Ships sail.
    >   - **(1)** Fast.
    >
    > ## § 91. Ports
    >
    > Ports rest.

  - **(2)** in section 5, by adding:
    > - **(f)** Boats float.

- **(b)** *Date* It begins now.

## § 3. OTHER.

Section 7 is amended to read:

> “Whoever swims shall float.”

*Approved May 1, 2001.*

## Notes

A note on the margin.
"""


def test_text_that_an_act_inserts_is_cited_as_the_act_and_by_its_own_number() -> None:
    document = read_markdown("k", ACT.encode(), "en")
    found = {
        "To mend": "Long title",
        "enacted by": "Enacting clause",
        "Title 18": "sec. 2(a)",
        "Ships sail": "sec. 2(a)(1), inserting § 90(a)",
        "Fast": "sec. 2(a)(1), inserting § 90(a)(1)",
        "Ports rest": "sec. 2(a)(1), inserting § 91",
        "in section 5": "sec. 2(a)(2)",
        "Boats": "sec. 2(a)(2), inserting (f)",
        "It begins": "sec. 2(b)",
        "Whoever": "sec. 3",
        "Approved": "Approval",
        "A note": "Notes, para. 1",
    }
    assert dict(zip(found, _pinpoints(document, *found), strict=True)) == found
    ports = document.sections[section_at(document, document.text.index("Ports rest"))]
    assert ports.path == ("§ 2. AMENDMENTS.", "§ 91. Ports")


def test_text_inserted_into_another_law_knows_what_inserts_it() -> None:
    document = read_markdown("k", ACT.encode(), "en")
    at = document.text.index("(1) Fast")
    words = announcement(document, section_at(document, at))(at)
    assert words.startswith("(a) In general Title 18 is amended— (1) by adding at the end:")


PRINTED_ACT = """SEC. 1. SHORT TITLE. This Act may be cited.

SEC. 2. LABOR.

(a) Title 18 is amended by adding:

“§ 90. Labor

“Whoever forces another

“(1) by threats; or

“(2) by lies,

“shall be fined.”.

(b) It begins now.

SEC. 3. TERMS.

“Child” means a person.
"""


def test_quotation_marks_tell_inserted_text_where_nothing_else_does() -> None:
    document = read_plain("k", PRINTED_ACT.encode(), "en")
    assert _pinpoints(document, "Whoever", "by lies", "It begins", "means a person") == [
        "sec. 2(a), inserting § 90", "sec. 2(a), inserting § 90(2)", "sec. 2(b)", "sec. 3",
    ]  # fmt: skip


DECRETOS = """LEY DE PRUEBA

Nueva Ley publicada en el Diario Oficial de la Federación el 1 de mayo de 2010.

LIBRO PRIMERO
DE TODO

Artículo 1o.- La Ley rige.

Artículo 2o.- Son deberes, en los términos del
Artículo 5o. Constitucional y de otros, los de cuidar y ayudar a todas las personas:

I. Cuidar.
Fracción reformada DOF 02-03-2015
También de noche.

II. Ayudar.

Ambos obligan.

TRANSITORIOS

Primero. Entra en vigor.
Décimo Primero.- Se abroga la anterior.

Artículo Segundo. Se reforma otra ley.

México, D. F., a 27 de abril de 2010.- Sen. Ana Paz, Presidenta.- Rúbricas.

En cumplimiento de lo dispuesto por la fracción I del Artículo 89 de la Constitución, expido.

ARTÍCULOS TRANSITORIOS DE DECRETOS DE REFORMA

DECRETO por el que se reforma el artículo 2.

Publicado en el Diario Oficial de la Federación el 2 de marzo de 2015

Artículo Único.- Se reforma la fracción I.

Transitorios

Artículo Primero.- Rige mañana.

Artículo Segundo.- Se deroga lo demás:
I. Lo malo.

Ciudad de México, a 1 de febrero de 2015.- Dip. Luz Sol, Presidenta.- Rúbricas.
"""


def test_the_end_of_a_mexican_law_is_cited_by_transitory_article_and_decree() -> None:
    document = read_plain("k", DECRETOS.encode(), "es")
    found = {
        "Nueva Ley": "Preámbulo",
        "Constitucional y de otros": "Artículo 2",
        "reformada DOF": "Artículo 2, fracción I",
        "También": "Artículo 2, fracción I",
        "Ambos": "Artículo 2",
        "Entra en vigor": "Transitorio Primero",
        "Se abroga": "Transitorio Décimo Primero",
        "Se reforma otra": "Artículo Segundo",
        "Ana Paz": "Firmas",
        "expido": "Promulgación",
        "se reforma el artículo": "Decreto DOF 02-03-2015",
        "Se reforma la fracción": "Decreto DOF 02-03-2015, Artículo Único",
        "Rige mañana": "Decreto DOF 02-03-2015, Transitorio Primero",
        "Lo malo": "Decreto DOF 02-03-2015, Transitorio Segundo, fracción I",
        "Luz Sol": "Decreto DOF 02-03-2015, Firmas",
    }
    assert dict(zip(found, _pinpoints(document, *found), strict=True)) == found


def test_an_annex_is_no_part_of_the_last_article() -> None:
    text = TREATY + "\nIN WITNESS WHEREOF they sign.\n### Annex I\n\nA form to fill in.\n"
    document = read_markdown("k", text.encode(), "en")
    assert _pinpoints(document, "they sign", "A form") == ["Signatures", "Annex I, para. 1"]
    assert _pinpoints(document, "The States Parties") == ["Preamble"]


def test_a_heading_is_cited_without_the_items_below_it() -> None:
    document = read_markdown("k", ACT.encode(), "en")
    assert _pinpoints(document, "§ 2. AMEND") == ["sec. 2"]


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


FILLER = "many words that say little of use at all " * 8


def _units(text: str) -> list[str]:
    return [text[span.start : span.end] for span in units(text, "en")]


def test_a_list_that_runs_through_a_long_sentence_is_cut_at_its_labels() -> None:
    found = _units(f"The Board shall (1) pay {FILLER}, (2) write {FILLER}and (3) go home.")
    assert [unit.split()[0] for unit in found] == ["The", "(1)", "(2)", "(3)"]


def test_references_to_items_are_no_list() -> None:
    assert len(_units(f"As subsections (a) and (b) of section 3(c) say, {FILLER * 2}.")) == 1
    assert len(_units(f"It (1) pays {FILLER * 2}.")) == 1


def test_a_long_clause_is_cut_at_its_dashes_where_nothing_else_parts_it() -> None:
    found = _units(f"No court {FILLER}— whatever {FILLER * 2}; it ends.")
    assert [unit.split()[0] for unit in found] == ["No", "whatever", "it"]
    assert found[0].endswith("—")


@given(
    st.text(alphabet="ab; ,.R—1\n", max_size=900).map(
        lambda t: t.replace("R", "Recalling ").replace("1", ", (1) ").replace("ab", ", (2) ")
    )
)
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
