"""The filter: sources on and off, type, year, language, and what an answer says of it."""

from playwright.sync_api import expect

from tests.browser.conftest import FRAMES, PHONE, Visit, Visitor
from tests.browser.test_ask import HONEY

_SEARCH = "#filter-search input, #filter-search textarea"
_HOLD_ANSWERS = """
  const ask = window.fetch, released = new Promise((go) => { window.releaseAnswers = go; });
  window.fetch = async (what, ...how) => {
    if (String(what.url || what).includes("/run/predict")) await released;
    return ask(what, ...how);
  };
"""
_HOLD_FRAMES = """() => {
  const held = [], before = window.requestAnimationFrame;
  window.requestAnimationFrame = (draw) => held.push(draw);
  window.releaseFrames = () => {
    window.requestAnimationFrame = before;
    held.forEach((draw) => before(draw));
  };
}"""


def _open(opened: Visit) -> None:
    opened.page.locator("#filter > button").click()
    opened.page.locator("#filter-sources label").first.wait_for()
    opened.page.evaluate(FRAMES)


def _sources(opened: Visit) -> set[str]:
    """Keys of the sources that the last answer quotes."""
    links = opened.page.locator("#chat .answer").last.locator(".card > .footnote a.cite")
    return {href.split("/")[2] for href in links.evaluate_all("all => all.map(a => a.hash)")}


def test_a_source_that_is_off_is_not_quoted_and_the_answer_says_so(
    meadow_page: str, visit: Visitor
) -> None:
    opened = visit(meadow_page)
    page = opened.page
    opened.ask(HONEY)
    assert "moss2015" in _sources(opened)
    assert page.locator(".note").count() == 0
    _open(opened)
    page.locator("#filter-sources").get_by_text("Moss, 2015").click()
    expect(page.locator("#filter > button")).to_contain_text("Sources: 2 of 3")
    opened.ask(HONEY)
    assert "moss2015" not in _sources(opened)
    assert page.locator(".note").inner_text() == "Not asked: Moss, 2015."
    page.locator("#filter-tools").get_by_text("All on").click()
    expect(page.locator("#filter > button")).to_contain_text("Sources: all 3")
    opened.ask(HONEY)
    assert "moss2015" in _sources(opened)
    assert opened.complaints == []


def test_type_language_and_years_narrow_what_is_asked(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page)
    page = opened.page
    _open(opened)
    page.locator("#filter-types").get_by_text("Law", exact=True).click()
    expect(page.locator("#filter > button")).to_contain_text("narrowed")
    opened.ask("abejas")
    assert _sources(opened) == {"ley2014"}
    assert page.locator(".note").inner_text() == "Asked only: sources of type Law."
    page.locator("#filter-types").get_by_text("Law", exact=True).click()
    page.locator("#filter-languages").get_by_text("Spanish").click()
    opened.ask("abejas")
    assert _sources(opened) == {"ley2014"}
    page.locator("#filter-languages").get_by_text("Spanish").click()
    page.locator("#filter-first input, #filter-first textarea").fill("2016")
    opened.ask(HONEY)
    assert _sources(opened) == {"reed2019"}
    assert page.locator(".note").last.inner_text() == "Asked only: sources from 2016."
    page.locator("#filter-first input, #filter-first textarea").fill("bees")
    opened.ask(HONEY)
    expect(page.locator(".problem")).to_contain_text("No year in 'bees'")


def test_a_link_keeps_what_was_off(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page)
    page = opened.page
    _open(opened)
    page.locator("#filter-sources").get_by_text("Moss, 2015").click()
    expect(page.locator("#filter > button")).to_contain_text("2 of 3")
    opened.ask(HONEY)
    again = visit(f"{meadow_page}/{page.locator('a.permalink').get_attribute('href')}")
    again.answered(0)
    assert again.page.locator(".note").inner_text() == "Not asked: Moss, 2015."
    assert _sources(again) == _sources(opened)


def test_without_any_source_nothing_is_answered(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page)
    page = opened.page
    _open(opened)
    page.locator("#filter-tools").get_by_text("All off").click()
    expect(page.locator("#filter > button")).to_contain_text("0 of 3")
    opened.ask(HONEY)
    expect(page.locator(".refusal")).to_contain_text("None of the chosen sources")
    expect(page.locator(".note")).to_contain_text("Moss, 2015")


def test_a_source_is_found_by_a_part_of_its_name(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page, PHONE)
    page = opened.page
    _open(opened)
    search = page.locator(_SEARCH)
    search.fill("cóunting MOSS")
    rows = page.locator("#filter-sources label:visible")
    expect(rows).to_have_count(1)
    assert "Counting hives" in rows.inner_text()
    search.fill("zebra")
    expect(rows).to_have_count(0)
    search.fill("")
    expect(rows).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def _visit_without_answers(url: str, visit: Visitor) -> Visit:
    """A page; what it asks the server for waits for `releaseAnswers()`."""
    opened = visit(url)
    opened.page.add_init_script(_HOLD_ANSWERS)
    opened.page.reload()
    opened.page.locator("#question textarea").wait_for()
    return opened


def test_an_emptied_search_shows_all_sources_even_if_gradio_emptied_it_before(
    meadow_page: str, visit: Visitor
) -> None:
    opened = _visit_without_answers(meadow_page, visit)
    page = opened.page
    search, rows = page.locator(_SEARCH), page.locator("#filter-sources label:visible")
    page.evaluate(_HOLD_FRAMES)
    page.locator("#filter > button").click()
    search.wait_for()
    # Gradio notes that the search is empty as the sources come, and says so in the next frame.
    page.evaluate("releaseAnswers()")
    expect(page.locator("#filter > button")).to_contain_text("Sources: all 3")
    expect(rows).to_have_count(3)
    search.fill("zebra")
    expect(rows).to_have_count(0)
    page.evaluate("releaseFrames()")
    page.evaluate(FRAMES)
    search.fill("")
    expect(rows).to_have_count(3)
    assert opened.complaints == []


def test_sources_that_come_after_the_words_of_the_search_are_narrowed_by_them(
    meadow_page: str, visit: Visitor
) -> None:
    opened = _visit_without_answers(meadow_page, visit)
    page = opened.page
    page.locator("#filter > button").click()
    page.locator(_SEARCH).wait_for()
    page.evaluate(FRAMES)
    page.locator(_SEARCH).fill("moss")
    assert page.locator("#filter-sources label").count() == 0
    page.evaluate("releaseAnswers()")
    expect(page.locator("#filter-sources label")).to_have_count(3)
    expect(page.locator("#filter-sources label:visible")).to_have_count(1)
    assert opened.complaints == []
