"""The structure of laws and treaties, as citations show it."""

from corpus.law.outline import section_at
from corpus.law.pinpoints import pinpoint
from corpus.law.structure import structured
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document
from tests.corpus.law.texts import ACT, TREATY

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
