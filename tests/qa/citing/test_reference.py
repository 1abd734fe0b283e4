"""References in APA style: those of the library by heart, and those that mean harm."""

import html as markup
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from subprocess import run
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sources.csl import TYPES
from corpus.sources.library import PACKAGED, Library
from corpus.sources.registry import source_from_record
from qa.citing.reference import reference, short_reference

SOURCES = Library((PACKAGED,)).sources

# Checked by hand against the article's list of references, in the form of APA 7: italics for what
# stands alone and for journals and volumes, the letter after the year, no "Retrieved from".
APA = {
    "camara2014": "Cámara de Diputados. (2014). <i>Ley general para prevenir, sancionar y "
    "erradicar los delitos en materia de trata de personas y para la protección y asistencia a las víctimas "
    "de estos delitos</i>. http://www.diputados.gob.mx/LeyesBiblio/pdf/LGPSEDMTP.pdf",
    "congress2017": "U.S. Congress. (2017). <i>Trafficking Survivors Relief Act of 2017</i> "
    "(H.R. 459). https://www.congress.gov/bill/115th-congress/house-bill/459",
    "delgado": "Delgado, O. (n.d.). <i>Human Trafficking in the United States and Mexico</i>.",
    "doj2017a": "U.S. Department of Justice. (2017a). <i>Eight Members Of Mexican Sex Trafficking "
    "Enterprise Plead Guilty To Racketeering, Sex Trafficking, And Related Crimes</i>. "
    "https://www.justice.gov/usao-edny/pr/eight-members-mexican-sex-trafficking-enterprise-plead-"
    "guilty-racketeering-sex",
    "doj2017b": "U.S. Department of Justice. (2017b). <i>Special Initiatives</i>. "
    "https://www.justice.gov/humantrafficking/special-initiatives#bilateral",
    "dos2017": "U.S. Department of State. (2017). <i>2017 Trafficking in Persons Report</i>. "
    "https://www.state.gov/documents/organization/271339.pdf",
    "garza2011": "Garza, R. (2011). Addressing human trafficking along the United States-Mexico "
    "Border: The need for a bilateral partnership. <i>Cardozo Journal of International &amp; "
    "Comparative Law</i>, <i>19</i>, 413.",
    "ice2017": "U.S. Immigration and Customs Enforcement. (2017). <i>Fiscal Year 2017 ICE "
    "Enforcement and Removal Operations Report</i>. "
    "https://www.ice.gov/sites/default/files/documents/Report/2017/iceEndOfYearFY2017.pdf",
    "pope2012": "Pope, A. (2012). Partnering with Mexico: What Human Trafficking Cases Can Teach "
    "Us Moving Forward. <i>Criminal Justice</i>, <i>27</i>, 18.",
    "tvpa2000": "U.S. Department of State. (2000). <i>Trafficking Victims Protection Act of 2000"
    "</i> (Pub. L. No. 106-386). https://www.state.gov/j/tip/laws/61124.htm",
    "un2000a": "United Nations. (2000a). <i>Protocol against the smuggling of migrants by land, "
    "sea and air, supplementing the United Nations convention against transnational organized crime"
    "</i>. https://www.unodc.org/documents/middleeastandnorthafrica/smuggling-migrants/"
    "SoM_Protocol_English.pdf",
    "un2000b": "United Nations. (2000b). <i>Protocol to Prevent, Suppress and Punish Trafficking "
    "in Persons Especially Women and Children, supplementing the United Nations Convention against "
    "Transnational Organized Crime</i>. "
    "http://www.ohchr.org/EN/ProfessionalInterest/Pages/ProtocolTraffickingInPersons.aspx",
    "unodc2008": "United Nations Office on Drugs and Crime. (2008). <i>Toolkit to combat "
    "trafficking in persons</i> (2nd ed.). "
    "http://www.unodc.org/documents/human-trafficking/HTToolkit08_English.pdf",
}
# As the article cites them in its text.
SHORT = {
    "camara2014": "Cámara de Diputados, 2014",
    "congress2017": "Trafficking Survivors Relief Act, 2017",
    "delgado": "Delgado, n.d.",
    "doj2017a": "DOJ, 2017a",
    "doj2017b": "DOJ, 2017b",
    "dos2017": "DOS, 2017",
    "garza2011": "Garza, 2011",
    "ice2017": "ICE, 2017",
    "pope2012": "Pope, 2012",
    "tvpa2000": "TVPA, 2000",
    "un2000a": "UN, 2000a",
    "un2000b": "UN, 2000b",
    "unodc2008": "UNODC, 2008",
}


def unmarked(text: str) -> str:
    """HTML without its italics, every other tag still in it."""
    return text.replace("<i>", "").replace("</i>", "")


def shown(**fields: Any) -> str:
    record = {"id": "a", "type": "report", "title": "Title", "author": [{"literal": "DOS"}]}
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return reference(source_from_record(record | named), html=True)


def test_every_source_of_the_library_has_a_golden_reference() -> None:
    assert set(APA) == set(SHORT) == set(SOURCES)


@pytest.mark.parametrize("key", sorted(APA))
def test_reference_of_the_library_is_in_apa_style(key: str) -> None:
    assert reference(SOURCES[key], html=True) == APA[key]
    assert reference(SOURCES[key]) == markup.unescape(unmarked(APA[key]))


@pytest.mark.parametrize("key", sorted(SHORT))
def test_short_reference_is_as_the_article_cites(key: str) -> None:
    assert short_reference(SOURCES[key]) == SHORT[key]


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        pytest.param({}, "T, n.d.", id="nothing but a title"),
        pytest.param({"year-suffix": "b"}, "T, n.d.-b", id="letter without a year"),
        pytest.param({"author": [{"family": "A"}, {"family": "B"}]}, "A & B, n.d.", id="two"),
        pytest.param({"author": [{"family": "A"}] * 3}, "A et al., n.d.", id="three"),
        pytest.param({"editor": [{"family": "E"}]}, "E, n.d.", id="editor"),
        pytest.param({"issued": {"literal": "Spring 2012"}}, "T, Spring 2012", id="in words"),
        pytest.param({"issued": {"literal": None}}, "T, n.d.", id="empty date"),
        pytest.param({"title-short": "S"}, "S, n.d.", id="short title"),
    ],
)
def test_short_reference_of_other_records(fields: dict[str, Any], cited: str) -> None:
    record = {"id": "a", "type": "book", "title": "T"}
    assert short_reference(source_from_record(record | fields)) == cited


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("A & B &amp; C", "A &amp; B &amp;amp; C"),
        ("Quotes \" and '", "Quotes &quot; and &#x27;"),
        ('a <span class="nocase">x', "a &lt;span class=&quot;nocase&quot;&gt;x"),
        ("\ue000\ue001x", "x"),
    ],
)
def test_reference_in_html_escapes_a_hostile_title(title: str, safe: str) -> None:
    assert shown(title=title) == f"DOS. (n.d.). <i>{safe}</i>."


def test_reference_does_not_name_a_publisher_that_is_the_author() -> None:
    assert shown(publisher="DOS") == "DOS. (n.d.). <i>Title</i>."
    assert shown(publisher="Press") == "DOS. (n.d.). <i>Title</i>. Press."


def test_reference_in_html_escapes_hostile_names_and_fields() -> None:
    evil = "<b onclick=x>"
    out = shown(author=[{"literal": "<i>"}], publisher=evil, number=evil, DOI=evil, genre=evil)
    assert "<" not in unmarked(out)
    assert out.count("&lt;") == 5


def test_reference_without_author_has_its_title_once() -> None:
    assert shown(author=[], issued={"date-parts": [[2000]]}) == "<i>Title</i>. (2000)."
    with_url = "<i>Title</i>. (n.d.). https://x.org/a"
    assert shown(author=[], URL="https://x.org/a") == with_url


def test_reference_keeps_a_title_that_begins_like_its_author() -> None:
    assert shown(title="DOS report") == "DOS. (n.d.). <i>DOS report</i>."
    journal = shown(title="DOS report", type="article-journal", container_title="J.")
    assert journal == "DOS. (n.d.). DOS report. <i>J.</i>"


@pytest.mark.parametrize("kind", ["webpage", "report"])
def test_reference_has_a_date_in_words_once(kind: str) -> None:
    out = shown(type=kind, issued={"literal": "Spring 2012"})
    assert out == "DOS. (Spring 2012). <i>Title</i>."
    assert shown(type=kind, issued={"literal": None}) == "DOS. (n.d.). <i>Title</i>."


def test_reference_has_one_mark_at_the_end_of_a_title() -> None:
    assert shown(title="Why?") == "DOS. (n.d.). <i>Why?</i>"
    assert shown(title="Wait...") == "DOS. (n.d.). <i>Wait...</i>"
    journal = shown(title="Why?", type="article-journal", container_title="J. L.")
    assert journal == "DOS. (n.d.). Why? <i>J. L.</i>"


def test_reference_without_date_says_when_its_address_was_read_if_that_is_known() -> None:
    read = {"date-parts": [[2020, 6, 3]]}
    assert shown(URL="https://x.org/a") == "DOS. (n.d.). <i>Title</i>. https://x.org/a"
    out = shown(URL="https://x.org/a", accessed=read)
    assert out == "DOS. (n.d.). <i>Title</i>. Retrieved June 3, 2020, from https://x.org/a"


def test_reference_keeps_an_address_unchanged() -> None:
    assert shown(URL="https://x.org/?.a=1..2").endswith("</i>. https://x.org/?.a=1..2")


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_reference_of_every_type_has_author_year_and_title(kind: str) -> None:
    out = shown(type=kind, title="Some words", issued={"date-parts": [[1999]]})
    for part in ("DOS", "1999", "Some words"):
        assert part.casefold() in out.casefold()


def test_reference_warns_of_no_field_that_the_style_does_not_know() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown(aliases=["A"], author_short="B", keyword={"x": 1}, volume=["wrong"], note="n")


def test_reference_is_the_same_in_many_threads() -> None:
    records = [{"id": "a", "type": "book", "title": f"Title {n}"} for n in range(60)]
    sources = [source_from_record(record) for record in records]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(reference, sources))
    assert found == [f"Title {n}. (n.d.)." for n in range(60)]


def test_citeproc_is_not_imported_before_a_reference_is_asked_for() -> None:
    code = "import sys, qa.citing.reference; sys.exit('citeproc' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


FIELDS = ("volume", "issue", "page", "edition", "genre", "publisher", "container-title", "version")
WORDS = st.text(min_size=1, max_size=6) | st.sampled_from(
    ["U.S.", "Why?", "<b>", "A. (B). A", "1-2"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(st.sampled_from(FIELDS), WORDS | st.integers(0, 3000), max_size=4),
    st.lists(st.fixed_dictionaries({"family": WORDS}), max_size=3),
)
def test_reference_in_html_says_what_the_plain_one_says(
    kind: str, fields: dict[str, Any], names: list[dict[str, str]]
) -> None:
    names = [name for name in names if name["family"].strip() and name["family"].isprintable()]
    source = source_from_record({"id": "a", "type": kind, "title": "T", "author": names} | fields)
    bare = unmarked(reference(source, html=True))
    assert "<" not in bare
    assert markup.unescape(bare) == reference(source)
