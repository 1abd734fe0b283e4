from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.law.pinpoints import pinpoint
from corpus.passages.passages import context_of, passages
from corpus.settings import PassageSettings
from corpus.text.documents import Document, Page, Section, Span
from tests.toys import headed_document, plain_document, toy_source

SMALL = PassageSettings(min_words=3, max_words=6)
_TEXT = st.lists(
    st.sampled_from(
        ["One two three.", "Four!", "Five six seven eight nine ten eleven.", "12", "\n\n", "¿Qué?"]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents whose sections and pages lie anywhere, also across one another."""
    text = draw(_TEXT.filter(lambda t: bool(t.strip())))
    cuts = st.lists(st.integers(1, len(text) - 1), unique=True, max_size=4).map(sorted)
    edges = [[0, *draw(cuts), len(text)] if len(text) > 1 else [0, len(text)] for _ in range(2)]
    sections = tuple(Section(a, b, (f"S{a}",), 2) for a, b in pairwise(edges[0]))
    pages = tuple(Page(a, b, str(a)) for a, b in pairwise(edges[1]))
    return Document("toy", text, sections, draw(st.sampled_from([(), pages])))


@given(documents(), st.integers(1, 5), st.integers(5, 12))
def test_passages_are_slices_inside_one_section_and_one_page(
    document: Document, least: int, most: int
) -> None:
    settings = PassageSettings(min_words=least, max_words=most)
    for passage in passages(document, toy_source(), settings):
        section = document.sections[passage.section]
        assert section.start <= passage.start < passage.end <= section.end
        if document.pages:
            assert passage.page is not None
            page = document.pages[passage.page]
            assert page.start <= passage.start < passage.end <= page.end
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end


@given(documents())
def test_each_word_of_a_document_is_in_exactly_one_sentence_of_one_passage(
    document: Document,
) -> None:
    found = passages(document, toy_source(), SMALL)
    spans = [span for passage in found for span in passage.sentences]
    assert spans == sorted(spans)
    covered = "".join(document.cut(span) for span in spans)
    assert "".join(covered.split()) == "".join(document.text.split())


@given(documents())
def test_a_passage_exceeds_the_limit_only_as_a_single_sentence(document: Document) -> None:
    for passage in passages(document, toy_source(), SMALL):
        words = len(document.text[passage.start : passage.end].split())
        assert words <= SMALL.max_words or len(passage.sentences) == 1


@given(documents())
def test_passages_are_the_same_each_time(document: Document) -> None:
    first = passages(document, toy_source(), SMALL)
    assert first == passages(document, toy_source(), SMALL)
    assert len({passage.id for passage in first}) == len(first)


def test_headings_are_context_and_never_quoted() -> None:
    document = headed_document(("Mexico", "It is so. It was so."))
    (passage,) = passages(document, toy_source(title="T"), SMALL)
    assert document.text[passage.start : passage.end] == "It is so. It was so."
    assert passage.context == "T › Mexico"
    assert context_of(toy_source(title="T"), Section(0, 1, (), 0), "", 16) == "T"


def test_long_contexts_keep_names_inner_headings_and_the_last_words_of_an_announcement() -> None:
    title = " ".join(f"t{n}" for n in range(20))
    source = toy_source(title=title, aliases=["The One", "a " * 11 + "b", "Two"])
    headings = ("outer " * 9, "inner " * 12, "Article 3")
    words = " ".join(f"w{n}" for n in range(30))
    names, *rest = context_of(source, Section(0, 1, headings, 6), words, 16).split(" › ")
    assert names == " ".join(f"t{n}" for n in range(16)) + " (The One)"
    assert rest == [headings[1], "Article 3", " ".join(f"w{n}" for n in range(6, 30))]
    long = ("word " * 30,)
    assert context_of(toy_source(title="T"), Section(0, 1, long, 2), "", 16) == f"T › {long[0]}"


def test_a_law_has_sizes_of_its_own() -> None:
    text = "Cats purr. Dogs bark.\n\nBees fly. Ships sail far away."
    settings = PassageSettings(min_words=1, max_words=4, law_min_words=9, law_max_words=20)
    plain = headed_document(("On cats", text))
    law = headed_document(("Article 3: On cats", text))
    assert [len(passages(one, toy_source(), settings)) for one in (plain, law)] == [3, 1]


def test_short_paragraphs_join_and_long_ones_are_cut_evenly() -> None:
    # 4 + 2 words join (2 is below 3, together 6); three sentences of 3 words give 6 + 3.
    document = plain_document(
        "Cats purr. Dogs bark.\n\nBees fly.\n\nShips sail far. Trains roll on. Planes soar high."
    )
    texts = [document.text[p.start : p.end] for p in passages(document, toy_source(), SMALL)]
    assert texts == [
        "Cats purr. Dogs bark.\n\nBees fly.",
        "Ships sail far. Trains roll on.",
        "Planes soar high.",
    ]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("By Jane", "para. 1", id="byline itself"),
        pytest.param("Intro one.", "para. 1", id="byline is not counted"),
        pytest.param("Intro two.", "para. 2", id="second paragraph"),
        pytest.param("First in A.", "A, para. 1", id="section"),
        pytest.param("Second in A.", "A, para. 2", id="second in section"),
    ],
)
def test_pinpoint_counts_paragraphs_of_prose_within_the_section(phrase: str, expected: str) -> None:
    text = "T\n\nBy Jane\n\nIntro one.\n\nIntro two.\n\nA\n\nFirst in A.\n\nSecond in A."
    split = text.index("A\n\nFirst")
    sections = (
        Section(0, split, (), 1, Span(0, 1)),
        Section(split, len(text), ("A",), 2, Span(split, split + 1)),
    )
    assert pinpoint(Document("k", text, sections), text.index(phrase)) == expected


def test_a_title_without_letters_says_nothing() -> None:
    heading = Section(0, 1, ("Of Bees",), 2)
    assert context_of(toy_source(title="–"), heading, "", 16) == "Of Bees"
    assert context_of(toy_source(title="–"), Section(0, 1, (), 0), "", 16) == ""


def test_a_heading_at_the_very_end_of_a_text_gives_no_passage() -> None:
    text = "One.\n\nEnd"
    sections = (Section(0, 6, (), 0), Section(6, 9, ("End",), 2, Span(6, 9)))
    found = passages(Document("k", text, sections), toy_source(), PassageSettings())
    assert [(one.section, text[one.start : one.end]) for one in found] == [(0, "One.")]
