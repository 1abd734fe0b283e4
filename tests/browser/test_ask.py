"""Asking: keys, copies, follow-ups, links that restore an answer, two languages."""

import re

from playwright.sync_api import expect

from qa.answering.engine import Engine
from tests.browser.conftest import Visit, Visitor

HONEY = "How many hives make honey in the northern meadow each summer?"
MAYBE = "When is honey made?"
"""What the reader is not sure of in the meadow."""
SUGAR = "What do keepers feed the bees in cold winters?"


def _quotations(opened: Visit) -> list[str]:
    last = opened.page.locator("#chat .answer").last
    return last.locator("blockquote.quote").all_inner_texts()


def test_a_slash_goes_to_the_question_and_is_typed_there(meadow_page: str, reader: Visitor) -> None:
    page = reader(meadow_page).page
    box = page.locator("#question textarea")
    box.blur()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    assert box.input_value() == ""
    page.keyboard.type("a/b")
    assert box.input_value() == "a/b"


def test_a_quotation_is_copied_with_its_reference(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.ask(HONEY)
    page.locator("button.copy").first.click()
    expect(page.locator("button.copy").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“Bees of the northern meadow make honey in 12 wooden hives each summer.” "
        "(Moss, 2015, para. 1)\n\nMoss, A. (2015). Counting hives. "
        "https://meadow.example/moss2015"
    )
    expect(page.locator("#live")).to_have_text("Copied")
    assert opened.complaints == []


def test_a_quotation_is_copied_where_the_clipboard_is_refused(
    meadow_page: str, visit: Visitor
) -> None:
    opened = visit(meadow_page)
    page = opened.page
    opened.ask(HONEY)
    page.evaluate(
        "void (navigator.clipboard.writeText = () => Promise.reject(new Error('refused')))"
    )
    page.locator("button.copy").first.click()
    expect(page.locator("button.copy").first).to_have_text("Copied")
    box = page.locator("#question textarea")
    box.focus()
    page.keyboard.press("Control+V")
    expect(box).to_have_value(re.compile("^“Bees of the northern meadow"))


def test_the_words_are_selected_where_nothing_can_be_copied(
    meadow_page: str, visit: Visitor
) -> None:
    opened = visit(meadow_page)
    page = opened.page
    opened.ask(HONEY)
    page.evaluate(
        "void (navigator.clipboard.writeText = () => Promise.reject(new Error('refused')));"
        "void (document.execCommand = () => false)"
    )
    page.locator("button.copy").first.click()
    expect(page.locator("button.copy").first).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()").strip() == _quotations(opened)[0]


def test_a_follow_up_says_what_was_searched_and_can_be_searched_as_typed(
    meadow_page: str, reader: Visitor
) -> None:
    opened = reader(meadow_page)
    page = opened.page
    opened.ask("What do keepers feed bees?")
    assert page.locator(".searched").count() == 0
    opened.ask("And the wasps?")
    searched = page.locator("#chat .answer").last.locator(".searched")
    expect(searched).to_contain_text("Searched for:")
    assert "bees" in searched.locator("q").inner_text()
    searched.locator("a.as-typed").click()
    opened.answered(2)
    assert page.locator("#chat .asked").all_inner_texts()[-1] == "And the wasps?"
    expect(page.locator("#chat .answer").last.locator(".searched")).to_have_text(
        "Searched as typed"
    )
    assert opened.complaints == []


def test_a_link_restores_question_and_answer_of_a_follow_up(
    meadow_page: str, visit: Visitor, meadow: Engine
) -> None:
    opened = visit(meadow_page)
    opened.ask("What do keepers feed bees?")
    opened.ask("And the wasps?")
    page = opened.page
    before = page.locator("#chat .answer").last.locator("q").inner_text(), _quotations(opened)
    page.locator("a.permalink").last.click()
    expect(page.locator("a.permalink").last).to_have_text("Link copied")
    assert meadow.version in page.url
    again = visit(page.url)
    again.answered(0)
    assert again.page.locator("#chat .asked").all_inner_texts() == ["And the wasps?"]
    assert (again.page.locator("#chat .answer q").inner_text(), _quotations(again)) == before
    assert again.page.locator(".note").count() == 0
    page.reload()
    opened.answered(0)
    assert _quotations(opened) == before[1]


def test_a_link_to_a_version_that_is_gone_says_so(
    meadow_page: str, visit: Visitor, meadow: Engine
) -> None:
    opened = visit(f"{meadow_page}/#ask?question=Who%20makes%20honey%3F&version=9-gone")
    opened.answered(0)
    note = opened.page.locator(".note").inner_text()
    assert "9-gone, which is no longer there" in note
    assert meadow.version in note


def test_a_link_that_holds_no_question_says_so(meadow_page: str, visit: Visitor) -> None:
    opened = visit(f"{meadow_page}/#ask?version=..%2F..")
    expect(opened.page.locator("#chat .problem")).to_contain_text("holds no question")


def test_a_refusal_looks_different_and_time_and_version_stand_below(
    article_page: str, reader: Visitor, engine: Engine
) -> None:
    opened = reader(article_page)
    opened.ask("How do I bake sourdough bread?")
    answer = opened.page.locator("#chat .answer")
    assert answer.locator(".refusal").evaluate("e => getComputedStyle(e).backgroundColor") != (
        answer.locator("details.closest .card").first.evaluate(
            "e => getComputedStyle(e).backgroundColor"
        )
    )
    meta = answer.locator(".meta")
    assert re.match(rf"\d+ ms · index {engine.version}", meta.inner_text())
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert meta.evaluate(size) < answer.locator(".refusal-reason").evaluate(size)


def test_passages_that_may_answer_stand_under_these_words_and_refusals_do_not(
    meadow_page: str, article_page: str, visit: Visitor
) -> None:
    opened = visit(meadow_page)
    opened.ask(MAYBE)
    said = opened.page.locator("#chat .answer .said")
    expect(said).to_have_text("These passages may answer")
    first = opened.page.locator("#chat .card").first.bounding_box()
    above = said.bounding_box()
    assert above is not None
    assert first is not None
    assert above["y"] + above["height"] <= first["y"]
    refused = visit(article_page)
    refused.ask("How do I bake sourdough bread?")
    expect(refused.page.locator("#chat .answer")).not_to_contain_text("may answer")


def test_the_page_speaks_the_language_of_the_browser(meadow_page: str, visit: Visitor) -> None:
    opened = visit(meadow_page, locale="es-MX")
    page = opened.page
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.locator("#question textarea")).to_have_attribute(
        "placeholder", re.compile("Pregunte")
    )
    expect(page.locator("#masthead")).to_contain_text("Biblioteca: 3 fuentes")
    expect(page.locator("#filter > button")).to_contain_text("Fuentes: todas (3)")
    expect(page.locator("#chat")).to_contain_text("Pregunte a la biblioteca")
    expect(page.locator("#panel")).to_contain_text("La fuente junto a la respuesta")
    page.locator("#examples .example").first.click()
    opened.answered(0)
    assert page.locator(".asked").inner_text().startswith("¿Cuántas víctimas")
    expect(page.locator("#chat .answer")).to_contain_text("Estos pasajes quizá respondan")
    page.locator("a.cite").first.click()
    expect(page.locator("#panel .outline summary")).to_have_text("Índice")
    expect(page.locator("#panel .close")).to_have_attribute("aria-label", "Cerrar la fuente")
    assert opened.complaints == []


def test_a_refusal_in_spanish_gives_its_reason_in_spanish(
    article_page: str, visit: Visitor
) -> None:
    opened = visit(article_page, locale="es")
    opened.ask("How do I bake sourdough bread?")
    refusal = opened.page.locator(".refusal")
    expect(refusal).to_contain_text("Las fuentes no lo responden")
    expect(refusal.locator(".refusal-reason")).to_contain_text(re.compile("pasaje"))
