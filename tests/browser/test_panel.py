"""Reading: the panel beside the chat and what it opens."""

from playwright.sync_api import expect

from qa.answering.engine import Engine
from tests.browser.conftest import Visit, Visitor
from tests.browser.meadow import TEXTS
from tests.browser.test_ask import HONEY, SUGAR


def _open_essay(opened: Visit) -> None:
    """Ask, and open the quotation from the essay."""
    opened.ask(HONEY)
    opened.page.locator("#chat a.cite[href*='/reed2019/']").first.click()
    opened.page.locator("#panel mark.hit").first.wait_for()
    expect(opened.page.locator("#panel .sheet-body")).to_be_focused()  # it has been scrolled


def test_the_outline_leads_to_a_heading(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page, (1280, 500))
    _open_essay(opened)
    page = opened.page
    outline = page.locator("#panel .outline")
    outline.locator("summary").click()
    assert outline.locator("a").all_inner_texts() == [
        "Bees of the meadow", "Honey", "Shade", "Feeding",
    ]  # fmt: skip
    outline.get_by_text("Shade").click()
    expect(outline.locator("nav")).to_be_hidden()
    heading = page.locator("#panel .sheet-body h3", has_text="Shade").bounding_box()
    sheet = page.locator("#panel .sheet-body").bounding_box()
    assert heading is not None
    assert sheet is not None
    assert 0 <= heading["y"] - sheet["y"] <= 30
    assert opened.complaints == []


def test_the_steps_lead_through_the_quotations_of_one_document_in_its_order(
    meadow_page: str, reader: Visitor, meadow: Engine
) -> None:
    opened = reader(meadow_page)
    _open_essay(opened)
    page = opened.page
    text = meadow.document(meadow.version, "reed2019").text
    last = page.locator("#chat a.cite[href*='/reed2019/']").count()
    seen = []
    for number in range(1, last + 1):
        expect(page.locator("#panel .place")).to_have_text(f"{number}/{last}")
        seen.append("".join(page.locator("#panel mark.hit").all_inner_texts()))
        if number < last:
            page.locator("#panel .step").last.click()
    assert seen == sorted(seen, key=text.index)
    assert len(set(seen)) == last > 1
    expect(page.locator("#panel .step").last).to_be_disabled()
    page.locator("#panel .step").first.click()
    expect(page.locator("#panel .place")).to_have_text(f"{last - 1}/{last}")
    assert opened.complaints == []


def test_a_pointer_on_a_number_shows_the_quotation(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    page = opened.page
    page.locator("#chat a.cite").nth(1).hover()
    quotation = page.locator("#chat blockquote.quote").nth(1).inner_text()
    expect(page.locator("#preview")).to_have_text(quotation)
    page.keyboard.press("Escape")
    assert page.locator("#preview").count() == 0


def test_a_closed_panel_holds_nothing_of_what_it_showed(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    page = opened.page
    invitation = page.locator("#panel .sheet.empty")
    expect(invitation).to_be_visible()
    for by_key in (True, False):
        _open_essay(opened)
        if by_key:
            page.keyboard.press("Escape")
        else:
            page.locator("#panel .close").click()
        expect(invitation).to_be_visible()
        assert page.locator("#panel mark.hit").count() == 0
    assert opened.complaints == []


def test_a_chip_opens_the_record_and_the_passage_that_supports_the_claim(
    meadow_page: str, reader: Visitor
) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    page = opened.page
    chip = page.locator("#chat a.chip").first
    assert chip.inner_text() == "Moss, 2015"
    chip.click()
    record = page.locator("#panel .record")
    expect(record.locator("h2")).to_have_text("Counting hives")
    assert "Report" in record.locator("dl").inner_text()
    assert "2015" in record.locator("dl").inner_text()
    expect(record.locator("a.original")).to_have_attribute(
        "href", "https://meadow.example/moss2015"
    )
    expect(record.locator(".claim blockquote")).to_contain_text("each summer (Moss, 2015).")
    support = record.locator(".support blockquote").inner_text()
    assert support in TEXTS["moss2015"]
    record.locator(".support a.cite").click()
    mark = page.locator("#panel mark.hit")
    mark.first.wait_for()
    assert mark.inner_text() == support
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
    assert opened.complaints == []


def test_a_chip_says_that_no_passage_supports_the_claim(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    opened.ask(SUGAR)
    opened.page.locator("#chat a.chip").first.click()
    none = opened.page.locator("#panel .support .none")
    expect(none).to_contain_text("No passage of the cited source")
    assert opened.page.locator("#panel .support blockquote").count() == 0


def test_a_chip_says_that_the_cited_text_is_not_indexed(meadow_page: str, reader: Visitor) -> None:
    opened = reader(meadow_page)
    opened.ask("Where do wasps build paper nests?")
    opened.page.locator("#chat a.chip").first.click()
    expect(opened.page.locator("#panel .record h2")).to_have_text("Wasps")
    expect(opened.page.locator("#panel .support .none")).to_contain_text("is not in the index")


def test_a_forged_chip_opens_nothing(meadow_page: str, reader: Visitor, meadow: Engine) -> None:
    opened = reader(meadow_page)
    opened.ask(HONEY)
    chip = opened.page.locator("#chat a.chip").first
    forged = f"#c/{meadow.version}/reed2019/27/110/ley2014"
    chip.evaluate("(link, href) => link.setAttribute('href', href)", forged)
    chip.click()
    expect(opened.page.locator("#panel .problem")).to_contain_text("names no quotation")


def test_a_link_to_a_quotation_opens_the_panel(
    meadow_page: str, visit: Visitor, meadow: Engine
) -> None:
    opened = visit(f"{meadow_page}/#q/{meadow.version}/moss2015/16/86/21-40")
    page = opened.page
    page.locator("#panel mark.hit").first.wait_for()
    marked = "".join(page.locator("#panel mark.hit").all_inner_texts())
    text = meadow.document(meadow.version, "moss2015").text
    assert marked == text[16:86]
    assert page.locator("#panel mark.strong").inner_text() == text[21:40]
