"""Pinpoints of the five cited sources, read from their texts by hand."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from corpus.law.pinpoints import pinpoint
from corpus.passages.passages import passages
from corpus.passages.units import LONG
from corpus.readers import read_document
from corpus.settings import PassageSettings
from corpus.text.documents import Document
from tests.toys import SHARED, toy_source

# Words that stand once in the text of a source, and where a reader of the text finds them.
UN2000A = [
    ("Convinced of the need to provide migrants", "Preamble"),
    ("Have agreed as follows", "Preamble"),
    ("crossing borders without complying", "Art. 3(b)"),
    ("That is being used by a person other than", "Art. 3(c)(iii)"),
    ("shall mean any type of water craft", "Art. 3(d)"),
    ("Migrants shall not become liable", "Art. 5"),
    ("Producing a fraudulent travel or identity document", "Art. 6(1)(b)(i)"),
    ("Procuring, providing or possessing", "Art. 6(1)(b)(ii)"),
    ("Enabling a person who is not a national", "Art. 6(1)(c)"),
    ("attempting to commit an offence established", "Art. 6(2)(a)"),
    ("Participating as an accomplice in an offence", "Art. 6(2)(b)"),
    ("That entail inhuman or degrading treatment", "Art. 6(3)(b)"),
    ("Nothing in this Protocol shall prevent a State Party", "Art. 6(4)"),
    ("States Parties shall cooperate to the fullest extent possible", "Art. 7"),
    ("The flag State may authorize the requesting State", "Art. 8(2)"),
    ("To search the vessel; and", "Art. 8(2)(b)"),
    ("A State Party shall take no additional measures", "Art. 8(5)"),
    ("any measure taken with regard to the vessel", "Art. 9(1)(d)"),
    ("the vessel shall be compensated for any loss", "Art. 9(2)"),
    ("The authority of the flag State to exercise", "Art. 9(3)(b)"),
    ("Scientific and technological information useful", "Art. 10(1)(f)"),
    ("Improving procedures for detecting smuggled persons", "Art. 14(2)(d)"),
    ("vehicles, computer systems and document readers", "Art. 14(3)"),
    ("Enhancing the provisions of this Protocol among", "Art. 17(b)"),
    ("This article shall not affect the obligations", "Art. 18(8)"),
    ("Any State Party that has made a reservation", "Art. 20(4)"),
    ("IN WITNESS WHEREOF", "Signatures"),
]
UN2000B = [
    ("requires a comprehensive international approach in the countries", "Preamble"),
    ("It shall be interpreted together with the Convention", "Art. 1(1)"),
    ("shall apply, mutatis mutandis, to this", "Art. 1(2)"),
    ("To prevent and combat trafficking in persons, paying", "Art. 2(a)"),
    ("To promote cooperation among States Parties", "Art. 2(c)"),
    ("For the purposes of this Protocol:", "Art. 3"),
    ("shall mean the recruitment, transportation", "Art. 3(a)"),
    ("Exploitation shall include, at a minimum", "Art. 3(a)"),
    ("The consent of a victim of trafficking", "Art. 3(b)"),
    ("shall mean any person under eighteen", "Art. 3(d)"),
    ("where those offences are transnational in nature", "Art. 4"),
    ("Participating as an accomplice in an offence", "Art. 5(2)(b)"),
    ("Counselling and information, in particular", "Art. 6(3)(b)"),
    ("while they are within its territory", "Art. 6(5)"),
    ("and shall preferably be voluntary", "Art. 8(2)"),
    ("especially women and children, from revictimization", "Art. 9(1)(b)"),
    ("The training should focus on methods used", "Art. 10(2)"),
    ("prevent their unlawful creation, issuance and use", "Art. 12(b)"),
    ("any one of those States Parties may refer", "Art. 15(2)"),
    ("A regional economic integration organization may deposit", "Art. 16(3)"),
    ("whichever is the later", "Art. 17(2)"),
    ("Other States Parties shall still be bound", "Art. 18(5)"),
    ("of which the Arabic, Chinese, English", "Art. 20(2)"),
    ("the undersigned plenipotentiaries, being duly authorized", "Signatures"),
]
CONGRESS2017 = [
    ("the vacating of certain convictions and expungement", "Long title"),
    ("This Act may be cited as the", "sec. 1"),
    ("Chapter 237 of title 18", "sec. 2(a)"),
    ("means an individual who has not attained 18", "sec. 2(a), inserting § 3772(a)(1)"),
    ("a crime of violence; or", "sec. 2(a), inserting § 3772(a)(2)(B)(i)"),
    ("has the meaning given that term in section 16", "sec. 2(a), inserting § 3772(a)(4)"),
    ("a public defender's office", "sec. 2(a), inserting § 3772(a)(5)(C)"),
    (
        "are reduced to an offense that is",
        "sec. 2(a), inserting § 3772(b)(1)(C)(ii)(III)(aa)",
    ),
    ("state the offense; and", "sec. 2(a), inserting § 3772(b)(2)(C)"),
    ("the court shall hold a hearing on", "sec. 2(a), inserting § 3772(b)(3)(A)(ii)"),
    (
        "any subsequent conviction of that covered offense",
        "sec. 2(a), inserting § 3772(b)(4)(C)(ii)(III)(bb)",
    ),
    ("testimony is credible; and", "sec. 2(a), inserting § 3772(b)(5)(B)(ii)(I)"),
    ("the court shall state the reasons", "sec. 2(a), inserting § 3772(b)(7)(B)"),
    ("An order granting or denying a motion", "sec. 2(a), inserting § 3772(b)(8)"),
    ("the results of the proceedings, if any", "sec. 2(a), inserting § 3772(d)(1)(C)"),
    ("the community, or any crime victims", "sec. 2(a), inserting § 3772(e)(1)(C)(iii)"),
    ("take such additional action as the court", "sec. 2(a), inserting § 3772(f)"),
    ("shall be filed under seal", "sec. 2(a), inserting § 3772(g)(1)"),
    ("This section shall apply to any conviction", "sec. 2(a), inserting § 3772(h)"),
    ("The table of sections of chapter 237", "sec. 2(b)"),
]
TVPA2000 = [
    ("To combat trafficking in persons, especially into", "Long title"),
    ("of America in Congress assembled", "Enacting clause"),
    ("This Act is organized into three divisions", "sec. 2(a)"),
    ("Sec. 1407. Domestic Violence Task Force.", "sec. 2(b)"),
    ("In United States v. Kozminski", "sec. 102(b)(13)"),
    ("disaster relief assistance, including any assistance", "sec. 103(7)(A)(iv)"),
    ("sales, or financing on any terms", "sec. 103(7)(B)"),
    ("in which a commercial sex act is induced", "sec. 103(8)(A)"),
    ("Section 116(f) of the Foreign Assistance Act", "sec. 104(a)"),
    ("The report required by subsection (d) shall", "sec. 104(a), inserting (f)(1)"),
    ("The report required by subsection (b) shall", "sec. 104(b), inserting (h)(1)"),
    ("has made a bona fide application for a visa", "sec. 107(b)(1)(E)(i)(II)(aa)"),
    ("testimony at proceedings against such persons", "sec. 107(b)(1)(E)(iii)(III)"),
    ("three percent for research, evaluation", "sec. 107(b)(2)(B)(i)"),
    ("be provided protection if a victim’s safety", "sec. 107(c)(1)(C)"),
    ("shall have access to information about their rights", "sec. 107(c)(2)"),
    ("has not attained 15 years of age", "sec. 107(e)(1)(C), inserting (T)(i)(III)(bb)"),
    ("any other provision of such subsection", "sec. 107(e)(3), inserting (13)(B)(ii)"),
    ("Nothing in this section, or in the amendments", "sec. 107(e)(5)"),
    ("has, throughout such period, been a person", "sec. 107(f), inserting (l)(1)(B)"),
    ("should make serious and sustained efforts to eliminate", "sec. 108(a)(4)"),
    ("Chapter 1 of part I of the Foreign", "sec. 109"),
    ("the investigation and prosecution of traffickers;", "sec. 109, inserting § 134(a)(2)"),
    ("the United States will not provide funding", "sec. 110(d)(1)(A)(ii)"),
    ("who was a child at the time he", "sec. 111(d), inserting (H)(iii)"),
    ("Such rules and regulations shall include procedures", "sec. 111(e)(3)"),
    ("in each of sections 1581(a), 1583, and", "sec. 112(a)(1)"),
    ("Whoever knowingly provides or obtains the labor", "sec. 112(a)(2), inserting § 1589"),
    ("by means of the abuse or threatened", "sec. 112(a)(2), inserting § 1589(3)"),
    ("Whoever knowingly recruits, harbors, transports", "sec. 112(a)(2), inserting § 1590"),
    ("knowing that force, fraud, or coercion described", "sec. 112(a)(2), inserting § 1591(a)"),
    ("The term ‘venture’ means", "sec. 112(a)(2), inserting § 1591(c)(3)"),
    ("such person’s interest in any property", "sec. 112(a)(2), inserting § 1594(b)(1)"),
    ("the beginning of chapter 77 by adding", "sec. 112(a)(3)"),
    ("involve a large number of victims", "sec. 112(b)(2)(C)(i)"),
    ("$300,000 for voluntary contributions", "sec. 113(c)(2)"),
    (
        "have established cooperative agreements or can demonstrate",
        "sec. 1101(a)(3)(A)(iii), inserting (3)",
    ),
    ("not less than 30 percent shall be", "sec. 1102(a)(2)(B), inserting (3)(B)"),
    ("uses the mail or any facility of", "sec. 1107(b)(1), inserting § 2261A(2)(B)(iii)"),
    ("Security assessments.", "sec. 1108(b), inserting § 2701(b)(2)"),
    ("the term ‘school’ means", "sec. 1108(b), inserting § 2704(1)"),
    ("for whom emergency shelter services are unavailable", "sec. 1203, inserting § 319(a)(2)"),
    ("the operation of hotlines", "sec. 1401(a), inserting § 393B(a)(2)"),
    (
        "whose spouse died within the past 2",
        "sec. 1503(b)(1)(A), inserting (iii)(II)(aa)(CC)",
    ),
    ("Finally, this section gives the Attorney General", "sec. 1513(a)(2)(C)"),
    (
        "possesses information concerning criminal activity",
        "sec. 1513(b)(3), inserting (U)(i)(II)",
    ),
    # The act names no (e) before this paragraph.
    ("whether a ground of inadmissibility exists", "sec. 1513, inserting (13)"),
    ("of model treatment programs for the youth", "sec. 1602(b)(2)(B)(ii)"),
    ("The calendar decade beginning January 1, 2001", "sec. 1603"),
    # Text that follows a list stands before it in this copy.
    ("For purposes of subparagraph (B), in a", "sec. 2001(c)(3)"),
    ("100 percent of the compensatory damages", "sec. 2002(a)(1)(B)"),
    (
        "persons in active concert or participation with",
        "sec. 2004(a), inserting § 2(d)(4)(D)(ii)",
    ),
    (
        "authorize any injunction against an interactive computer",
        "sec. 2004(a), inserting § 3(b)(1)",
    ),
    ("shall become effective 90 days after", "sec. 2004(b)"),
    ("Approved October 28, 2000", "Approval"),
    ("Printed in the margin of the volume", "Marginal notes, para. 1"),
]
# Of the PDF, the page too.
CAMARA2014 = [
    ("se ha servido dirigirme el siguiente", "Preámbulo", "1"),
    ("Se expide la Ley General para Prevenir", "Artículo Primero", "1"),
    ("es de orden público e interés social", "Artículo 1", "1"),
    ("Establecer los tipos penales en materia", "Artículo 2, fracción II", "2"),
    ("no podrá condicionar el ejercicio de los", "Artículo 3, fracción IV", "2"),
    ("La repatriación de las víctimas extranjeras de", "Artículo 3, fracción VI", "3"),
    ("Cualquier tipo de adicción", "Artículo 4, fracción XVII, inciso f)", "5"),
    ("La ejecución de las penas por los", "Artículo 5", "6"),
    ("Toda acción u omisión dolosa de una o varias", "Artículo 10", "7"),
    ("La adopción ilegal de persona menor", "Artículo 10, fracción VIII", "8"),
    ("Tráfico de órganos, tejidos y células", "Artículo 10, fracción X", "8"),
    ("dejándola sin capacidad de disponer", "Artículo 11", "8"),
    ("Se le impide cambiar su condición", "Artículo 12, fracción II, inciso a)", "8"),
    ("no se requerirá la comprobación de los", "Artículo 13", "9"),
    ("serán de 4 a 12 años de prisión", "Artículo 21", "11"),
    ("Si se utiliza con los fines del", "Artículo 24", "12"),
    ("Haya suministrado a la víctima substancias", "Artículo 42, fracción X, inciso b)", "15"),
    ("El sentenciado sea primodelincuente", "Artículo 47, fracción III", "16"),
    ("En el caso de los refugios estos", "Artículo 62, fracción V", "21"),
    ("Comparecencia a través de Cámara de Gesell", "Artículo 74, fracción II", "25"),
    ("serán fiscalizados por la Auditoría Superior", "Artículo 81", "27"),
    (
        "Coordinar la recopilación y el intercambio de",
        "Artículo 88, fracción IV, inciso d)",
        "31",
    ),
    ("Estos convenios y acuerdos podrán suscribirse", "Artículo 88, fracción VII", "31"),
    ("advertir al personal de empresas", "Artículo 88, fracción VII, inciso d)", "32"),
    ("Situación familiar, incluyendo, estado civil", "Artículo 120, fracción V, inciso d)", "46"),
    ("Durante el proceso de evaluación se deberán", "Artículo 120", "46"),
    ("seguirán aplicándose por los hechos realizados", "Transitorio Décimo Primero", "49"),
    ("capacitarán a su personal en materia de", "Transitorio Décimo Cuarto", "49"),
    ("el día siguiente de su publicación en", "Transitorio Único", "49"),
    ("Acosta Naranjo", "Firmas", "50"),
    ("a trece de junio de dos mil", "Promulgación", "50"),
    ("Se adiciona un segundo párrafo a la", "Decreto DOF 19-03-2014, Artículo Único", "51"),
    ("María Elena Barrera Tapia", "Decreto DOF 19-03-2014, Firmas", "51"),
    ("de las facultades concurrentes para las demarcaciones", "Decreto DOF 19-01-2018", "52"),
    (
        "Se reforma la denominación del Título Tercero",
        "Decreto DOF 19-01-2018, Artículo Cuarto",
        "52",
    ),
    (
        "Todas las referencias normativas a la Procuraduría",
        "Decreto DOF 20-05-2021, Transitorio Segundo",
        "53",
    ),
    (
        "Queda sin efectos el Plan Estratégico de",
        "Decreto DOF 20-05-2021, Transitorio Décimo",
        "55",
    ),
    (
        "que sean susceptibles de administración",
        "Decreto DOF 20-05-2021, Transitorio Décimo Quinto",
        "56",
    ),
    ("Dulce María Sauri Riancho", "Decreto DOF 20-05-2021, Firmas", "56"),
    ("Santiago Creel Miranda", "Decreto DOF 05-04-2023, Firmas", "57"),
    (
        "a la disponibilidad presupuestaria de los ejecutores",
        "Decreto DOF 07-06-2024, Transitorio Segundo",
        "58",
    ),
    (
        "Se reforma el segundo párrafo del artículo",
        "Decreto DOF 14-11-2025, Artículo Sexagésimo Séptimo",
        "59",
    ),
    (
        "a partir del 1o. de abril de",
        "Decreto DOF 14-11-2025, Transitorio Segundo",
        "59",
    ),
    ("Rosa Icela Rodríguez Velázquez", "Decreto DOF 14-11-2025, Promulgación", "60"),
]
GOLD = [
    *((key, words, place, "") for key, rows in (
        ("un2000a", UN2000A),
        ("un2000b", UN2000B),
        ("congress2017", CONGRESS2017),
        ("tvpa2000", TVPA2000),
    ) for words, place in rows),
    *(("camara2014", *row) for row in CAMARA2014),
]  # fmt: skip


@cache
def _source(key: str) -> Document:
    folder = SHARED / "sources"
    if not SHARED.exists() and "CI" not in os.environ:
        pytest.skip(f"the texts of the cited sources are not at {folder}")
    suffix = ".pdf" if key == "camara2014" else ".md"
    return read_document(key, Path(folder / f"{key}{suffix}"), "es" if suffix == ".pdf" else "en")


@pytest.mark.parametrize(
    ("key", "words", "place", "page"), GOLD, ids=[f"{key}-{words[:24]}" for key, words, *_ in GOLD]
)
def test_a_sentence_of_a_cited_source_is_found_where_the_text_has_it(
    key: str, words: str, place: str, page: str
) -> None:
    document = _source(key)
    assert document.text.count(words) == 1
    start = document.text.index(words)
    assert pinpoint(document, start) == place
    assert page == next((p.label for p in document.pages if p.start <= start < p.end), "")


KEYS = ["un2000a", "un2000b", "congress2017", "tvpa2000", "camara2014"]


@pytest.mark.parametrize("key", KEYS)
def test_a_unit_stands_in_one_item_and_is_long_only_where_nothing_parts_it(key: str) -> None:
    document = _source(key)
    for passage in passages(document, toy_source(key), PassageSettings()):
        for unit in passage.sentences:
            assert pinpoint(document, unit.start) == pinpoint(document, unit.end - 1)
            words = document.cut(unit)
            if len(words.split()) > LONG:
                assert not re.search(r"; |[^.]—\s*[^\W\d_]", words)


def _nested(text: str) -> list[tuple[str, str]]:
    """Words and pinpoint of each item of an act, by the nesting of lists and quotations alone."""
    found: list[tuple[str, str]] = []
    sections: list[str] = []
    items: list[tuple[int, int, str]] = []
    for line in text.split("\n"):
        marks, rest = re.fullmatch(r"([\s>]*)(.*)", line).groups()  # type: ignore[union-attr]
        depth, indent = marks.count(">"), len(marks.rpartition(">")[2])
        heading = re.match(r"## (§ \w+)\.", rest)
        if heading:
            sections = [*(sections + [""] * depth)[:depth], heading[1]]
            items = [one for one in items if one[0] < depth]
        item = re.match(r"- \*\*\((\w+)\)\*\*(.*)", rest)
        items = [one for one in items if one[:2] < (depth, indent) or not rest]
        if not item or not sections:
            continue
        items.append((depth, indent, item[1]))
        sections = (sections + [""] * depth)[: depth + 1]
        places = [
            section + "".join(f"({label})" for at, _, label in items if at == number)
            for number, section in enumerate(sections)
        ]
        inner = ", ".join(f"inserting {place}" for place in places[1:] if place)
        outer = places[0].replace("§ ", "sec. ")
        found.append((item[2].replace("*", "").strip(), f"{outer}, {inner}" if inner else outer))
    return found


@pytest.mark.parametrize("key", ["tvpa2000", "congress2017"])
def test_each_item_of_an_act_is_cited_as_its_copy_nests_it(key: str) -> None:
    document = _source(key)
    position = 0
    wrong = []
    nested = _nested((SHARED / "sources" / f"{key}.md").read_text(encoding="utf-8"))
    for words, place in nested:
        if len(words) > 20:
            position = document.text.index(words[:120], position + 1)
            if pinpoint(document, position) != place:
                wrong.append((words[:60], place))
    assert wrong == []
    assert len(nested) > (1000 if key == "tvpa2000" else 90)
