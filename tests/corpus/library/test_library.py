"""The library that comes with Footnote: the article word for word, the records as it cites them."""

import os
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from corpus.sources.library import PACKAGED, Library
from corpus.sources.registry import Source

SCRAPED = Path(__file__).parents[4] / "shared" / "article" / "delgado.txt"
TITLE = "Human Trafficking in the United States and Mexico"
FURNITURE = {
    "Us-mexico-border",
    "Untitled-2",
    "Mexican_army_and_Aguascalientes_state_police blue.jpg",
    "Centerville,_California._Japanese_field_laborers_packing_cauliflower_in_field_on_large-scale"
    "_ranch_RED._._",
    "Operation Copper Cactus",
    "Untitled-1 cropped",
}
HEADINGS = [
    (1, TITLE),
    (2, "Smuggling of migrants across the Mexico-US border"),
    (2, "Distinguishing Between Smuggling and Human Trafficking"),
    (2, "Human trafficking Legislation in the U.S. and Mexico"),
    (2, "The US- Mexico Bilateral Partnership: Challenges and Recent Efforts."),
    (2, "Victims of Human Trafficking: Protection and Prevention in the U.S. and Mexico"),
    (3, "United States"),
    (3, "Mexico"),
    (2, "Next Steps"),
    (2, "Conclusions"),
]


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return Library((PACKAGED,)).sources


def article_lines() -> list[str]:
    text = (PACKAGED / "delgado.md").read_text(encoding="utf-8")
    return [re.sub(r"^#+ ", "", line) for line in text.split("\n") if line]


def scraped_lines() -> list[str]:
    if not SCRAPED.exists() and "CI" not in os.environ:
        pytest.skip(f"the article as it was scraped is not at {SCRAPED}")
    # Blanks around a line, no-break spaces among them, are furniture; those inside are hers.
    lines = [line.strip() for line in SCRAPED.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines[: lines.index("Related Articles")] if line]


def test_article_has_every_line_of_the_scraped_one_in_order_save_furniture() -> None:
    scraped = [line for line in scraped_lines() if line not in FURNITURE]
    # The title alone is mended: a no-break space stands in it.
    assert " ".join(scraped[0].split()) == TITLE
    assert article_lines() == [TITLE, *scraped[1:]]


def test_scraped_article_holds_all_the_furniture_that_is_left_out() -> None:
    assert set(scraped_lines()) >= FURNITURE


def test_article_keeps_the_spelling_of_its_author() -> None:
    text = "\n".join(article_lines())
    for hers in ("U.S.-Mexico border.This initiative", "(DOJ, 2017b).However", "in 2016- 707 for",
                 "The US- Mexico Bilateral", "least four years.\u00a0Victims", "“Know Your Rights”",
                 "critically analysed", "Camara de Diputados, 2014"):  # fmt: skip
        assert hers in text


def test_article_ends_before_related_articles_references_and_comments() -> None:
    text = "\n".join(article_lines())
    for foreign in ("Related Articles", "For a closer look", "References", "Retrieved from",
                    "Advertisements", "Comments", "WordPress", "Connecting to"):  # fmt: skip
        assert foreign not in text
    assert article_lines()[-1].endswith("improving victim-centred anti-trafficking policies.")


def test_article_names_its_author_below_the_title() -> None:
    assert article_lines()[:2] == [TITLE, "By Oriana Delgado"]


def test_article_has_the_headings_of_the_scraped_one() -> None:
    text = (PACKAGED / "delgado.md").read_text(encoding="utf-8")
    found = re.findall(r"^(#+) (.+)$", text, re.MULTILINE)
    assert [(len(marks), words) for marks, words in found] == HEADINGS


def test_article_means_nothing_in_markdown_but_headings_and_paragraphs() -> None:
    text = (PACKAGED / "delgado.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert {token.type for token in tokens} == {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    shown = [token for token in tokens if token.type == "inline"]
    assert {child.type for token in shown for child in token.children or ()} == {"text"}
    words = ["".join(child.content for child in token.children or ()) for token in shown]
    assert words == article_lines()


def test_packaged_library_has_the_text_of_the_article_alone() -> None:
    library = Library((PACKAGED,))
    assert library.files == {"delgado": PACKAGED / "delgado.md"}
    assert library.problems == ()


DOS = "U.S. Department of State"
DOJ = "U.S. Department of Justice"
# Key: type, author, year and letter, beginning of the title, language, address: as the article's
# list of references has them.
RECORDS = {
    "camara2014": ("legislation", "Cámara de Diputados", "2014", "Ley general para prevenir, ",
                   "es", "http://www.diputados.gob.mx/LeyesBiblio/pdf/LGPSEDMTP.pdf"),
    "congress2017": ("bill", "U.S. Congress", "2017", "Trafficking Survivors Relief Act of 2017",
                     "en", "https://www.congress.gov/bill/115th-congress/house-bill/459"),
    "delgado": ("post-weblog", "Delgado, Oriana", "", TITLE, "en", None),
    "doj2017a": ("webpage", DOJ, "2017a", "Eight Members Of Mexican Sex Trafficking Enterprise ",
                 "en", "https://www.justice.gov/usao-edny/pr/eight-members-mexican-sex-trafficking-"
                 "enterprise-plead-guilty-racketeering-sex"),
    "doj2017b": ("webpage", DOJ, "2017b", "Special Initiatives", "en",
                 "https://www.justice.gov/humantrafficking/special-initiatives#bilateral"),
    "dos2017": ("report", DOS, "2017", "2017 Trafficking in Persons Report", "en",
                "https://www.state.gov/documents/organization/271339.pdf"),
    "garza2011": ("article-journal", "Garza, R.", "2011", "Addressing human trafficking along ",
                  "en", None),
    "ice2017": ("report", "U.S. Immigration and Customs Enforcement", "2017",
                "Fiscal Year 2017 ICE Enforcement and Removal Operations Report", "en",
                "https://www.ice.gov/sites/default/files/documents/Report/2017/"
                "iceEndOfYearFY2017.pdf"),
    "pope2012": ("article-journal", "Pope, A.", "2012", "Partnering with Mexico: What Human ",
                 "en", None),
    "tvpa2000": ("legislation", DOS, "2000", "Trafficking Victims Protection Act of 2000", "en",
                 "https://www.state.gov/j/tip/laws/61124.htm"),
    "un2000a": ("treaty", "United Nations", "2000a", "Protocol against the smuggling of migrants ",
                "en", "https://www.unodc.org/documents/middleeastandnorthafrica/"
                "smuggling-migrants/SoM_Protocol_English.pdf"),
    "un2000b": ("treaty", "United Nations", "2000b", "Protocol to Prevent, Suppress and Punish ",
                "en", "http://www.ohchr.org/EN/ProfessionalInterest/Pages/"
                "ProtocolTraffickingInPersons.aspx"),
    "unodc2008": ("report", "United Nations Office on Drugs and Crime", "2008",
                  "Toolkit to combat trafficking in persons", "en",
                  "http://www.unodc.org/documents/human-trafficking/HTToolkit08_English.pdf"),
}  # fmt: skip


def test_packaged_library_has_the_article_and_its_twelve_sources(
    sources: dict[str, Source],
) -> None:
    assert list(sources) == sorted(RECORDS)
    assert len(sources) == 13


@pytest.mark.parametrize("key", sorted(RECORDS))
def test_record_is_as_the_article_lists_it(sources: dict[str, Source], key: str) -> None:
    kind, author, year, title, language, url = RECORDS[key]
    source, record = sources[key], sources[key].record
    (name,) = record["author"]
    assert name.get("literal", f"{name.get('family')}, {name.get('given')}") == author
    assert (source.type, source.language, source.url) == (kind, language, url)
    assert f"{source.year or ''}{record.get('year-suffix', '')}" == year
    assert source.title.startswith(title)
    assert source.key == record["id"] == key


def test_journal_articles_have_journal_volume_and_page(sources: dict[str, Source]) -> None:
    fields = ("container-title", "container-title-short", "volume", "page")
    assert [sources["garza2011"].record[field] for field in fields] == [
        "Cardozo Journal of International & Comparative Law", "Cardozo J. Int’l & Comp. L.",
        "19", "413",
    ]  # fmt: skip
    assert [sources["pope2012"].record[field] for field in fields] == [
        "Criminal Justice", "Crim. Just.", "27", "18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("alias", "key"),
    [
        ("TIP Report", "dos2017"),
        ("TVPA", "tvpa2000"),
        ("Palermo Protocol", "un2000b"),
        ("Smuggling Protocol", "un2000a"),
        ("Trafficking Survivors Relief Act", "congress2017"),
        ("Ley general contra la trata", "camara2014"),
        ("UNODC Toolkit", "unodc2008"),
    ],
)
def test_alias_names_one_source(sources: dict[str, Source], alias: str, key: str) -> None:
    assert [s.key for s in sources.values() if alias in s.aliases] == [key]


def test_no_two_sources_share_an_alias(sources: dict[str, Source]) -> None:
    aliases = [alias.casefold() for source in sources.values() for alias in source.aliases]
    assert len(aliases) == len(set(aliases))
