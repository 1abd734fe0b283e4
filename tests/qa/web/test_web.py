import html
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BusyError, DocumentError
from corpus.readers.markdown import read_markdown
from corpus.text.documents import Document, Page, Span
from corpus.wording import wording
from qa.answers import Answer, Citation, CitedReference, Quotation, QuotedPassage, Twin
from qa.web.app.server import listen
from qa.web.chat.messages import answer_message, problem_message, question_message
from qa.web.escape import verbatim
from qa.web.links import AskLink, QuotationLink, read_ask_link, read_request, span_in
from qa.web.panel.document_view import Mark, document_panel, problem_panel
from tests.toys import toy_source

EN, ES = wording("en"), wording("es")
LINK = AskLink(question="q", version="v-1")
TEXT = "# T\n\n## A & <b>\n\nOne *two*. <i>Three</i>.\n\n> Four [five](http://x.y)."


def _document() -> Document:
    return read_markdown("toy", TEXT.encode(), "en")


def _answer(*, reason: str | None = None, **more: Any) -> Answer:
    quotation = Quotation(
        text="One <b>.",
        start=3,
        end=11,
        language="en",
        score=0.5,
        passage=QuotedPassage("toy-1", 0, 20, "x"),
        citation=Citation("toy", ("A",), None, "A, para. 1", "Doe, J.", None),
        **more,
    )
    found = (quotation,)
    quotes, closest = ((), found) if reason else (found, ())
    return Answer("q", "q", 0.5, reason, quotes, closest, "v-1", 12.3)


def _shown(markup: str) -> str:
    """What a browser shows of escaped text."""
    return html.unescape(markup.replace("<br>", "\n"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
def test_verbatim_shows_the_same_characters_and_holds_no_mark_of_its_own(text: str) -> None:
    markup = verbatim(text)
    assert _shown(markup) == text
    assert not re.search(r"[<>\"'*_`\[\]!$\\:/.]", markup.replace("<br>", ""))
    assert "\n" not in markup


def test_a_card_links_to_the_quotation_by_version_source_and_offsets() -> None:
    message = answer_message(_answer(), LINK, toy_source, EN)
    assert 'href="#q/v-1/toy/3/11"' in message
    assert "One &#60;b&#62;&#46;</blockquote>" in message
    assert "1 quotation, word for word" in _shown(message)


def test_a_refusal_has_its_reason_and_labels_the_closest() -> None:
    message = answer_message(_answer(reason="No <year>."), LINK, toy_source, EN)
    assert "Not answered" in message
    assert "No &#60;year&#62;&#46;" in message
    assert "not an answer" in message


def test_question_and_problem_are_escaped() -> None:
    for markup in (
        question_message("<script>"),
        problem_message("<script>", EN),
        problem_panel("<script>", 1, EN),
    ):
        assert "<script" not in markup


@pytest.mark.parametrize("version", ["", "../x", 'a"b', "a/b"])
def test_a_link_refuses_a_version_that_could_leave_its_attribute(version: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a link"):
        _ = QuotationLink(version, "toy", 0, 1).href


@pytest.mark.parametrize(
    "value",
    [
        None, [], "x", {}, {"version": "v", "key": "k", "start": 0, "end": 1},
        {"version": "v", "key": "k", "start": "0", "end": 1, "n": 1},
        {"version": "v", "key": "../k", "start": 0, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": -1, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": True, "end": 1, "n": 1},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "more": 1},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "cited": "../k"},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "strong": [[1]]},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "strong": [1]},
        {"version": "v", "key": "k", "start": 0, "end": 1, "n": 1, "strong": [["0", 1]]},
    ],
)  # fmt: skip
def test_a_request_from_the_browser_is_checked(value: object) -> None:
    with pytest.raises(DocumentError, match="names no quotation"):
        read_request(value)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (0, 10_000)])
def test_offsets_outside_the_document_are_refused(start: int, end: int) -> None:
    request = read_request({"version": "v", "key": "k", "start": start, "end": end, "n": 1})
    with pytest.raises(DocumentError, match="names no place"):
        span_in(_document(), request)


def _mark(data: st.DataObject, start: int, end: int) -> Mark:
    """A mark with sentences that answer, some of which reach beyond the words."""
    edges = data.draw(st.lists(st.integers(0, end + 5), max_size=6).map(sorted))
    return Mark(Span(start, end), tuple(map(Span, edges[::2], edges[1::2])))


@given(st.data())
def test_the_panel_shows_the_document_and_marks_exactly_the_span(data: st.DataObject) -> None:
    document = _document()
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    panel = document_panel(document, toy_source(), _mark(data, start, end), 7, EN)
    body = panel.split('lang="en">', 1)[1].removesuffix("</div></article>")
    blocks = re.findall(r"<(?:h\d|p)[^>]*>(.*?)</(?:h\d|p)>", body)
    plain = [_shown(re.sub(r"</?mark[^>]*>", "", block)) for block in blocks]
    assert "\n\n".join(plain) == document.text
    marked = "".join(_shown(part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", body))
    assert marked == document.text[start:end].replace("\n", "")
    assert 'data-n="7"' in panel


def test_a_port_in_use_is_told_before_anything_else() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(BusyError, match="is in use"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_card_has_the_short_reference_which_opens_to_the_full_one() -> None:
    message = _shown(answer_message(_answer(), LINK, toy_source, EN))
    summary, full = re.findall(
        r"<summary>(.*?)</summary><p class=\"reference\">(.*?)</p>", message
    )[0]
    assert re.sub("<[^>]*>", "", summary) == "Doe, 2020, A, para.\u00a01"
    assert full.startswith("Doe, J. (2020).")


def test_only_the_answering_sentence_of_a_longer_quotation_is_strong() -> None:
    part = answer_message(_answer(strong=(Span(3, 6),)), LINK, toy_source, EN)
    assert "<strong>One</strong> &#60;b" in part
    whole = answer_message(_answer(strong=(Span(3, 11),)), LINK, toy_source, EN)
    assert "<strong>" not in whole


def test_a_chip_asks_what_the_cited_source_says_to_the_words() -> None:
    cited = CitedReference("dos2017", "(DOS, 2017)", True, "DOS.", None)
    message = answer_message(_answer(references=(cited,)), LINK, toy_source, ES)
    assert 'class="chip inherited" href="#c/v-1/toy/3/11/dos2017"' in message
    assert "citada antes en el mismo párrafo" in message


def test_another_place_that_says_the_same_opens_there() -> None:
    place = Citation("twin", (), "4", "Art. 2", "Doe, J.", None)
    message = answer_message(_answer(also=(Twin("<Two>", 5, 9, place),)), LINK, toy_source, EN)
    assert 'href="#q/v-1/twin/5/9"' in message
    assert '<span class="twin">&#60;Two&#62;</span>' in message


@pytest.mark.parametrize(
    ("score", "word"),
    [(1.0, "Sure"), (0.8, "Sure"), (0.79, "Likely"), (0.5, "Likely"), (0.49, "Uncertain")],
)
def test_confidence_is_one_of_three_words_and_no_number(score: float, word: str) -> None:
    answer = _answer()
    answer = replace(answer, quotes=(replace(answer.quotes[0], score=score),))
    message = answer_message(answer, LINK, toy_source, EN)
    button = re.search(r'<button type="button" class="confidence.*?</button>', message)
    assert button
    assert f">{word}<span" in button[0]
    assert "%" not in _shown(button[0])
    assert str(score) not in button[0]


def test_what_was_searched_is_told_where_it_differs_with_a_way_to_search_as_typed() -> None:
    same = answer_message(replace(_answer(), question="Q  "), LINK, toy_source, EN)
    assert "Searched for" not in same
    link = AskLink(question="And bees?", version="v-1", history=("What do hens do?",))
    answer = replace(_answer(), question="And bees?", searched="What do bees do?")
    message = _shown(answer_message(answer, link, toy_source, EN))
    assert "<q>What do bees do?</q>" in message
    href = re.search(r'class="as-typed" href="([^"]*)"', message)
    assert href
    assert read_ask_link(href[1]) == link.model_copy(update={"typed": True, "version": None})


def test_the_page_of_the_quotation_and_the_outline_are_shown() -> None:
    document = replace(
        _document(), pages=(Page(0, 12, "iv"), Page(12, len(_document().text), "<2>"))
    )
    panel = document_panel(document, toy_source(), Mark(Span(3, 5)), 1, EN)
    assert "English · p&#46; iv" in panel
    assert 'data-page="2"' in panel
    assert panel.count("data-heading=") == sum(one.heading is not None for one in document.sections)
    assert "A &#38; &#60;b&#62;</a>" in panel


@given(
    st.builds(
        AskLink,
        question=st.text(min_size=1),
        version=st.none() | st.just("3-ab12"),
        history=st.lists(st.text(min_size=1), max_size=3).map(tuple),
        typed=st.booleans(),
        off=st.lists(st.sampled_from(["a", "un2000b"]), max_size=2).map(tuple),
        types=st.lists(st.sampled_from(["treaty", "post-weblog"]), max_size=2).map(tuple),
        first=st.none() | st.integers(0, 9999),
        last=st.none() | st.integers(0, 9999),
        languages=st.lists(st.sampled_from(["en", "es"]), max_size=2).map(tuple),
    )
)
def test_a_link_gives_its_question_back(link: AskLink) -> None:
    assert re.fullmatch(r"#ask\?[\w%=&.~-]+", link.href, re.A)
    assert read_ask_link(link.href) == link


@pytest.mark.parametrize(
    "fragment",
    [
        None, 7, "", "#q/v/k/0/1", "#ask?", "#ask?version=3", "#ask?question=a&version=../x",
        "#ask?question=a&off=../etc", "#ask?question=a&first=x", "#ask?question=a&more=1",
        "#ask?question=%ff", "#ask?question=" + "a" * 300_000,
        "#ask?question=a" + "&history=b" * 600,
    ],
)  # fmt: skip
def test_a_link_that_was_tampered_with_holds_no_question(fragment: object) -> None:
    with pytest.raises(DocumentError, match="holds no question"):
        read_ask_link(fragment)
