"""Bibliographies: the styles by heart, and each format parsed back by its own library."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from corpus.errors import ConfigurationError
from corpus.sources.library import PACKAGED, Library
from corpus.sources.registry import Source, source_from_record
from qa.answers import Citation, Quotation, QuotedPassage
from qa.citing.bibliography import EXPORTS, Item, bibliography, place
from qa.citing.reference import reference
from tests.toys import toy_source

SOURCES = Library((PACKAGED,)).sources
LEY = (
    "Ley general para prevenir, sancionar y erradicar los delitos en materia de trata de personas "
    "y para la protección y asistencia a las víctimas de estos delitos"
)
EIGHT = (
    "Eight Members Of Mexican Sex Trafficking Enterprise Plead Guilty To Racketeering, Sex "
    "Trafficking, And Related Crimes"
)
SMUGGLING = (
    "Protocol Against the Smuggling of Migrants by Land, Sea and Air, Supplementing the United "
    "Nations Convention Against Transnational Organized Crime"
)
PALERMO = (
    "Protocol to Prevent, Suppress and Punish Trafficking in Persons Especially Women and "
    "Children, Supplementing the United Nations Convention Against Transnational Organized Crime"
)
GARZA = (
    "Addressing Human Trafficking Along the United States-Mexico Border: The Need for a Bilateral "
    "Partnership"
)
POPE = "Partnering with Mexico: What Human Trafficking Cases Can Teach Us Moving Forward"
CARDOZO = "Cardozo Journal of International &amp; Comparative Law"
ADDRESSES = {key: source.url for key, source in SOURCES.items()}

# MLA Handbook, 9th edition: given names in full, English titles capitalized and Spanish ones not,
# points inside the quotation marks, the address last.
MLA = {
    "camara2014": f"Cámara de Diputados. <i>{LEY}</i>. 2014, URL.",
    "congress2017": "U.S. Congress. <i>Trafficking Survivors Relief Act of 2017</i>. H.R. 459, "
    "2017, URL.",
    "delgado": "Delgado, Oriana. <i>Human Trafficking in the United States and Mexico</i>.",
    "doj2017a": f"U.S. Department of Justice. <i>{EIGHT}</i>. 2017, URL.",
    "doj2017b": "U.S. Department of Justice. <i>Special Initiatives</i>. 2017, URL.",
    "dos2017": "U.S. Department of State. <i>2017 Trafficking in Persons Report</i>. 2017, URL.",
    "garza2011": f"Garza, R. “{GARZA}.” <i>{CARDOZO}</i>, vol. 19, 2011, p. 413.",
    "ice2017": "U.S. Immigration and Customs Enforcement. <i>Fiscal Year 2017 ICE Enforcement and "
    "Removal Operations Report</i>. 2017, URL.",
    "pope2012": f"Pope, A. “{POPE}.” <i>Criminal Justice</i>, vol. 27, 2012, p. 18.",
    "tvpa2000": "U.S. Department of State. <i>Trafficking Victims Protection Act of 2000</i>. "
    "Pub. L. No. 106-386, 2000, URL.",
    "un2000a": f"United Nations. <i>{SMUGGLING}</i>. 2000, URL.",
    "un2000b": f"United Nations. <i>{PALERMO}</i>. 2000, URL.",
    "unodc2008": "United Nations Office on Drugs and Crime. <i>Toolkit to Combat Trafficking in "
    "Persons</i>. 2nd ed., 2008, URL.",
}
# Chicago Manual of Style, 18th edition, author-date: the year with its letter after the author.
CHICAGO = {
    "camara2014": f"Cámara de Diputados. 2014. <i>{LEY}</i>. URL.",
    "congress2017": "U.S. Congress. 2017. <i>Trafficking Survivors Relief Act of 2017</i>. "
    "H.R. 459. URL.",
    "delgado": "Delgado, Oriana. n.d. <i>Human Trafficking in the United States and Mexico</i>.",
    "doj2017a": f"U.S. Department of Justice. 2017a. “{EIGHT}.” URL.",
    "doj2017b": "U.S. Department of Justice. 2017b. “Special Initiatives.” URL.",
    "dos2017": "U.S. Department of State. 2017. <i>2017 Trafficking in Persons Report</i>. URL.",
    "garza2011": f"Garza, R. 2011. “{GARZA}.” <i>{CARDOZO}</i> 19: 413.",
    "ice2017": "U.S. Immigration and Customs Enforcement. 2017. <i>Fiscal Year 2017 ICE "
    "Enforcement and Removal Operations Report</i>. URL.",
    "pope2012": f"Pope, A. 2012. “{POPE}.” <i>Criminal Justice</i> 27: 18.",
    "tvpa2000": "U.S. Department of State. 2000. <i>Trafficking Victims Protection Act of 2000"
    "</i>. Pub. L. No. 106-386. URL.",
    "un2000a": f"United Nations. 2000a. <i>{SMUGGLING}</i>. URL.",
    "un2000b": f"United Nations. 2000b. <i>{PALERMO}</i>. URL.",
    "unodc2008": "United Nations Office on Drugs and Crime. 2008. <i>Toolkit to Combat "
    "Trafficking in Persons</i>. 2nd ed. URL.",
}


@pytest.mark.parametrize(("style", "golden"), [("mla", MLA), ("chicago", CHICAGO)])
@pytest.mark.parametrize("key", sorted(SOURCES))
def test_reference_of_the_library_in_other_styles(
    key: str, style: str, golden: Mapping[str, str]
) -> None:
    expected = golden[key].replace("URL", ADDRESSES[key] or "")
    assert reference(SOURCES[key], style, html=True) == expected


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("apa", "</i>. Retrieved January 5, 2026, from https://x.org/a"),
        ("mla", "</i>. 2020, https://x.org/a. Accessed 5 Jan. 2026."),
        ("chicago", "</i>. Accessed January 5, 2026. https://x.org/a."),
    ],
)
def test_each_style_tells_the_date_of_access(style: str, end: str) -> None:
    source = toy_source(URL="https://x.org/a", accessed={"date-parts": [[2026, 1, 5]]})
    assert reference(source, style, html=True).endswith(end)


@pytest.mark.parametrize(
    ("parts", "apa", "mla"),
    [
        ([2026], "2026", "2026"),
        ([2026, 9], "September 2026", "Sept. 2026"),
        (["2026", "05", "01"], "May 1, 2026", "1 May 2026"),
    ],
)
def test_a_date_of_access_may_lack_day_and_month(
    parts: list[int | str], apa: str, mla: str
) -> None:
    source = toy_source(URL="https://x.org/a", accessed={"date-parts": [parts]})
    assert f"Retrieved {apa}, from" in reference(source, "apa")
    assert f"Accessed {mla}." in reference(source, "mla")


@pytest.mark.parametrize("style", ["mla", "chicago"])
def test_a_title_that_ends_in_a_mark_gets_no_second_one_in_its_quotation(style: str) -> None:
    source = toy_source(title="Why Now?", type="article-journal", **{"container-title": "J. L."})
    assert "“Why Now?” J. L." in reference(source, style)


# One record that means harm to every format.
EVIL = {
    "id": "evil",
    "type": "report",
    "title": 'A {brace} \\back\\slash & 100% $5 #1 a_b ~t ^c “q” "d" <i>é漢字</i>',
    "author": [
        {"family": "O'Neil, Jr and Sons", "given": "J. {x}"},
        {"literal": "Bread and Roses, Inc. {"},
    ],
    "issued": {"date-parts": [["2012"]]},
    "publisher": "Line\none\nTY  - BOOK\r\nER  - \n}\n@book{b,",
    "page": "10-20",
    "DOI": "10.1/a_b%c",
    "URL": 'https://x.org/a_b?c=%20d&e={f}"g',
    "number": ["a list"],
    "volume": 3,
    "note": "mine",
    "aliases": ["ours"],
    "author-short": "ours",
}


def _evil() -> Source:
    return source_from_record(EVIL)


def _exported(form: str) -> str:
    items: list[Item] = [(_evil(), "Art. 3(a)"), SOURCES["garza2011"], (_evil(), "p. {4}\\")]
    return bibliography(items, form, accessed={"evil": "2026-01-05"})


_LATEX = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
}  # fmt: skip


def _unlatex(text: str) -> str:
    """What TeX prints of a field."""
    for mark in "&%$#_":
        text = text.replace(f"\\{mark}", mark)
    parts = [text]
    for command in _LATEX:
        parts = [piece for part in parts for piece in _split(part, command)]
    return "".join(_LATEX.get(part, part) for part in parts)


def _split(text: str, command: str) -> list[str]:
    if text in _LATEX:
        return [text]
    first, *rest = text.split(command)
    return [first, *(piece for part in rest for piece in (command, part))]


def test_bibtex_is_read_back_by_pybtex_as_it_was_meant() -> None:
    entries = parse_string(_exported("bibtex"), "bibtex").entries
    assert list(entries) == ["evil", "garza2011"]
    evil = entries["evil"]
    assert evil.type == "techreport"
    assert evil.fields["title"] == (
        r"A \textbraceleft{}brace\textbraceright{} \textbackslash{}back\textbackslash{}slash \& "
        r'100\% \$5 \#1 a\_b \textasciitilde{}t \textasciicircum{}c “q” "d" <i>é漢字</i>'
    )
    assert _unlatex(evil.fields["institution"]) == "Line one TY - BOOK ER - } @book{b,"
    first, second = evil.persons["author"]
    assert [_unlatex(part) for part in first.last_names] == ["{O'Neil, Jr and Sons}"]
    assert _unlatex(" ".join((*first.first_names, *first.middle_names))) == "J. {x}"
    assert [_unlatex(part) for part in second.last_names] == ["{Bread and Roses, Inc. {}"]
    told = {name: evil.fields[name] for name in ("year", "urldate", "pages", "volume", "doi")}
    assert told == {
        "year": "2012",
        "urldate": "2026-01-05",
        "pages": "10--20",
        "volume": "3",
        "doi": "10.1/a_b%c",
    }
    # An address stands as it is, but for what would end the field.
    assert evil.fields["url"] == "https://x.org/a_b?c=%20d&e=%7Bf%7D%22g"
    assert _unlatex(evil.fields["note"]) == "Cited: Art. 3(a); p. {4}\\"
    garza = entries["garza2011"]
    assert garza.type == "article"
    assert "note" not in garza.fields
    journal = SOURCES["garza2011"].record["container-title"]
    assert _unlatex(garza.fields["journal"]) == journal


def test_ris_is_read_back_by_rispy_as_it_was_meant() -> None:
    evil, garza = rispy.loads(_exported("ris"))
    assert evil == {
        "type_of_reference": "RPRT",
        "id": "evil",
        "title": EVIL["title"],
        "authors": ["O'Neil, Jr and Sons, J. {x}", "Bread and Roses, Inc. {"],
        "year": "2012",
        "volume": "3",
        "start_page": "10",
        "end_page": "20",
        "publisher": "Line one TY - BOOK ER - } @book{b,",
        "doi": "10.1/a_b%c",
        "urls": [EVIL["URL"]],
        "access_date": "2026/01/05",
        "notes": ["Cited: Art. 3(a); p. {4}\\"],
    }
    assert garza["secondary_title"] == SOURCES["garza2011"].record["container-title"]
    assert (garza["volume"], garza["start_page"], garza["year"]) == ("19", "413", "2011")
    assert "notes" not in garza


def test_csl_json_is_the_record_with_date_of_access_and_places() -> None:
    evil, garza = json.loads(_exported("csl-json"))
    ours = {"aliases", "author-short"}
    assert evil == {name: value for name, value in EVIL.items() if name not in ours} | {
        "accessed": {"date-parts": [[2026, 1, 5]]},
        "note": "mine; Cited: Art. 3(a); p. {4}\\",
    }
    record = SOURCES["garza2011"].record
    assert garza == {name: value for name, value in record.items() if name not in ours}


@pytest.mark.parametrize("style", ["apa", "mla", "chicago"])
def test_a_styled_bibliography_is_a_line_a_source_with_its_places(style: str) -> None:
    lines = _exported(style).splitlines()
    assert [line[:5] for line in lines] == ["Garza", "O'Nei"]
    assert lines[1].endswith("[Cited: Art. 3(a); p. {4}\\]")
    assert "Cited" not in lines[0]
    assert "<i>é漢字</i>" in lines[1]


def test_a_styled_bibliography_is_in_the_order_of_names_without_accents() -> None:
    names = ("Zuse", "Álvarez", "alba", "Ñuñez", "Obama")
    sources = [toy_source(f"k{n}", author=[{"family": name}]) for n, name in enumerate(names)]
    lines = bibliography(sources).splitlines()
    assert [line.partition(".")[0] for line in lines] == [
        "alba", "Álvarez", "Ñuñez", "Obama", "Zuse",
    ]  # fmt: skip


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_every_form_of_nothing_and_of_the_whole_library_ends_in_a_line_break(form: str) -> None:
    whole = bibliography(SOURCES.values(), form)
    assert whole.endswith("\n")
    assert whole.count("Garza") == 1
    assert "Garza" not in bibliography([], form)


def test_the_date_of_access_in_a_record_counts_before_that_of_the_fetch() -> None:
    source = toy_source(URL="https://x.org/a", accessed={"date-parts": [[2020, 6, 3]]})
    assert "June 3, 2020" in bibliography([source], accessed={"toy": "2026-01-05"})
    empty = toy_source(URL="https://x.org/a", accessed={})
    assert "January 5, 2026" in bibliography([empty], accessed={"toy": "2026-01-05"})
    nowhere = toy_source()
    assert "2026" not in bibliography([nowhere], accessed={"toy": "2026-01-05"})


def _quotation(pinpoint: str, page: str | None) -> Quotation:
    citation = Citation("toy", (), page, pinpoint, "", None)
    passage = QuotedPassage("toy-1", 0, 1, "x")
    return Quotation("x", 0, 1, "en", 0.5, passage, citation)


def test_quotations_are_gathered_by_source_with_pinpoint_and_page() -> None:
    quotes = [_quotation("Art. 3(a)", "5"), _quotation("para. 2", None)]
    quotes.append(_quotation("Art. 3(a)", "5"))
    line = bibliography([*quotes, SOURCES["delgado"]], find=lambda _: toy_source())
    assert line.splitlines()[1].endswith("[Cited: Art. 3(a), p. 5; para. 2]")
    assert len(line.splitlines()) == 2


def test_quotations_without_their_sources_and_unknown_forms_are_errors() -> None:
    with pytest.raises(ConfigurationError, match="quotations need 'find'"):
        bibliography([_quotation("para. 1", None)])
    with pytest.raises(ConfigurationError, match="no form 'x'; expected one of apa, mla, chicago"):
        bibliography([], "x")


@pytest.mark.parametrize(
    ("pinpoint", "page", "told"),
    [
        ("Art. 1", "5", "Art. 1, p. 5"),
        ("Art. 1, p. 5", "5", "Art. 1, p. 5"),
        (None, "5", "p. 5"),
        ("Art. 1", None, "Art. 1"),
        (None, None, None),
    ],
)
def test_place_is_pinpoint_and_page(
    pinpoint: str | None, page: str | None, told: str | None
) -> None:
    assert place(pinpoint, page) == told


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co"]), max_size=12)
MARKS = st.sampled_from(["{", "}", "\\", '"', "@", "%", "#", "and", ",", "TY  - ", "{}", "}{"])
WORDS = st.lists(TEXT | MARKS, min_size=1, max_size=4).map(" ".join).filter(str.strip)


@given(WORDS, WORDS, st.fixed_dictionaries({"publisher": TEXT | MARKS}))
def test_any_words_come_back_from_bibtex_and_ris(
    title: str, family: str, more: dict[str, Any]
) -> None:
    record = {"id": "a", "type": "book", "title": title, "author": [{"family": family}], **more}
    source = source_from_record(record)
    (entry,) = parse_string(bibliography([source], "bibtex"), "bibtex").entries.values()
    assert _unlatex(entry.fields["title"]) == " ".join(title.split())
    assert len(entry.persons["author"]) == 1
    (read,) = rispy.loads(bibliography([source], "ris"))
    assert read["title"] == " ".join(title.split())
    assert read["authors"] == [" ".join(family.split())]
