"""Links of the page, and what comes back through them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError, QuestionError
from corpus.readers.markdown import read_markdown
from corpus.text.documents import Document
from qa.question.filters import Filter
from qa.request import Request
from qa.web.links import AskLink, QuotationLink, read_ask_link, read_request, span_in

TEXT = "# T\n\n## A & <b>\n\nOne *two*. <i>Three</i>.\n\n> Four [five](http://x.y)."


def _document() -> Document:
    return read_markdown("toy", TEXT.encode(), "en")


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


def test_a_link_is_asked_of_all_sources_that_are_not_off() -> None:
    link = AskLink(question="Why?", version="v-1", history=("What?",), typed=True, off=("b",))
    assert link.request("abc") == Request(
        "Why?", ("What?",), frozenset("ac"), as_typed=True, version="v-1"
    )
    # With none off all are on, those of the version that is asked, whatever they are.
    assert AskLink(question="Why?").request("abc") == Request("Why?")


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [(2015, 2018, "2015-2018"), (2015, None, "2015-"), (None, 800, "-0800"), (None, None, None)],
)
def test_a_link_is_asked_with_its_filter(
    first: int | None, last: int | None, years: str | None
) -> None:
    link = AskLink(question="Why?", types=("treaty",), first=first, last=last, languages=("es",))
    assert link.request([]).filters == Filter.of(["treaty"], years, ["es"])


def test_a_link_whose_years_end_before_they_begin_cannot_be_asked() -> None:
    with pytest.raises(QuestionError):
        AskLink(question="Why?", first=2018, last=2015).request([])
