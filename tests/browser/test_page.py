import json
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from qa.answering.engine import Engine
from tests.browser.conftest import PHONE, Visitor, served
from tests.toys import ToyEncoder, write_library

QUESTION = "How many trafficking victims did Mexico identify in 2016?"
HOSTILE = '<img src=x onerror="window.hacked=1"> *a* ![b](http://outside.example/c.png) `d` $e$'


def test_a_question_is_answered_and_its_footnote_opens_the_same_words(
    article_page: str, reader: Visitor
) -> None:
    opened = reader(article_page)
    opened.ask(QUESTION)
    page = opened.page
    quotation = page.locator("#chat blockquote.quote").first.inner_text()
    assert "it identified 740 trafficking victims in 2016" in quotation
    footnote = page.locator("#chat .footnote").first
    assert "Delgado, n.d., Mexico, para." in footnote.inner_text()
    footnote.locator("summary").click()
    assert "Delgado, O. (n.d.)." in footnote.inner_text()
    page.get_by_role("link", name="[1]").click()
    mark = page.locator("#panel mark.hit")
    mark.first.wait_for()
    assert "".join(mark.all_inner_texts()) == quotation
    expect(page.locator("#panel .sheet-body")).to_be_focused()  # it has been scrolled
    box, sheet = mark.first.bounding_box(), page.locator("#panel .sheet-body").bounding_box()
    assert box is not None
    assert sheet is not None
    assert sheet["y"] <= box["y"] < sheet["y"] + sheet["height"]
    assert opened.complaints == []


def test_the_panel_shows_the_whole_document_word_for_word(
    article_page: str, reader: Visitor, engine: Engine
) -> None:
    page = reader(article_page).page
    page.locator("#examples .example").first.click()
    page.locator("a.cite").first.click()
    page.locator("#panel mark.hit").first.wait_for()
    blocks = page.locator("#panel .sheet-body > *").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert "\n\n".join(blocks) == engine.document(engine.version, "delgado").text


def test_escape_closes_the_panel_and_gives_the_focus_back(
    article_page: str, visit: Visitor
) -> None:
    opened = visit(article_page, PHONE)
    opened.ask(QUESTION)
    page = opened.page
    source = page.locator("#source")
    assert not source.is_visible()
    page.locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("#panel mark.hit").first.wait_for()
    assert source.is_visible()
    page.keyboard.press("Escape")
    source.wait_for(state="hidden")
    expect(page.locator("a.cite").first).to_be_focused()


@pytest.mark.parametrize("size", [(1280, 800), PHONE, (360, 640)], ids=["desktop", "phone", "360"])
def test_nothing_is_wider_than_the_screen_and_the_box_is_in_view(
    article_page: str, visit: Visitor, size: tuple[int, int]
) -> None:
    opened = visit(article_page, size)
    opened.ask(QUESTION)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    box = opened.page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]


def test_a_second_answer_keeps_the_links_of_the_first(article_page: str, reader: Visitor) -> None:
    opened = reader(article_page)
    opened.ask(QUESTION)
    first = opened.page.locator("#chat blockquote.quote").first.inner_text()
    opened.ask("What did the hotline in the United States receive in 2016?")
    opened.page.locator("a.cite").first.click()
    mark = opened.page.locator("#panel mark.hit")
    mark.first.wait_for()
    assert "".join(mark.all_inner_texts()) == first


def test_a_refusal_gives_its_reason_and_the_closest_passages_apart(
    article_page: str, reader: Visitor
) -> None:
    opened = reader(article_page)
    opened.ask("How do I bake sourdough bread?")
    page = opened.page
    assert "close enough" in page.locator(".refusal").inner_text()
    assert "not an answer" in page.locator("details.closest > summary").inner_text()
    assert not page.locator("blockquote.quote").first.is_visible()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param("   ", "holds no words", id="blank"),
        pytest.param("why " * 6000, "at most 20,000", id="24,000 characters"),
    ],
)
def test_a_question_that_cannot_be_searched_is_a_message_in_the_chat(
    article_page: str, reader: Visitor, question: str, message: str
) -> None:
    opened = reader(article_page)
    opened.ask(question)
    assert message in opened.page.locator(".problem").inner_text()
    opened.ask(QUESTION)
    assert opened.page.locator("blockquote.quote").count() > 0


def test_new_chat_empties_the_chat_and_offers_the_examples_again(
    article_page: str, reader: Visitor
) -> None:
    opened = reader(article_page)
    opened.ask(QUESTION)
    expect(opened.page.locator("#examples .example").first).to_be_hidden()
    opened.page.locator("#new-chat").click()
    opened.page.locator("#examples .example").first.wait_for()
    expect(opened.page.locator("#chat .answer")).to_have_count(0)


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat on a document full of markup."""
    folder = Path(tmp_path_factory.mktemp("hostile"))
    texts = {"evil": f"# {HOSTILE}\n\nThe words of `evil` are {HOSTILE} and go on."}
    library = write_library(folder / "packaged", texts)
    records = json.loads((library / "sources.json").read_text())
    records[0] |= {"title": HOSTILE, "URL": 'http://127.0.0.1/"onmouseover="window.hacked=1'}
    (library / "sources.json").write_text(json.dumps(records))
    settings = Settings(
        home=folder / "home", threshold=0, passages=PassageSettings(min_words=1, max_words=60)
    )
    build(settings, ToyEncoder(), packaged=library)
    engine = Engine.open(settings, ToyEncoder())
    with served(engine) as url:
        yield url
    engine.close()


def test_markup_in_question_title_and_document_is_shown_and_does_nothing(
    hostile_page: str, visit: Visitor
) -> None:
    opened = visit(hostile_page)
    opened.ask(HOSTILE)
    page = opened.page
    assert page.locator("#chat .asked").inner_text() == HOSTILE
    quotation = page.locator("#chat blockquote.quote").first
    assert "<img src=x onerror=" in quotation.inner_text()
    page.locator("#chat details.ref > summary").first.click()
    assert "<img src=x" in page.locator("#chat .reference").first.inner_text()
    page.locator("a.cite").first.click()
    page.locator("#panel mark.hit").first.wait_for()
    assert "".join(page.locator("#panel mark.hit").all_inner_texts()) == quotation.inner_text()
    assert "<img src=x" in page.locator("#masthead").inner_text()
    assert page.locator("#chat img, #panel img, #masthead img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert [url for url in opened.requests if "outside" in url or url.endswith("/x")] == []
    assert opened.complaints == []


@pytest.mark.parametrize(
    "href",
    [
        "#q/../../etc/passwd/1/2",
        "#q/VERSION/nosuch/0/5",
        "#q/VERSION/delgado/5/99999999",
        "#q/VERSION/delgado/7/3",
        "#q/other-version/delgado/0/5",
        "#q/VERSION/delgado/0/99999999999999999999999",
    ],
)
def test_a_link_that_was_tampered_with_opens_no_document(
    article_page: str, visit: Visitor, engine: Engine, href: str
) -> None:
    opened = visit(article_page)
    opened.ask(QUESTION)
    page = opened.page
    forged = href.replace("VERSION", engine.version)
    page.locator("a.cite").first.evaluate("(link, href) => link.setAttribute('href', href)", forged)
    page.locator("a.cite").first.click()
    if ".." not in href:
        page.locator("#panel .problem").wait_for()
    assert page.locator("#panel mark.hit").count() == 0


def test_the_page_asks_no_outside_host(article_page: str, visit: Visitor) -> None:
    for scheme in ("light", "dark"):
        opened = visit(article_page, scheme=scheme)
        opened.ask(QUESTION)
        opened.page.locator("a.cite").first.click()
        opened.page.locator("#panel mark.hit").first.wait_for()
        inside = (f"{article_page}/", "data:", f"blob:{article_page}/")
        assert len(opened.requests) > 5
        assert [url for url in opened.requests if not url.startswith(inside)] == []


def test_every_response_carries_the_policy_and_uploads_and_other_hosts_are_refused(
    article_page: str,
) -> None:
    with urlopen(f"{article_page}/healthz") as response:
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert json.load(response)["status"] == "ok"
    with pytest.raises(HTTPError, match="403"):
        urlopen(Request(f"{article_page}/gradio_api/upload", data=b"x", method="POST"))
    with pytest.raises(HTTPError, match="400"):
        urlopen(Request(f"{article_page}/", headers={"Host": "evil.example"}))


def test_the_handlers_of_the_page_are_no_public_api(article_page: str) -> None:
    with urlopen(f"{article_page}/gradio_api/info") as response:
        assert json.load(response)["named_endpoints"] == {}
