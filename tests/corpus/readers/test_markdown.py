from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.markdown import read_markdown
from corpus.text.documents import normalize


def test_headings_open_sections_and_the_title_is_no_part_of_a_path() -> None:
    document = read_markdown(
        "k", b"# T\n\nBefore.\n\n## A\n\nIn A.\n\n### B\n\nIn B.\n\n## C\n", "en"
    )
    assert document.text == "T\n\nBefore.\n\nA\n\nIn A.\n\nB\n\nIn B.\n\nC"
    assert [s.path for s in document.sections] == [(), ("A",), ("A", "B"), ("C",)]
    assert [document.cut(s.body).strip() for s in document.sections] == [
        "Before.",
        "In A.",
        "In B.",
        "",
    ]


def test_several_level_one_headings_are_sections() -> None:
    document = read_markdown("k", b"# A\n\na\n\n# B\n\nb", "en")
    assert [s.path for s in document.sections] == [("A",), ("B",)]


def test_marks_go_and_words_stay() -> None:
    document = read_markdown("k", b"A *b* **c** `d` [e](http://x.y) f\\*\ng &amp; <b>h</b>", "en")
    assert document.text == "A b c d e f* g & <b>h</b>"


def test_numbers_of_list_items_stay_and_bullets_go() -> None:
    document = read_markdown("k", b"1. One\n2. Two\n\n- dash", "en")
    assert document.text == "1. One\n\n2. Two\n\ndash"


def test_hostile_markup_stays_visible_text() -> None:
    document = read_markdown("k", b"<img src=x onerror=alert(1)>\n\n<script>x</script>", "en")
    assert document.text == "<img src=x onerror=alert(1)>\n\n<script>x</script>"


@given(st.text(alphabet="ab #*_-1.)(\n\t<>&`|\\~[]!é“", max_size=200))
def test_any_text_gives_a_document_in_normal_form_or_a_document_error(text: str) -> None:
    try:
        document = read_markdown("k", text.encode(), "en")
    except DocumentError:
        return
    assert normalize(document.text) == document.text
    assert "".join(document.text[s.start : s.end] for s in document.sections) == document.text


def test_fields_before_the_text_go_and_tight_headings_are_headings() -> None:
    data = b"---\nnumber: 386\nscope: public\n---\n\n####Title\n\nText.\n\n####Other\n\nMore."
    document = read_markdown("k", data, "en")
    assert document.text == "Title\n\nText.\n\nOther\n\nMore."
    assert [s.path for s in document.sections] == [("Title",), ("Other",)]
